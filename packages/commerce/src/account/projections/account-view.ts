/** `account_view`: balance, held and available, one row an account. */
import { defineProjection } from "@tillstream/eventing";
import type { EventOf } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { accountEvents } from "../events.ts";

export const ACCOUNT_VIEW = "account_view";

export interface AccountView {
  readonly accountId: string;
  readonly currency: string;
  readonly balance: number;
  readonly held: number;
  readonly available: number;
  readonly version: number;
  readonly openedAt: string;
  readonly updatedAt: string;
}

function moved(view: AccountView, balance: number, held: number): AccountView {
  const after = { ...view, balance: view.balance + balance, held: view.held + held };
  return { ...after, available: after.balance - after.held };
}

export function projectAccountView(before: AccountView | undefined, event: EventOf<typeof accountEvents>): AccountView {
  const updatedAt = event.recordedAt.toISOString();
  if (event.type === "AccountCreated") {
    const { accountId, currency } = event.data;
    return {
      accountId,
      currency,
      balance: 0,
      held: 0,
      available: 0,
      version: event.version,
      openedAt: updatedAt,
      updatedAt,
    };
  }
  if (before === undefined) throw new Error(`${event.eventId} came before the account was created`);
  const view = { ...before, version: event.version, updatedAt };
  switch (event.type) {
    case "MoneyDeposited":
    case "CreditRefunded":
      return moved(view, event.data.amount, 0);
    case "MoneyWithdrawn":
      return moved(view, -event.data.amount, 0);
    case "HoldPlaced":
      return moved(view, 0, event.data.amount);
    case "HoldCaptured":
      return moved(view, -event.data.amount, -event.data.amount);
    case "HoldReleased":
      return moved(view, 0, -event.data.amount);
  }
}

const COLUMNS = sql`
  account_id AS "accountId", currency, balance, held, available, version,
  to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "openedAt",
  to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "updatedAt"`;

export async function readAccountViews(
  db: SqlExecutor,
  accountIds: readonly string[],
): Promise<Map<string, AccountView>> {
  const rows = await db.query<AccountView>(
    sql`SELECT ${COLUMNS} FROM account_view WHERE account_id = ANY(${accountIds}::text[])`,
  );
  return new Map(rows.map((row) => [row.accountId, row]));
}

export interface BalanceFilter {
  /** Minor units. */
  readonly minBalance: number;
  readonly after?: { readonly balance: number; readonly accountId: string } | undefined;
  readonly limit: number;
}

/** All accounts at or above an amount, richest first, by keyset. */
export function accountsAbove(db: SqlExecutor, { minBalance, after, limit }: BalanceFilter): Promise<AccountView[]> {
  const beyond =
    after === undefined ? sql`true` : sql`(balance, account_id) < (${after.balance}::int, ${after.accountId})`;
  return db.query<AccountView>(sql`
    SELECT ${COLUMNS} FROM account_view WHERE balance >= ${minBalance}::int AND ${beyond}
    ORDER BY balance DESC, account_id DESC LIMIT ${limit}`);
}

async function store(tx: SqlExecutor, views: ReadonlyMap<string, AccountView>): Promise<void> {
  await tx.query(sql`
    INSERT INTO account_view (account_id, currency, balance, held, available, version, opened_at, updated_at)
    SELECT "accountId", currency, balance, held, available, version, "openedAt", "updatedAt"
    FROM jsonb_to_recordset(${JSON.stringify([...views.values()])}::jsonb) AS view(
      "accountId" text, currency text, balance int, held int, available int, version int,
      "openedAt" timestamptz, "updatedAt" timestamptz)
    ON CONFLICT (account_id) DO UPDATE SET balance = excluded.balance, held = excluded.held,
      available = excluded.available, version = excluded.version, updated_at = excluded.updated_at`);
}

export const accountViewProjection = defineProjection<AccountView, typeof accountEvents>({
  name: ACCOUNT_VIEW,
  definitions: accountEvents,
  tables: ["account_view"],
  key: (event) => event.data.accountId,
  project: projectAccountView,
  load: readAccountViews,
  store,
});
