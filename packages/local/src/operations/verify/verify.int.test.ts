import { prune } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ledgerOf } from "./gateway-ledger.ts";
import type { GatewayLedger, LedgerEntry } from "./gateway-ledger.ts";
import { checkInvariants, httpLedger, invariants, settled, verify } from "./index.ts";
import { createHealthyDatabase } from "./testing/healthy-database.ts";
import type { HealthyDatabase } from "./testing/healthy-database.ts";

let healthy: HealthyDatabase;
beforeAll(async () => {
  healthy = await createHealthyDatabase();
}, 60_000);
afterAll(() => healthy[Symbol.asyncDispose]());

/** What is done to the healthy database, or to the gateway's ledger, so that one invariant breaks. */
interface Violation {
  readonly statements?: readonly Sql[];
  readonly ledger?: (
    entries: readonly LedgerEntry[],
    orders: { confirmed: string; declined: string },
  ) => readonly LedgerEntry[];
}

const CONFIRMED_CARD = sql`(SELECT min(id) FROM orders WHERE status = 'confirmed' AND payment_method = 'card')`;
const DECLINED = sql`(SELECT min(id) FROM orders WHERE cancel_reason = 'CARD_DECLINED')`;
const CART = sql`(SELECT id FROM carts WHERE status = 'ordered')`;
const capture = (orderId: string): LedgerEntry => ({
  id: "ch_more",
  kind: "capture",
  orderId,
  amount: 100,
  currency: "USD",
  at: "2026-01-01T00:00:00Z",
});
const done = (statement: Sql): Violation => ({ statements: [statement] });

/** A pending order that everybody knows of, copied from another. */
const PENDING_ORDER: readonly Sql[] = [
  sql`INSERT INTO orders (id, number, version, status, email, shipping_address, payment_method, payment_token, total, currency, placed_at, updated_at)
      SELECT 'stuck', order_number('stuck'), 1, 'pending', email, shipping_address, payment_method, payment_token, total, currency, placed_at, updated_at
      FROM orders WHERE id = ${DECLINED}`,
  sql`INSERT INTO order_lines SELECT 'stuck', ordinal, sku, name, image, quantity, unit_price FROM order_lines WHERE order_id = ${DECLINED}`,
  sql`INSERT INTO order_view SELECT 'stuck', 1, 'pending', total, currency, lines, steps, NULL, placed_at, updated_at FROM order_view WHERE order_id = ${DECLINED}`,
  sql`INSERT INTO events SELECT 'order-stuck:1', 'order-stuck', stream_type, 1, type, schema_version, data, metadata, recorded_at FROM events WHERE event_id = 'order-' || ${DECLINED} || ':1'`,
  sql`INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload, published) VALUES ('order-stuck:1', 'OrderCreated', 'order-stuck', '{}', true)`,
  sql`UPDATE order_funnel_by_day SET placed = placed + 1`,
  sql`UPDATE event_log_head SET position = position + 1`,
  sql`INSERT INTO event_log SELECT position, 'order-stuck:1', 'order-stuck', 'OrderCreated', now() FROM event_log_head`,
];

