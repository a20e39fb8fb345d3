/** `account_monthly`: money in and out of an account for each calendar month (UTC). */
import { defineProjection } from "@tillstream/eventing";
import type { EventOf } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { accountEvents } from "../events.ts";

export interface AccountMonth {
  readonly accountId: string;
  /** `YYYY-MM` */
  readonly month: string;
  /** Minor units, each of them positive. */
  readonly deposited: number;
  readonly withdrawn: number;
  readonly spent: number;
  readonly refunded: number;
}

const keyOf = (event: EventOf<typeof accountEvents>) =>
  `${event.data.accountId}/${event.recordedAt.toISOString().slice(0, 7)}`;

export function projectMonth(before: AccountMonth | undefined, event: EventOf<typeof accountEvents>): AccountMonth {
  const { accountId } = event.data;
  const month = event.recordedAt.toISOString().slice(0, 7);
  const view = before ?? { accountId, month, deposited: 0, withdrawn: 0, spent: 0, refunded: 0 };
  switch (event.type) {
    case "MoneyDeposited":
      return { ...view, deposited: view.deposited + event.data.amount };
    case "MoneyWithdrawn":
      return { ...view, withdrawn: view.withdrawn + event.data.amount };
    case "HoldCaptured":
      return { ...view, spent: view.spent + event.data.amount };
    case "CreditRefunded":
      return { ...view, refunded: view.refunded + event.data.amount };
    case "AccountCreated":
    case "HoldPlaced":
    case "HoldReleased":
      return view;
  }
}

async function load(tx: SqlExecutor, keys: readonly string[]): Promise<Map<string, AccountMonth>> {
  const rows = await tx.query<AccountMonth>(sql`
    SELECT account_id AS "accountId", month, deposited, withdrawn, spent, refunded FROM account_monthly
    JOIN unnest(${keys}::text[]) AS wanted(key) ON account_id = split_part(key, '/', 1) AND month = split_part(key, '/', 2)`);
  return new Map(rows.map((row) => [`${row.accountId}/${row.month}`, row]));
}

async function store(tx: SqlExecutor, views: ReadonlyMap<string, AccountMonth>): Promise<void> {
  await tx.query(sql`
    INSERT INTO account_monthly (account_id, month, deposited, withdrawn, spent, refunded)
    SELECT "accountId", month, deposited, withdrawn, spent, refunded
    FROM jsonb_to_recordset(${JSON.stringify([...views.values()])}::jsonb) AS view(
      "accountId" text, month text, deposited int, withdrawn int, spent int, refunded int)
    ON CONFLICT (account_id, month) DO UPDATE SET deposited = excluded.deposited, withdrawn = excluded.withdrawn,
      spent = excluded.spent, refunded = excluded.refunded`);
}

export const accountMonthlyProjection = defineProjection<AccountMonth, typeof accountEvents>({
  name: "account_monthly",
  definitions: accountEvents,
  tables: ["account_monthly"],
  key: keyOf,
  project: projectMonth,
  load,
  store,
});
