/** Fills a database with history by SQL, quickly: orders with four events each, all published but a small backlog. */
import { raw, sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { seedCatalogue } from "../seed/catalogue-rows.ts";

const TYPES = ["OrderCreated", "PaymentCaptured", "StockReserved", "OrderConfirmed"];
const BACKLOG_EVENTS = 1_000;
/** Every event carries the fields of all four types; each schema takes its own. */
const LINES = JSON.stringify([{ sku: "SKU", name: "A thing", image: "", quantity: 1, unitPrice: 1_200 }]);
const CORRELATION = `md5((n / 4)::text)`;

export interface Filled {
  readonly events: number;
  readonly orders: number;
}

/** @param events a multiple of 4 */
export async function fillHistory(db: Database, events: number): Promise<Filled> {
  await seedCatalogue(db);
  await db.transaction(async (tx) => {
    // Nobody else is here.
    await tx.query(sql`SELECT set_config('synchronous_commit', 'off', true)`);
    // What the catalogue's own events left waiting is not part of the history that is measured.
    await tx.query(sql`TRUNCATE outbox_events RESTART IDENTITY`);
    await insertEvents(tx, events);
    await insertOrders(tx, events / TYPES.length);
  });
  for (const table of [
    "events",
    "event_log",
    "outbox_events",
    "orders",
    "order_lines",
    "order_view",
    "processed_events",
    "sagas",
    "saga_steps",
  ]) {
    await db.query(sql`VACUUM ANALYZE ${raw(table)}`);
  }
  return { events, orders: events / TYPES.length };
}

async function insertEvents(tx: SqlExecutor, events: number): Promise<void> {
  const published = events - BACKLOG_EVENTS;
  const at = sql`now() - (${events} - n) * interval '20 ms'`;
  await tx.query(sql`
    INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at)
    SELECT 'order-' || n / 4 || ':' || n % 4 + 1, 'order-' || n / 4, 'order', n % 4 + 1, (${TYPES}::text[])[n % 4 + 1], CASE n % 4 WHEN 0 THEN 2 ELSE 1 END,
           jsonb_build_object('orderId', (n / 4)::text, 'total', 1200, 'amount', 1200, 'currency', 'USD', 'units', 1, 'chargeId', 'ch', 'lines', ${LINES}::jsonb),
           jsonb_build_object('correlationId', ${raw(CORRELATION)}, 'causationId', 'plan', 'actor', CASE WHEN n % 4 = 0 THEN 'user:' || n % 5000 ELSE 'saga:checkout' END),
           ${at}
    FROM generate_series(0, ${events - 1}::int) AS n`);
  await tx.query(sql`
    INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload, published, published_at, created_at)
    SELECT event_id, type, stream_id, data, true, recorded_at, recorded_at FROM events WHERE stream_type = 'order' ORDER BY recorded_at`);
  await tx.query(sql`UPDATE outbox_events SET published = false, published_at = NULL WHERE id > ${published}`);
  await tx.query(sql`
    INSERT INTO event_log (position, event_id, stream_id, type, recorded_at)
    SELECT o.id, e.event_id, e.stream_id, e.type, e.recorded_at FROM outbox_events o JOIN events e USING (event_id) WHERE o.published`);
  await tx.query(sql`UPDATE event_log_head SET position = ${published}`);
  await tx.query(sql`INSERT INTO processed_events (consumer, event_id) SELECT 'order_view', event_id FROM event_log`);
  await tx.query(
    sql`INSERT INTO projection_checkpoints (projection, position) VALUES ('order_view', ${published - 50})`,
  );
}

async function insertOrders(tx: SqlExecutor, orders: number): Promise<void> {
  const at = sql`now() - (${orders} - n) * interval '80 ms'`;
  await tx.query(sql`
    INSERT INTO orders (id, number, version, status, email, shipping_address, payment_method, payment_token, total, currency, payment_status, stock_status, placed_at, updated_at)
    SELECT n::text, order_number(n::text), 4, 'confirmed', 'shopper-' || n || '@example.com', jsonb_build_object('name', 'Shopper ' || n), 'card', 'tok_visa', 1200, 'USD', 'captured', 'reserved', ${at}, ${at}
    FROM generate_series(0, ${orders - 1}::int) AS n`);
  await tx.query(sql`
    INSERT INTO order_lines (order_id, ordinal, sku, name, image, quantity, unit_price)
    SELECT n::text, 0, 'SKU', 'A thing', '', 1, 1200 FROM generate_series(0, ${orders - 1}::int) AS n`);
  await tx.query(sql`
    INSERT INTO order_view (order_id, version, status, total, currency, lines, steps, placed_at, updated_at)
    SELECT id, version, CASE WHEN id::int % 10 = 0 THEN 'cancelled' ELSE status END, total, currency, '[]', '[]', placed_at, updated_at FROM orders`);
  await tx.query(sql`
    INSERT INTO sagas (saga_id, name, definition_version, status, subject, correlation_id, input, created_at, finished_at)
    SELECT 'checkout:' || id, 'checkout', 1, 'completed', id, md5(id), '{}', placed_at, placed_at FROM orders`);
  await tx.query(sql`
    INSERT INTO saga_steps (saga_id, step, kind, ordinal, status) SELECT 'checkout:' || id, 'charge', 'action', 1, 'completed' FROM orders`);
  await tx.query(
    sql`UPDATE saga_steps SET status = 'pending', run_at = now() - interval '1 minute' WHERE saga_id = 'checkout:7'`,
  );
}
