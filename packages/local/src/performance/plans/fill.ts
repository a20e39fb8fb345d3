/** Fills a database with history by SQL, quickly: orders with four events each, all published but a small backlog, and what they leave in other tables. */
import { describeDeployment } from "@tillstream/commerce";
import { registerSubscription } from "@tillstream/eventing";
import { raw, sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { seedCatalogue } from "../../seed/catalogue-rows.ts";
import { insertOrders, ORDER_TABLES } from "./fill-orders.ts";

const TYPES = ["OrderCreated", "PaymentCaptured", "StockReserved", "OrderConfirmed"];
const BACKLOG_EVENTS = 1_000;
/** Every event carries the fields of all four types; each schema takes its own. */
const LINES = JSON.stringify([{ sku: "SKU", name: "A thing", image: "", quantity: 1, unitPrice: 1_200 }]);
const CORRELATION = `md5((n / 4)::text)`;

export interface Filled {
  readonly events: number;
  readonly orders: number;
}

/** Leaves a little to be done: the newest events are not published, and a step of a saga is due. @param events a multiple of 4 */
export async function fillHistory(db: Database, events: number): Promise<Filled> {
  const orders = events / TYPES.length;
  await fill(db, async (tx) => {
    const published = await insertEvents(tx, events, BACKLOG_EVENTS);
    await tx.query(
      sql`INSERT INTO projection_checkpoints (projection, position) VALUES ('order_view', ${published - 50})`,
    );
    await insertOrders(tx, orders);
    await tx.query(
      sql`UPDATE saga_steps SET status = 'pending', run_at = now() - interval '1 minute' WHERE saga_id = 'checkout:7' AND step = 'charge'`,
    );
  });
  return { events, orders };
}

/** Orders of the past, for a shop that goes on from there: everything is published, and every subscription has read it. */
export async function fillPast(db: Database, orders: number): Promise<void> {
  await fill(db, async (tx) => {
    await insertEvents(tx, orders * TYPES.length, 0);
    await insertOrders(tx, orders);
  });
  for (const subscription of describeDeployment().subscriptions) await registerSubscription(db, subscription);
  for (const checkpoints of ["projection_checkpoints", "consumer_checkpoints", "event_version_head"])
    await db.query(sql`UPDATE ${raw(checkpoints)} SET position = (SELECT position FROM event_log_head)`);
}

async function fill(db: Database, insert: (tx: SqlExecutor) => Promise<void>): Promise<void> {
  await seedCatalogue(db);
  await db.transaction(async (tx) => {
    // Nobody else is here.
    await tx.query(sql`SELECT set_config('synchronous_commit', 'off', true)`);
    // What the catalogue's own events left waiting is not part of the history that is measured.
    await tx.query(sql`TRUNCATE outbox_events RESTART IDENTITY`);
    await insert(tx);
  });
  for (const table of ["events", "event_log", "outbox_events", "processed_events", ...ORDER_TABLES]) {
    await db.query(sql`VACUUM ANALYZE ${raw(table)}`);
  }
}

/** Returns the position of the last that is published. */
async function insertEvents(tx: SqlExecutor, events: number, backlog: number): Promise<number> {
  const published = events - backlog;
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
  return published;
}
