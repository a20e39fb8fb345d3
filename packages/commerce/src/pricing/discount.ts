/**
 * Discount codes, whose limits hold however many orders are placed at once: an order gets hold of its use in its own statement,
 * and an order that is cancelled gives it back. Codes are compared in capitals, and without what is
 * not seen. A customer is an e-mail address: an account's own, or the one that a guest orders with.
 */
import { createHmac } from "node:crypto";
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { formatMoney } from "../catalogue/index.ts";
import type { Discount } from "../order/index.ts";

/** Tells customers apart, and says nothing else. */
export function discountCustomer(secret: string, email: string): string {
  return createHmac("sha256", secret).update(`discount ${email.toLowerCase()}`).digest("base64url");
}

/** A use that an order may get hold of. */
export interface DiscountClaim extends Discount {
  readonly customer: string | null;
  /** The customer's first use, second and so on. */
  readonly ordinal: number;
}

interface FoundCode extends Discount {
  readonly minimum: number;
  readonly state: "open" | "early" | "ended" | "gone";
  /** The first use of the customer that is free; null when none is. */
  readonly ordinal: number | null;
}

/** A code that may be used now. */
const IS_OPEN = sql`starts_at <= now() AND (ends_at IS NULL OR now() < ends_at) AND (uses_max IS NULL OR uses < uses_max)`;

/**
 * What a code takes off an order of so much goods. Throws a refusal that names the field `discountCode`.
 * @param customer of `discountCustomer`; null while it is not known who orders
 */
export async function readDiscount(
  db: SqlExecutor,
  wanted: {
    readonly code: string;
    readonly customer: string | null;
    readonly goods: number;
    readonly currency: string;
  },
): Promise<DiscountClaim> {
  const code = wanted.code
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}-]/gu, "")
    .toUpperCase();
  const [found] = await db.query<FoundCode>(sql`
    SELECT code, kind, value, minimum,
           CASE WHEN starts_at > now() THEN 'early' WHEN ends_at <= now() THEN 'ended' WHEN uses >= uses_max THEN 'gone' ELSE 'open' END AS state,
           (SELECT min(ordinal) FROM generate_series(1, uses_per_customer_max) ordinal
            WHERE NOT EXISTS (SELECT FROM discount_uses used WHERE used.code = discount_codes.code AND used.customer = ${wanted.customer} AND used.ordinal = ordinal.ordinal)) AS ordinal
    FROM discount_codes WHERE code = ${code}`);
  if (found === undefined)
    throw refused("DISCOUNT_UNKNOWN", "a known code", `There is no code ${code}. Check how it is spelled.`);
  const { kind, value, minimum, state, ordinal } = found;
  if (state !== "open") throw CLOSED[state](code);
  if (ordinal === null) throw refused("DISCOUNT_USED", "not used by you yet", `You have used ${code} already.`);
  if (wanted.goods < minimum) {
    const from = formatMoney(minimum, wanted.currency);
    throw refused(
      "DISCOUNT_MINIMUM",
      `goods >= ${minimum}`,
      `${code} applies to orders of ${from} or more. Add something, or take the code out.`,
    );
  }
  return { code, kind, value, customer: wanted.customer, ordinal };
}

function refused(code: string, rule: string, message: string) {
  return refuse("conflict", code, message, { fields: [{ field: "discountCode", rule, message }] });
}

const CLOSED = {
  early: (code: string) => refused("DISCOUNT_EARLY", "a code that has begun", `${code} cannot be used yet.`),
  ended: (code: string) => refused("DISCOUNT_ENDED", "a code that has not ended", `${code} has ended.`),
  gone: (code: string) =>
    refused("DISCOUNT_USED_UP", "a code with uses left", `${code} has been used as often as it can be.`),
} as const;

/**
 * Of the order's one statement: gets hold of a use, or of none, when another order was faster; `counted` has a row only when it did.
 * Fails by `DISCOUNT_RACES` when an order of the same customer was faster.
 */
export function claimDiscount({ code, customer, ordinal }: DiscountClaim, orderId: string, condition: Sql): Sql {
  return sql`counted AS (
      UPDATE discount_codes SET uses = uses + 1 WHERE code = ${code} AND ${IS_OPEN} AND ${condition} RETURNING code
    ), used AS (
      INSERT INTO discount_uses (order_id, code, customer, ordinal) SELECT ${orderId}, code, ${customer}, ${ordinal}::int FROM counted
    ),`;
}

/** Constraints by which a lost race for a code shows. */
export const DISCOUNT_RACES: readonly string[] = ["orders_discount", "discount_uses_code_customer_ordinal_key"];

/** An order that was cancelled has used no code. Harmless for one that used none, and when it is repeated. */
export async function giveBackDiscount(tx: SqlExecutor, orderId: string): Promise<void> {
  await tx.query(sql`
    WITH freed AS (DELETE FROM discount_uses WHERE order_id = ${orderId} RETURNING code)
    UPDATE discount_codes SET uses = uses - 1 FROM freed WHERE discount_codes.code = freed.code`);
}
