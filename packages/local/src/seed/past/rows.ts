/** What commands, saga steps and consumers keep of the staged orders beside the history: orders, runs, parcels, stock, dead letters, people. */
import { SHIPPING_FAILED } from "@tillstream/commerce";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

const CARRIER = "Meadow Post";
const STEPS = ["createOrder", "charge", "reserveStock", "confirm"];
const DECLINED = JSON.stringify({ code: "INSUFFICIENT_FUNDS", message: "Only $0.00 is available." });
/** Of those that a mail server did not take at first, how many answers it had. */
const MAIL_ERRORS = 25;
const ATTEMPTS = 5;

export async function writeRows(tx: SqlExecutor): Promise<void> {
  await writePeople(tx);
  await writeOrders(tx);
  await writeRuns(tx);
  await writeStock(tx);
  await writeLetters(tx);
  await tx.query(sql`
    INSERT INTO order_funnel_by_day (day, placed, paid, confirmed, shipped, cancelled)
    SELECT (recorded_at AT TIME ZONE 'UTC')::date, count(*) FILTER (WHERE type = 'OrderCreated'), count(*) FILTER (WHERE type = 'PaymentCaptured'),
           count(*) FILTER (WHERE type = 'OrderConfirmed'), count(*) FILTER (WHERE type = 'OrderShipped'), count(*) FILTER (WHERE type = 'OrderCancelled')
    FROM events WHERE type IN ('OrderCreated', 'PaymentCaptured', 'OrderConfirmed', 'OrderShipped', 'OrderCancelled') GROUP BY 1`);
}

/** They have a login, and no password that anybody knows. */
async function writePeople(tx: SqlExecutor): Promise<void> {
  await tx.query(sql`
    INSERT INTO auth_users (id, name, email, email_verified, created_at, updated_at)
    SELECT customer, min(name), min(email), true, min(at), min(at) FROM past_orders GROUP BY customer`);
  await tx.query(sql`
    INSERT INTO customers (id, user_id, email, name, created_at)
    SELECT customer, customer, min(email), min(name), min(at) FROM past_orders GROUP BY customer`);
}

async function writeOrders(tx: SqlExecutor): Promise<void> {
  await tx.query(sql`
    INSERT INTO orders (id, number, version, status, customer_id, email, shipping_address, payment_method, total, currency, payment_status, charge_id,
                        stock_status, fulfilment, cancel_reason, attention_codes, placed_at, updated_at)
    SELECT id, order_number(id), CASE outcome WHEN 'declined' THEN 2 ELSE 7 END,
           CASE outcome WHEN 'declined' THEN 'cancelled' WHEN 'parked' THEN 'confirmed' ELSE 'shipped' END, customer, email, address, 'account', total, 'USD',
           CASE outcome WHEN 'declined' THEN 'none' ELSE 'captured' END, CASE WHEN outcome <> 'declined' THEN 'hold-' || id END,
           CASE outcome WHEN 'declined' THEN 'none' WHEN 'parked' THEN 'reserved' ELSE 'sold' END, CASE outcome WHEN 'declined' THEN 'none' ELSE 'shipping' END,
           CASE WHEN outcome = 'declined' THEN 'INSUFFICIENT_FUNDS' END, CASE WHEN outcome = 'parked' THEN ARRAY[${SHIPPING_FAILED}::text] ELSE '{}' END,
           at, at + interval '1 second' * CASE outcome WHEN 'declined' THEN 1 WHEN 'parked' THEN 7300 ELSE 7202 END
    FROM past_orders ORDER BY n`);
  await tx.query(sql`
    INSERT INTO order_lines (order_id, ordinal, sku, name, image, quantity, unit_price)
    SELECT id, ordinal, sku, line.name, image, quantity, unit_price FROM past_lines line JOIN past_orders USING (n) ORDER BY n, ordinal`);
  await tx.query(sql`
    INSERT INTO shipments (order_id, shipment_id, version, status, due_at, carrier, tracking_number, updated_at)
    SELECT id, 'shp-' || id, CASE outcome WHEN 'shipped' THEN 2 ELSE 1 END, CASE outcome WHEN 'shipped' THEN 'created' ELSE 'scheduled' END, at + interval '2 hours',
           CASE WHEN outcome = 'shipped' THEN ${CARRIER}::text END, CASE WHEN outcome = 'shipped' THEN tracking END, at + interval '2 hours'
    FROM past_orders WHERE outcome <> 'declined' ORDER BY n`);
}

