/** The merchant's side of discount codes: what there is, new ones, and when one ends. */
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { formatTime } from "../catalogue/index.ts";
import type { Discount } from "../order/index.ts";

export interface DiscountCode extends Discount {
  readonly minimum: number;
  readonly usesMax: number | null;
  readonly usesPerCustomerMax: number;
  /** Orders that use it and were not cancelled. */
  readonly uses: number;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly createdAt: Date;
}

const COLUMNS = sql`
  code, kind, value, minimum, uses_max AS "usesMax", uses_per_customer_max AS "usesPerCustomerMax", uses,
  starts_at AS "startsAt", ends_at AS "endsAt", created_at AS "createdAt"`;

/** The newest first, after `after` in that order; undefined begins with the newest. */
export function listDiscounts(
  db: SqlExecutor,
  after: readonly [createdAt: string, code: string] | undefined,
  limit: number,
): Promise<DiscountCode[]> {
  const later = after === undefined ? sql`true` : sql`(created_at, code) < (${after[0]}::timestamptz, ${after[1]})`;
  return db.query<DiscountCode>(sql`
    SELECT ${COLUMNS} FROM discount_codes WHERE ${later} ORDER BY created_at DESC, code DESC LIMIT ${limit}`);
}

export async function discountState(db: SqlExecutor, code: string): Promise<DiscountCode | null> {
  const [found] = await db.query<DiscountCode>(sql`SELECT ${COLUMNS} FROM discount_codes WHERE code = ${code}`);
  return found ?? null;
}

export interface NewDiscount extends Discount {
  readonly minimum: number;
  readonly usesMax: number | null;
  readonly usesPerCustomerMax: number;
  readonly startsAt?: string | undefined;
  readonly endsAt: string | null;
}

export async function createDiscount(db: SqlExecutor, wanted: NewDiscount): Promise<{ readonly code: string }> {
  const { code, kind, value, minimum, usesMax, usesPerCustomerMax, startsAt, endsAt } = wanted;
  const [{ isOver } = { isOver: false }] = await db.query<{ isOver: boolean }>(sql`
    SELECT coalesce(${endsAt}::timestamptz <= greatest(now(), ${startsAt ?? null}::timestamptz), false) AS "isOver"`);
  if (isOver) {
    const message = "Enter an end that is still to come, and after the start.";
    throw refuse("invalid", "DISCOUNT_OVER", message, { fields: [{ field: "endsAt", rule: "after now", message }] });
  }
  const made = await db.query(sql`
    INSERT INTO discount_codes (code, kind, value, minimum, uses_max, uses_per_customer_max, starts_at, ends_at)
    VALUES (${code}, ${kind}, ${value}::int, ${minimum}::int, ${usesMax}::int, ${usesPerCustomerMax}::int,
            coalesce(${startsAt ?? null}::timestamptz, now()), ${endsAt}::timestamptz)
    ON CONFLICT DO NOTHING RETURNING code`);
  if (made.length > 0) return { code };
  const message = `There is a code ${code} already. What it takes off never changes, so that a new one needs another name.`;
  throw refuse("conflict", "DISCOUNT_EXISTS", message, { fields: [{ field: "code", rule: "a new code", message }] });
}

interface NewEnd {
  readonly code: string;
  /** Null lets it go on. */
  readonly endsAt: string | null;
  /** The end that the page showed: another one stays. */
  readonly expectedEndsAt?: string | null | undefined;
}

export async function endDiscount(
  db: SqlExecutor,
  { code, endsAt, expectedEndsAt }: NewEnd,
): Promise<{ readonly code: string }> {
  const [before] = await db.query<{
    startsAt: Date;
    endsAt: Date | null;
    isEarlier: boolean | null;
    isExpected: boolean;
  }>(sql`
    SELECT starts_at AS "startsAt", ends_at AS "endsAt", ${endsAt}::timestamptz < starts_at AS "isEarlier",
           ${expectedEndsAt === undefined} OR ends_at IS NOT DISTINCT FROM ${expectedEndsAt ?? null}::timestamptz AS "isExpected"
    FROM discount_codes WHERE code = ${code} FOR UPDATE`);
  if (before === undefined) throw refuse("notFound", "DISCOUNT_NOT_FOUND", `There is no code ${code}.`);
  if (!before.isExpected) {
    const message = `Somebody has set the end of ${code} meanwhile: ${before.endsAt === null ? "it has none now" : `it is ${formatTime(before.endsAt)} now`}.`;
    throw refuse("conflict", "DISCOUNT_CHANGED", message, {
      fields: [{ field: "expectedEndsAt", rule: "the end that it has", message }],
    });
  }
  if (before.isEarlier === true) {
    const from = before.startsAt.toISOString();
    const message = `This code starts at ${formatTime(before.startsAt)}. Enter an end that is not before it.`;
    throw refuse("invalid", "DISCOUNT_ENDS_FIRST", message, {
      fields: [{ field: "endsAt", rule: `>= ${from}`, message }],
    });
  }
  await db.query(sql`UPDATE discount_codes SET ends_at = ${endsAt}::timestamptz WHERE code = ${code}`);
  return { code };
}
