/** The rows that confirmed orders leave, by SQL: those of the order itself, of its saga, and of all that came before and after. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

export const ORDER_TABLES = [
  "orders",
  "order_lines",
  "order_view",
  "sagas",
  "saga_steps",
  "carts",
  "cart_lines",
  "idempotency_keys",
  "subject_keys",
  "mail_messages",
  "shipments",
  "stock_movements",
  "stock_ledger",
  "payment_webhooks",
  "gateway_captures",
] as const;

const STEPS = ["createOrder", "charge", "reserveStock", "confirm"];

export async function insertOrders(tx: SqlExecutor, orders: number): Promise<void> {
  const at = sql`now() - (${orders} - n) * interval '80 ms'`;
  await tx.query(sql`
    INSERT INTO orders (id, number, version, status, email, shipping_address, payment_method, payment_token, total, currency, payment_status, charge_id, stock_status, cart_id, cart_version, placed_at, updated_at)
    SELECT n::text, order_number(n::text), 4, 'confirmed', 'shopper-' || n || '@example.com', jsonb_build_object('name', 'Shopper ' || n), 'card', 'tok_visa', 1200, 'USD', 'captured', 'ch_' || n, 'reserved', 'cart-' || n, 1, ${at}, ${at}
    FROM generate_series(0, ${orders - 1}::int) AS n`);
  await tx.query(sql`
    INSERT INTO order_lines (order_id, ordinal, sku, name, image, quantity, unit_price)
    SELECT n::text, 0, 'SKU', 'A thing', '', 1, 1200 FROM generate_series(0, ${orders - 1}::int) AS n`);
  await tx.query(sql`
    INSERT INTO order_view (order_id, version, status, total, currency, lines, steps, placed_at, updated_at)
    SELECT id, version, CASE WHEN id::int % 10 = 0 THEN 'cancelled' ELSE status END, total, currency, '[]', '[]', placed_at, updated_at FROM orders`);
  await insertRuns(tx);
  await insertBefore(tx);
  await insertAfter(tx);
}

async function insertRuns(tx: SqlExecutor): Promise<void> {
  await tx.query(sql`
    INSERT INTO sagas (saga_id, name, definition_version, status, subject, correlation_id, input, created_at, finished_at)
    SELECT 'checkout:' || id, 'checkout', 1, 'completed', id, md5(id), '{}', placed_at, placed_at FROM orders`);
  await tx.query(sql`
    INSERT INTO saga_steps (saga_id, step, kind, ordinal, status)
    SELECT 'checkout:' || id, step, 'action', ordinal - 1, 'completed' FROM orders, unnest(${STEPS}::text[]) WITH ORDINALITY AS steps(step, ordinal)`);
}

/** What is there from the cart until the order is placed. */
async function insertBefore(tx: SqlExecutor): Promise<void> {
  await tx.query(sql`
    INSERT INTO carts (id, version, status, order_id, created_at, updated_at) SELECT cart_id, 1, 'closed', id, placed_at, placed_at FROM orders`);
  await tx.query(sql`
    INSERT INTO cart_lines (cart_id, sku, name, quantity, seen_price, ordinal) SELECT cart_id, 'SKU', 'A thing', 1, 1200, 0 FROM orders`);
  await tx.query(sql`
    INSERT INTO idempotency_keys (scope, key, fingerprint, status, response, expires_at)
    SELECT 'checkout.placeOrder', id, md5(id), 'completed', '{}', placed_at + interval '2 days' FROM orders`);
}

/** What follows the order: key and mail of its shopper, shipment, stock, and what the gateway said. */
async function insertAfter(tx: SqlExecutor): Promise<void> {
  // Destroyed: no process could open another.
  await tx.query(sql`INSERT INTO subject_keys (subject, destroyed_at) SELECT id, placed_at FROM orders`);
  await tx.query(sql`
    INSERT INTO mail_messages (dedupe_key, body, order_id, sealed_for, sent_at, delivered_at, next_attempt_at)
    SELECT 'confirmed:' || id, repeat(md5(id), 10), id, id, placed_at, placed_at, NULL FROM orders`);
  await tx.query(sql`
    INSERT INTO shipments (order_id, shipment_id, version, status, due_at, carrier, tracking_number, updated_at)
    SELECT id, 'shipment-' || id, 2, 'created', placed_at, 'Meadow Post', 'MP' || id, placed_at FROM orders`);
  await tx.query(sql`
    INSERT INTO stock_movements (sku, kind, quantity, order_id, created_at) SELECT 'SKU', 'reserved', 1, id, placed_at FROM orders`);
  await tx.query(sql`
    INSERT INTO stock_ledger (sku, event_id, quantity, available, reserved)
    SELECT 'SKU-' || id::int % 20, 'order-' || id || ':3', -1, 1000, 1 FROM orders ORDER BY id::int`);
  await tx.query(sql`
    INSERT INTO payment_webhooks (id, type, charge_id, order_id, payload, received_at, processed_at)
    SELECT 'wh_' || id, 'charge.captured', charge_id, id, '{}', placed_at, placed_at FROM orders`);
  await tx.query(sql`
    INSERT INTO gateway_captures (charge_id, order_id, amount, refunded, currency, captured_at, read_at)
    SELECT charge_id, id, total, 0, currency, placed_at, placed_at FROM orders`);
}
