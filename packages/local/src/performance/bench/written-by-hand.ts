/**
 * What a developer would write first, without the patterns: the order in an interactive transaction, a checkout that calls everybody
 * in line, a poller that makes a job of each event. As good as such code gets, so that the reader sees what the patterns cost and give.
 */
import { reserveStock } from "@tillstream/commerce";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { runQueue } from "./graphile.ts";
import type { BenchShop } from "./shop.ts";

/** Together the eight seconds of the textbook's synchronous checkout. */
const OUTSIDE_MS = { gateway: 3_000, mail: 2_000, carrier: 2_500, analytics: 500 };
const POLL_BATCH = 100;
const POLL_MS = 1_000;

interface WrittenOrder {
  readonly id: string;
  readonly email: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** The rows of `placeOrder`, a statement each. */
async function insertOrder(tx: SqlExecutor, { id, email, lines }: WrittenOrder): Promise<void> {
  const eventId = `order-${id}:1`;
  const data = JSON.stringify({ orderId: id, total: 1_200, currency: "USD", lines });
  await tx.query(sql`
    INSERT INTO idempotency_keys (scope, key, fingerprint, status, response, expires_at)
    VALUES ('by-hand', ${id}, ${id}, 'completed', ${data}::jsonb, now() + interval '1 day')`);
  await tx.query(sql`
    INSERT INTO orders (id, number, version, status, email, shipping_address, payment_method, payment_token, total, currency, cart_id, cart_version, placed_at, updated_at)
    VALUES (${id}, ${id}, 1, 'pending', ${email}, '{"name": "Bench", "line1": "1 Street", "city": "Town", "postalCode": "12345", "country": "US"}', 'card', 'tok_visa', 1200, 'USD', ${id}, 1, now(), now())`);
  await tx.query(sql`
    INSERT INTO order_lines (order_id, ordinal, sku, name, image, quantity, unit_price)
    SELECT ${id}, ordinal - 1, item ->> 'sku', 'A thing', '', (item ->> 'quantity')::int, 1200
    FROM jsonb_array_elements(${JSON.stringify(lines)}::jsonb) WITH ORDINALITY AS line(item, ordinal)`);
  await tx.query(sql`
    INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata)
    VALUES (${eventId}, ${`order-${id}`}, 'order', 1, 'OrderCreated', 2, ${data}::jsonb, '{}')`);
  await tx.query(sql`
    INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload) VALUES (${eventId}, 'OrderCreated', ${`order-${id}`}, ${data}::jsonb)`);
}

export const orderInTransaction = (db: Database, written: WrittenOrder): Promise<void> =>
  db.transaction((tx) => insertOrder(tx, written));

/** Answers when the card is charged, the mail is sent and the label is there. */
export async function synchronousCheckout(db: Database, written: WrittenOrder): Promise<void> {
  const { id, lines } = written;
  await orderInTransaction(db, written);
  await systemScheduler.sleep(OUTSIDE_MS.gateway);
  await db.query(sql`UPDATE orders SET payment_status = 'captured', charge_id = ${`ch_${id}`} WHERE id = ${id}`);
  await systemScheduler.sleep(OUTSIDE_MS.mail);
  await db.transaction((tx) => reserveStock(tx, id, lines));
  await systemScheduler.sleep(OUTSIDE_MS.carrier);
  await db.query(sql`UPDATE orders SET status = 'confirmed', stock_status = 'reserved' WHERE id = ${id}`);
  await systemScheduler.sleep(OUTSIDE_MS.analytics);
}

/** Publishes a hundred at a time, in order, and rests only where there were fewer. Ends with the signal. */
async function poll(db: Database, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const count = await db.transaction(async (tx) => {
      const events = await tx.query<{ id: number; stream: string }>(sql`
        SELECT id, aggregate_id AS stream FROM outbox_events WHERE NOT published ORDER BY id LIMIT ${POLL_BATCH}`);
      for (const { id, stream } of events) {
        await tx.query(sql`SELECT FROM graphile_worker.add_job('bench', json_build_object('stream', ${stream}::text))`);
        await tx.query(sql`UPDATE outbox_events SET published = true, published_at = now() WHERE id = ${id}::bigint`);
      }
      return events.length;
    });
    if (count < POLL_BATCH) await systemScheduler.sleep(POLL_MS, signal);
  }
}

/** The same events by a poller and a job each, until `signal` aborts. */
export async function pollWithJobs(
  shop: BenchShop,
  handle: (db: Database, stream: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { database: db } = shop;
  const runner = await runQueue(shop, {
    task: (payload) => handle(db, (payload as { stream: string }).stream), // queued by `poll` only
  });
  await poll(db, signal);
  await runner.stop();
}
