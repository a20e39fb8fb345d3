/** Questions about an account: its balance now (from the view) or at a moment (from the events), its statement, its months. */
import { eventIdOf, loadAggregate, waitForEvent, waitForProjection } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { Money } from "../catalogue/index.ts";
import { accountAggregate } from "./account.ts";
import { availableOf, heldOf } from "./account.ts";
import type { AccountMonth } from "./projections/account-monthly.ts";
import { ACCOUNT_VIEW, readAccountViews } from "./projections/account-view.ts";

export interface AccountBalance {
  readonly balance: Money;
  readonly held: Money;
  readonly available: Money;
  readonly version: number;
  /** False when what was asked for is not in yet: the figures may lack the caller's own write. */
  readonly upToDate: boolean;
}

/** What the answer must hold already, such as the caller's own write. */
interface AtLeast {
  readonly minPosition?: number | undefined;
  readonly minVersion?: number | undefined;
}

/** Whether a read model of accounts has the account at `minVersion`, or has it within the bound of a wait. */
export async function isIn(
  db: SqlExecutor,
  projection: string,
  accountId: string,
  minVersion: number | undefined,
): Promise<boolean> {
  if (minVersion === undefined || minVersion === 0) return true;
  const eventId = eventIdOf(accountAggregate.streamId(accountId), minVersion);
  return waitForEvent(db, systemScheduler, projection, eventId);
}

/** Undefined when the view knows no such account. */
export async function readBalance(
  db: SqlExecutor,
  accountId: string,
  { minPosition, minVersion }: AtLeast,
): Promise<AccountBalance | undefined> {
  const upToDate =
    (minPosition === undefined || (await waitForProjection(db, systemScheduler, ACCOUNT_VIEW, minPosition))) &&
    (await isIn(db, ACCOUNT_VIEW, accountId, minVersion));
  const view = (await readAccountViews(db, [accountId])).get(accountId);
  if (view === undefined) return undefined;
  const money = (amount: number): Money => ({ amount, currency: view.currency });
  const { balance, held, available, version } = view;
  return { balance: money(balance), held: money(held), available: money(available), version, upToDate };
}

export interface BalanceThen {
  readonly balance: Money;
  readonly held: Money;
  readonly available: Money;
  /** 0 when the account was not open yet. */
  readonly version: number;
}

/** What the account held at an instant, by replaying its history up to there. */
export async function balanceAt(db: SqlExecutor, accountId: string, at: Date, currency: string): Promise<BalanceThen> {
  const { state, version } = await loadAggregate(db, accountAggregate, accountAggregate.streamId(accountId), { at });
  const money = (amount: number): Money => ({ amount, currency: state.currency === "" ? currency : state.currency });
  return { balance: money(state.balance), held: money(heldOf(state)), available: money(availableOf(state)), version };
}

/** By the events, whatever the views have; null for an account that is not open. */
export async function creditState(
  db: SqlExecutor,
  accountId: string,
): Promise<{ readonly balance: number; readonly currency: string } | null> {
  const { state, version } = await loadAggregate(db, accountAggregate, accountAggregate.streamId(accountId));
  return version === 0 ? null : { balance: state.balance, currency: state.currency };
}

/** Minor units, by the events; 0 for an account that is not open. */
export async function availableCredit(db: SqlExecutor, accountId: string): Promise<number> {
  const { state } = await loadAggregate(db, accountAggregate, accountAggregate.streamId(accountId));
  return availableOf(state);
}

export interface MonthSummary extends Omit<AccountMonth, "accountId"> {
  /** The balance at the month's end. */
  readonly closing: number;
}

/** Newest first. The closing balance is the sum of everything up to there. */
export function readMonths(db: SqlExecutor, accountId: string, months: number): Promise<MonthSummary[]> {
  return db.query<MonthSummary>(sql`
    SELECT month, deposited, withdrawn, spent, refunded, granted,
           sum(deposited + refunded + granted - withdrawn - spent) OVER (ORDER BY month)::bigint AS closing
    FROM account_monthly WHERE account_id = ${accountId} ORDER BY month DESC LIMIT ${months}`);
}
