/** A statement as the merchant reads it: with who made each line, and why where a person of the shop gave a reason. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { Money } from "../catalogue/index.ts";

/** The mutation that gives credit, as the audit calls it. */
const GRANT = "customers.credit";

export interface MerchantLine {
  readonly version: number;
  readonly type: string;
  readonly amount: Money;
  /** After it. */
  readonly balance: Money;
  readonly at: string;
  readonly eventId: string;
  /** By name where that is known. */
  readonly by: string;
  readonly reason: string | null;
  readonly order: { readonly id: string; readonly number: string } | null;
}

interface LineRow extends Omit<MerchantLine, "amount" | "balance" | "at"> {
  readonly amount: number;
  readonly balance: number;
  readonly currency: string;
  readonly at: Date;
}

/** Newest first, before `beforeVersion`. */
export async function readForMerchant(
  db: SqlExecutor,
  accountId: string,
  { beforeVersion, limit }: { readonly beforeVersion: number | undefined; readonly limit: number },
): Promise<MerchantLine[]> {
  const older = beforeVersion === undefined ? sql`true` : sql`version < ${beforeVersion}::int`;
  const rows = await db.query<LineRow>(sql`
    SELECT line.version, line.type, line.amount, line.balance, line.currency, line.at, event_id AS "eventId",
           coalesce(person.name, event.metadata ->> 'actor') AS by,
           (SELECT said.reason FROM audit said WHERE said.subject = ${accountId} AND said.action = ${GRANT}
              AND said.correlation_id = event.metadata ->> 'correlationId' AND event.type = 'CreditGranted' LIMIT 1) AS reason,
           CASE WHEN placed.id IS NOT NULL THEN jsonb_build_object('id', placed.id, 'number', placed.number) END AS "order"
    FROM (SELECT * FROM account_statement WHERE account_id = ${accountId} AND ${older} ORDER BY version DESC LIMIT ${limit}) line
    JOIN events event USING (event_id)
    LEFT JOIN orders placed ON placed.id = line.order_id
    LEFT JOIN auth_users person ON person.id = substring(event.metadata ->> 'actor' FROM '^user:(.*)$')
    ORDER BY line.version DESC`);
  return rows.map(({ amount, balance, currency, at, ...line }) => ({
    ...line,
    amount: { amount, currency },
    balance: { amount: balance, currency },
    at: at.toISOString(),
  }));
}