async function writeRuns(tx: SqlExecutor): Promise<void> {
  const shape = JSON.stringify({
    steps: STEPS.map((name, index) => ({ name, doneBefore: index === 0, compensated: index < STEPS.length - 1 })),
    pointOfNoReturn: STEPS.at(-1),
  });
  await tx.query(sql`
    INSERT INTO sagas (saga_id, name, definition_version, status, subject, correlation_id, input, shape, point_of_no_return, failure, created_at, updated_at, finished_at)
    SELECT 'checkout:' || id, 'checkout', 1, CASE outcome WHEN 'declined' THEN 'compensated' ELSE 'completed' END, id, correlation, jsonb_build_object('orderId', id), ${shape}::jsonb,
           ${STEPS.length - 1}::int, CASE WHEN outcome = 'declined' THEN ${DECLINED}::jsonb || '{"step": "charge"}' END, at, at + interval '3 seconds', at + interval '3 seconds'
    FROM past_orders ORDER BY n`);
  const finished = sql`CASE WHEN step.status <> 'planned' THEN at + step.ordinal * interval '1 second' END`;
  await tx.query(sql`
    INSERT INTO saga_steps (saga_id, step, kind, ordinal, done_before, status, attempt, fence, run_at, started_at, finished_at, error)
    SELECT 'checkout:' || id, step.name, step.kind, step.ordinal, step.kind = 'action' AND step.ordinal = 0, step.status, step.attempts, step.attempts,
           at, ${finished}, ${finished}, CASE WHEN step.status = 'refused' THEN ${DECLINED}::jsonb END
    FROM past_orders, LATERAL (
      SELECT name, 'action' AS kind, (place - 1)::int AS ordinal, status, CASE status WHEN 'planned' THEN 0 ELSE 1 END AS attempts
      FROM unnest(${STEPS}::text[]) WITH ORDINALITY AS action(name, place),
      LATERAL (SELECT CASE WHEN outcome <> 'declined' OR place = 1 THEN 'completed' WHEN place = 2 THEN 'refused' ELSE 'planned' END AS status) went
      UNION ALL
      SELECT ${STEPS[0]}, 'compensation', 0, 'completed', 1 WHERE outcome = 'declined'
    ) step ORDER BY n`);
}

/** As many were received at first as went out since: what the catalogue brings is on the shelf beside it. */
async function writeStock(tx: SqlExecutor): Promise<void> {
  await tx.query(sql`
    INSERT INTO stock_movements (sku, kind, quantity, created_at)
    SELECT sku, 'received', sum(quantity), min(at) - interval '1 day' FROM past_lines JOIN past_orders USING (n) WHERE outcome <> 'declined' GROUP BY sku`);
  await tx.query(sql`
    INSERT INTO stock_movements (sku, kind, quantity, order_id, created_at)
    SELECT sku, 'reserved', -quantity, id, at + interval '2 seconds' FROM past_lines JOIN past_orders USING (n) WHERE outcome <> 'declined' ORDER BY n, ordinal`);
  await tx.query(sql`
    INSERT INTO stock_ledger (sku, event_id, quantity, available, reserved)
    SELECT sku, event_id, -quantity, coalesce(sum(quantity) FILTER (WHERE is_reservation) OVER later, 0),
           sum(CASE WHEN is_reservation THEN quantity ELSE -quantity END) OVER until_now
    FROM (
      SELECT sku, 'order-' || id || ':' || CASE WHEN is_reservation THEN 3 ELSE 7 END AS event_id, sum(quantity) AS quantity, is_reservation,
             at + CASE WHEN is_reservation THEN 2 ELSE 7202 END * interval '1 second' AS at
      FROM past_lines JOIN past_orders USING (n), unnest(ARRAY[true, false]) AS is_reservation
      WHERE outcome = 'shipped' OR outcome = 'parked' AND is_reservation GROUP BY sku, id, at, is_reservation
    ) moved
    WINDOW until_now AS (PARTITION BY sku ORDER BY at, event_id ROWS UNBOUNDED PRECEDING),
           later AS (PARTITION BY sku ORDER BY at, event_id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
    ORDER BY at, event_id`);
  await tx.query(sql`
    INSERT INTO stock_view (sku, available, reserved, sold)
    SELECT sku, 0, coalesce(sum(quantity) FILTER (WHERE outcome = 'parked'), 0), coalesce(sum(quantity) FILTER (WHERE outcome = 'shipped'), 0)
    FROM past_lines JOIN past_orders USING (n) WHERE outcome <> 'declined' GROUP BY sku`);
}

/** Parcels that no carrier took wait for a person; of the mails that failed, some were sent after all, others given up. */
async function writeLetters(tx: SqlExecutor): Promise<void> {
  await tx.query(sql`
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, fingerprint, attempts, status, first_failed_at, last_failed_at, finished_at)
    SELECT letter.consumer, log.event_id, log.type, log.stream_id, log.position, letter.error, substr(md5(letter.error), 1, 12), ${ATTEMPTS}::int, letter.status,
           log.recorded_at, log.recorded_at + interval '90 seconds', CASE WHEN letter.status <> 'parked' THEN log.recorded_at + interval '1 day' END
    FROM past_orders CROSS JOIN LATERAL (
      SELECT 'shipping' AS consumer, ':6' AS event, 'CarrierUnavailableError: the carrier does not answer' AS error, 'parked' AS status WHERE outcome = 'parked'
      UNION ALL
      SELECT 'mail', ':7', 'Error: the mail server answered 4' || n / 10 % ${MAIL_ERRORS}::int, CASE WHEN n % 20 = 5 THEN 'discarded' ELSE 'resolved' END WHERE n % 10 = 5
    ) letter JOIN event_log log ON log.event_id = 'order-' || id || letter.event
    ORDER BY n`);
}
