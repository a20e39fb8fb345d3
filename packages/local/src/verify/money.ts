/** Money: the gateway's ledger, the account's history and the orders tell the same. */
import { fromEvents } from "@tillstream/eventing";
import { aggregates } from "@tillstream/commerce";
import { sql } from "@tillstream/runtime";
import type { Invariant } from "./invariant.ts";
import { sqlInvariant } from "./invariant.ts";
import { readStreams } from "./read-streams.ts";

interface OrderMoney {
  readonly id: string;
  readonly status: string;
  readonly total: number;
}

/** What the gateway holds for each order: its unrefunded captures. */
const cardOrdersAgreeWithGateway: Invariant = {
  name: "one unrefunded capture of the right amount for each confirmed card order, none for any other",
  needsGateway: true,
  async check({ db, ledger = [] }) {
    const orders = await db.query<OrderMoney>(sql`SELECT id, status, total FROM orders WHERE payment_method = 'card'`);
    const refunded = new Map<string, number>();
    for (const { kind, chargeId = "", amount } of ledger) {
      if (kind === "refund") refunded.set(chargeId, (refunded.get(chargeId) ?? 0) + amount);
    }
    const kept = new Map<string, number[]>();
    const broken: string[] = [];
    for (const { kind, id, orderId, amount } of ledger) {
      if (kind !== "capture") continue;
      const rest = amount - (refunded.get(id) ?? 0);
      if (rest < 0) broken.push(`${id}: refunded more than was captured`);
      if (rest > 0) kept.set(orderId, [...(kept.get(orderId) ?? []), rest]);
    }
    for (const { id, status, total } of orders) {
      const captures = kept.get(id) ?? [];
      const expected = status === "confirmed" ? [total] : [];
      if (captures.join() !== expected.join())
        broken.push(`${id} (${status}, ${total}): captures [${captures.join()}]`);
    }
    return { checked: orders.length, broken };
  },
};

interface AccountState {
  readonly balance: number;
  readonly holds: Readonly<Record<string, { orderId: string; status: string; amount: number }>>;
}

/** Replays every account; compares its read models and the orders paid from it. */
const accountsAgree: Invariant = {
  name: "every account's read models are what its events lead to, and no balance is below zero",
  async check({ db }) {
    const aggregate = aggregates.find(({ streamType }) => streamType === "account");
    if (aggregate === undefined) throw new Error("there is no account aggregate");
    const rows = await db.query<{ id: string; figures: string }>(sql`
      SELECT 'account-' || v.account_id AS id,
             v.version || ' ' || v.balance || ' ' || v.held || ' ' || coalesce(
               (SELECT balance FROM account_statement s WHERE s.account_id = v.account_id ORDER BY s.version DESC LIMIT 1), 0) || ' ' || coalesce(
               (SELECT sum(deposited + refunded - withdrawn - spent) FROM account_monthly m WHERE m.account_id = v.account_id), 0) AS figures
      FROM account_view v`);
    const known = new Map(rows.map(({ id, figures }) => [id, figures]));
    const broken: string[] = [];
    let checked = 0;
    for await (const [streamId, events] of readStreams(db, "account")) {
      checked += 1;
      const { state, version } = fromEvents(aggregate, events) as { state: AccountState; version: number };
      const held = Object.values(state.holds).reduce(
        (sum, hold) => (hold.status === "held" ? sum + hold.amount : sum),
        0,
      );
      const expected = `${version} ${state.balance} ${held} ${state.balance} ${state.balance}`;
      if (state.balance < 0 || known.get(streamId) !== expected)
        broken.push(`${streamId}: views ${known.get(streamId) ?? "missing"}, events ${expected}`);
    }
    return { checked, broken };
  },
};

export const moneyInvariants: readonly Invariant[] = [
  cardOrdersAgreeWithGateway,
  accountsAgree,
  sqlInvariant(
    "every order paid with store credit took it exactly when it was confirmed",
    sql`SELECT count(*)::int AS count FROM orders WHERE payment_method = 'account'`,
    sql`SELECT o.id FROM orders o WHERE o.payment_method = 'account'
        AND (o.status = 'confirmed') IS DISTINCT FROM (
          (SELECT count(*) FROM events e WHERE e.type = 'HoldCaptured' AND e.data ->> 'orderId' = o.id)
          - (SELECT count(*) FROM events e WHERE e.type = 'CreditRefunded' AND e.data ->> 'orderId' = o.id) = 1)`,
  ),
];