const violations: Readonly<Record<string, Violation>> = {
  "events-in-outbox": done(sql`
    INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata)
    VALUES ('lost-1:1', 'lost-1', 'lost', 1, 'Lost', 1, '{}', '{}')`),
  "outbox-published": done(sql`UPDATE outbox_events SET published = false WHERE event_id = 'account-shopper-1:2'`),
  "positions-gapless": done(sql`UPDATE event_log_head SET position = position + 1`),
  "stream-versions-gapless": done(
    sql`UPDATE events SET version = version + 1 WHERE type = 'OrderConfirmed' AND stream_id = 'order-' || ${CONFIRMED_CARD}`,
  ),
  "orders-have-events": {
    statements: [
      sql`UPDATE outbox_events SET event_type = 'Else' WHERE aggregate_id = 'order-' || ${DECLINED} AND event_type = 'OrderCreated'`,
      sql`UPDATE event_log SET type = 'Else' WHERE stream_id = 'order-' || ${DECLINED} AND type = 'OrderCreated'`,
    ],
  },
  "order-rows-follow-events": done(sql`UPDATE orders SET payment_status = 'authorized' WHERE id = ${CONFIRMED_CARD}`),
  "order-numbers": done(sql`UPDATE orders SET number = '00000-00000' WHERE id = ${CONFIRMED_CARD}`),
  "order-totals": done(sql`UPDATE order_lines SET unit_price = unit_price + 1 WHERE order_id = ${CONFIRMED_CARD}`),
  "discount-uses": done(sql`UPDATE discount_codes SET uses = uses + 1 WHERE uses > 0`),
  "orders-ended": { statements: PENDING_ORDER },
  "carts-order-once": done(sql`UPDATE carts SET order_id = ${DECLINED} WHERE id = ${CART}`),
  "order-view-agrees": done(sql`UPDATE order_view SET status = 'pending' WHERE order_id = ${CONFIRMED_CARD}`),
  "one-run-goes-on": done(sql`
    INSERT INTO sagas (saga_id, name, definition_version, status, subject, correlation_id, input, forked_from)
    SELECT saga_id || '~2', name, definition_version, status, subject, correlation_id, input, saga_id FROM sagas WHERE subject = ${CONFIRMED_CARD}`),
  "sagas-agree-with-orders": done(sql`UPDATE sagas SET status = 'compensated' WHERE subject = ${CONFIRMED_CARD}`),
  "cancellations-agree-with-orders": done(sql`UPDATE sagas SET status = 'compensated' WHERE name = 'cancellation'`),
  "stock-is-its-movements": {
    statements: [
      sql`UPDATE stock SET available = available + 1 WHERE sku = (SELECT min(sku) FROM stock)`,
      sql`UPDATE stock_view SET available = available + 1 WHERE sku = (SELECT min(sku) FROM stock)`,
      sql`UPDATE stock_ledger SET available = available + 1 WHERE sku = (SELECT min(sku) FROM stock)`,
    ],
  },
  "stock-never-negative": done(sql`UPDATE stock_movements SET id = id + 1000000 WHERE kind = 'received'`),
  "stock-explained-by-orders": {
    statements: [
      sql`UPDATE stock_movements SET quantity = quantity - 1 WHERE order_id = ${CONFIRMED_CARD}`,
      sql`UPDATE stock SET available = available - 1 WHERE sku IN (SELECT sku FROM stock_movements WHERE order_id = ${CONFIRMED_CARD})`,
      sql`UPDATE stock_view SET available = available - 1, reserved = reserved + 1
          WHERE sku IN (SELECT sku FROM stock_movements WHERE order_id = ${CONFIRMED_CARD})`,
      sql`UPDATE stock_ledger SET available = available - 1, reserved = reserved + 1
          WHERE sku IN (SELECT sku FROM stock_movements WHERE order_id = ${CONFIRMED_CARD})`,
    ],
  },
  "stock-view-agrees": {
    statements: [
      sql`UPDATE stock_view SET reserved = reserved + 1, sold = sold - 1 WHERE sold > 0`,
      sql`UPDATE stock_ledger SET reserved = reserved + 1 WHERE sku IN (SELECT sku FROM stock_view WHERE sold > 0)`,
    ],
  },
  "stock-ledger-agrees": done(
    sql`UPDATE stock_ledger SET reserved = reserved + 1 WHERE id = (SELECT max(id) FROM stock_ledger)`,
  ),
  "stock-counts-in-ledger": {
    statements: [sql`UPDATE stock_movements SET kind = 'received' WHERE kind = 'counted'`],
  },
  "shipments-follow-events": done(sql`UPDATE shipments SET status = 'created' WHERE status = 'returned'`),
  "shipments-agree-with-orders": done(
    sql`UPDATE shipments SET tracking_number = 'MP0' WHERE order_id = (SELECT min(id) FROM orders WHERE status = 'shipped')`,
  ),
  "confirmed-cards-charged": {
    ledger: (entries, { confirmed }) => entries.filter(({ orderId }) => orderId !== confirmed),
  },
  "cancelled-cards-not-charged": { ledger: (entries, { declined }) => [...entries, capture(declined)] },
  "no-order-charged-twice": { ledger: (entries, { confirmed }) => [...entries, capture(confirmed)] },
  "refunds-within-captures": {
    ledger: (entries) => {
      const whole = ({ chargeId, amount }: LedgerEntry) =>
        entries.some((capture) => capture.id === chargeId && capture.amount === amount);
      return entries.map((entry) => (whole(entry) ? { ...entry, amount: entry.amount + 1 } : entry));
    },
  },
  "credit-orders-settled": done(sql`UPDATE orders SET payment_method = 'account' WHERE id = ${CONFIRMED_CARD}`),
  "part-refunds-within-orders": done(sql`
    UPDATE events SET data = jsonb_set(data, '{lines,0,quantity}', '99') WHERE type = 'RefundRequested' AND data ->> 'restock' = 'false'
      AND stream_id IN (SELECT 'order-' || id FROM orders WHERE status = 'shipped')`),
  "part-refunds-carried-out": done(sql`
    UPDATE events SET data = data || '{"refundId": "another"}' WHERE type = 'RefundCredited'`),
  "returns-follow-events": done(sql`UPDATE order_returns SET status = 'requested' WHERE status = 'withdrawn'`),
  "returns-within-orders": done(
    sql`UPDATE order_returns SET received = jsonb_set(received, '{0,quantity}', '99') WHERE status = 'received'`,
  ),
  "returns-refunded": done(sql`
    UPDATE events SET data = jsonb_set(data, '{refundIds}', '[]') WHERE type = 'ReturnedLinesReceived'`),
  "account-view-agrees": done(sql`UPDATE account_view SET balance = balance + 1`),
  "account-statement-agrees": done(sql`UPDATE account_statement SET balance = balance + 1`),
  "account-months-agree": done(sql`UPDATE account_monthly SET spent = spent + 1`),
  "no-balance-below-zero": done(sql`
    UPDATE events SET data = jsonb_set(data, '{amount}', CASE version WHEN 2 THEN '1'::jsonb ELSE '1899999'::jsonb END)
    WHERE stream_id = 'account-shopper-1' AND type = 'MoneyDeposited'`),
  "sales-by-day": done(sql`UPDATE sales_by_day SET refunded = refunded - 1`),
  "order-funnel-by-day": done(sql`UPDATE order_funnel_by_day SET shipped = shipped + 1`),
  "confirmation-mails": done(sql`DELETE FROM mail_messages WHERE order_id = ${CONFIRMED_CARD}`),
  "erased-stay-erased": done(sql`
    UPDATE subject_keys SET wrapped = 'local.key', destroyed_at = NULL WHERE subject IN (SELECT customer_id FROM erasures)`),
  "inboxes-complete": done(
    sql`DELETE FROM processed_events WHERE consumer = 'mail' AND event_id LIKE 'order-' || ${CONFIRMED_CARD} || ':%'`,
  ),
};

