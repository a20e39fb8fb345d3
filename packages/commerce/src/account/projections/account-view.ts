/** `account_view`: balance, held and available, one row an account. */
import { defineProjection, tableView } from "@tillstream/eventing";
import type { EventOf, RowOf } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { accountAggregate } from "../account.ts";
import { accountEvents } from "../events.ts";

export const ACCOUNT_VIEW = "account_view";

const accounts = tableView({
  table: "account_view",
  key: ["accountId"],
  columns: {
    accountId: "text",
    currency: "text",
    balance: "bigint",
    held: "bigint",
    available: "bigint",
    version: "integer",
    openedAt: "timestamptz",
    updatedAt: "timestamptz",
  },
});

type AccountView = RowOf<typeof accounts>;

/** By account id. */
export const readAccountViews = accounts.load;

function moved(view: AccountView, balance: number, held: number): AccountView {
  const after = { ...view, balance: view.balance + balance, held: view.held + held };
  return { ...after, available: after.balance - after.held };
}

function projectAccountView(before: AccountView | undefined, event: EventOf<typeof accountEvents>): AccountView {
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
    case "CreditGranted":
    case "CreditRefunded":
    case "RefundCredited":
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

export interface BalanceFilter {
  /** Minor units. */
  readonly minBalance: number;
  readonly after?: { readonly balance: number; readonly accountId: string } | undefined;
  readonly limit: number;
}

/** All accounts at or above an amount, richest first, by keyset. */
export function accountsAbove(db: SqlExecutor, { minBalance, after, limit }: BalanceFilter): Promise<AccountView[]> {
  const beyond =
    after === undefined ? sql`true` : sql`(balance, account_id) < (${after.balance}::bigint, ${after.accountId})`;
  return db.query<AccountView>(sql`
    SELECT ${accounts.selected} FROM account_view WHERE balance >= ${minBalance}::bigint AND ${beyond}
    ORDER BY balance DESC, account_id DESC LIMIT ${limit}`);
}

export const accountViewProjection = defineProjection<AccountView, typeof accountEvents>({
  ...accounts,
  name: ACCOUNT_VIEW,
  definitions: accountEvents,
  key: (event) => event.data.accountId,
  streamOf: accountAggregate.streamId,
  project: projectAccountView,
});