const UNDO = new Error("undone");

/** Runs `work` after the statements, with the append-only triggers out of the way, and undoes everything. */
async function afterwards(statements: readonly Sql[], work: (tx: SqlExecutor) => Promise<void>): Promise<void> {
  const attempt = healthy.database.transaction(async (tx) => {
    for (const table of [sql`events`, sql`event_log`]) await tx.query(sql`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    for (const statement of statements) await tx.query(statement);
    await work(tx);
    throw UNDO;
  });
  await attempt.catch((error: unknown) => {
    if (error !== UNDO) throw error;
  });
}

async function brokenIn(tx: SqlExecutor, gateway: GatewayLedger): Promise<string[]> {
  const findings = await checkInvariants(tx, { gateway });
  return findings
    .filter(({ status }) => status !== "holds")
    .map(({ name, broken }) => (broken.length > 0 ? name : `${name}: not checked`));
}

it("in a healthy database every invariant holds, and each has looked at something", async () => {
  const findings = await verify(healthy.database, { gateway: healthy.gateway });
  expect(findings.flatMap(({ name, broken }) => broken.map((id) => `${name} ${id}`))).toEqual([]);
  expect(findings.filter(({ checked }) => checked === 0)).toEqual([]);
  expect(await settled(healthy.database, 0)).toBeUndefined();
});

it("every invariant has a violation in this test, and each name is used once", () => {
  expect(Object.keys(violations).toSorted()).toEqual(invariants.map(({ name }) => name).toSorted());
});

it.each(Object.entries(violations))(
  "%s is broken by its own violation, and no other is",
  async (name, { statements = [], ledger }) => {
    await afterwards(statements, async (tx) => {
      const [orders = { confirmed: "", declined: "" }] = await tx.query<{ confirmed: string; declined: string }>(
        sql`SELECT ${CONFIRMED_CARD} AS confirmed, ${DECLINED} AS declined`,
      );
      const entries = await healthy.gateway.entries();
      expect(await brokenIn(tx, ledgerOf(ledger?.(entries, orders) ?? entries))).toEqual([name]);
    });
  },
);

it.each([
  ["an ordered cart whose order is gone", [sql`UPDATE carts SET order_id = 'gone' WHERE id = ${CART}`]],
  [
    "an open cart whose order is pending",
    [...PENDING_ORDER, sql`UPDATE orders SET cart_id = ${CART}, cart_version = 99 WHERE id = 'stuck'`],
  ],
  [
    "two orders of one cart",
    [sql`UPDATE orders SET cart_id = ${CART}, cart_version = 99 WHERE id = ${CONFIRMED_CARD} AND cart_id <> ${CART}`],
  ],
])("%s is found", async (_, statements) => {
  await afterwards(statements, async (tx) => {
    expect(await brokenIn(tx, healthy.gateway)).toContain("carts-order-once");
  });
});

it("a database that is older than its retention holds every invariant, and what is lost in it is still found", async () => {
  const old = [
    sql`UPDATE event_log SET recorded_at = now() - interval '8 days'`,
    sql`UPDATE outbox_events SET published_at = now() - interval '1 minute'`,
    sql`UPDATE processed_events SET processed_at = now() - interval '1 minute'`,
  ];
  await afterwards(old, async (tx) => {
    const [published = { rows: 0 }] = await tx.query<{ rows: number }>(
      sql`SELECT count(*)::int AS rows FROM outbox_events`,
    );
    expect(await prune(tx, { outboxSeconds: 0, inboxSeconds: 0, deadLetterSeconds: 0 })).toMatchObject({
      outbox: published.rows,
    });
    expect(await tx.query(sql`SELECT FROM processed_events`)).toEqual([]);
    expect(await brokenIn(tx, healthy.gateway)).toEqual([]);
    await tx.query(sql`
      INSERT INTO events SELECT 'order-lost:1', 'order-lost', stream_type, 1, type, schema_version, data, metadata, recorded_at
      FROM events WHERE event_id = 'order-' || ${DECLINED} || ':1'`);
    expect(await brokenIn(tx, healthy.gateway)).toEqual(
      expect.arrayContaining(["events-in-outbox", "orders-have-events"]),
    );
  });
});

it("a gateway that does not answer leaves its invariants unchecked, which is not a success", async () => {
  const findings = await verify(healthy.database, { gateway: httpLedger("http://127.0.0.1:9") });
  const unchecked = findings.filter(({ status }) => status === "notChecked");
  expect(unchecked.map(({ name }) => name)).toEqual(
    invariants.filter(({ needsGateway }) => needsGateway).map(({ name }) => name),
  );
  expect(unchecked[0]?.reason).toContain("http://127.0.0.1:9");
});

it("an order without an end is what a wait would wait for", async () => {
  await afterwards(PENDING_ORDER, async (tx) => {
    expect(await settled(tx, 0)).toMatchObject({ orders: 1, outbox: 0 });
  });
});
