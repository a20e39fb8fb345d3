/** The events of staged orders and of the accounts that paid for them, in the order of their time, with their places in the log. */
import { SHIPPING_FAILED } from "@tillstream/commerce";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

const CARRIER = "Meadow Post";
/** What an account has left when all of its orders are paid, in minor units. */
const LEFT = 10_00;
/** Until then OrderCreated was written without a currency, as v1; then as v2, until prices had parts. */
const V1_SHARE = 0.1;
const V2_SHARE = 0.6;

export async function writeHistory(tx: SqlExecutor): Promise<void> {
  await tx.query(sql`
    CREATE TEMP TABLE past_events (
      stream_type text, subject text, version int, type text, schema_version int, data jsonb, actor text, causation text, correlation text, at timestamptz
    ) ON COMMIT DROP`);
  await stageAccounts(tx);
  await stageOrderEvents(tx);
  await publish(tx);
}

/** Opened an hour before the first order, with what all of them cost. */
async function stageAccounts(tx: SqlExecutor): Promise<void> {
  await tx.query(sql`
    INSERT INTO past_events
    SELECT 'account', customer, event.version, event.type, 1, jsonb_build_object('accountId', customer) || event.data,
           'user:' || customer, 'command:' || md5(customer || event.type)::uuid, md5(customer || event.type)::uuid, opened + event.version * interval '1 second'
    FROM (
      SELECT customer, min(at) - interval '1 hour' AS opened, coalesce(sum(total) FILTER (WHERE outcome <> 'declined'), 0)::int + ${LEFT}::int AS deposit
      FROM past_orders GROUP BY customer
    ) account,
    LATERAL (VALUES (1, 'AccountCreated', '{"currency": "USD"}'::jsonb), (2, 'MoneyDeposited', jsonb_build_object('amount', deposit))) AS event(version, type, data)`);
}

async function stageOrderEvents(tx: SqlExecutor): Promise<void> {
  const saga = (step: string) => sql`'checkout:' || id || ${`:${step}:action`}::text`;
  const money = sql`jsonb_build_object('amount', total, 'chargeId', 'hold-' || id, 'currency', 'USD')`;
  const hold = sql`jsonb_build_object('accountId', customer, 'amount', total, 'holdId', 'hold-' || id)`;
  const parcel = sql`jsonb_build_object('carrier', ${CARRIER}::text, 'shipmentId', 'shp-' || id, 'trackingNumber', tracking)`;
  await tx.query(sql`
    INSERT INTO past_events
    SELECT event.stream, CASE event.stream WHEN 'account' THEN customer ELSE id END, event.version, event.type, event.schema_version,
           jsonb_build_object('orderId', id) || event.data, event.actor, event.causation, correlation, at + event.after * interval '1 second'
    FROM (SELECT *, count(*) OVER () AS orders FROM past_orders) past,
    LATERAL (VALUES
      ('any', 'order', 1, 'OrderCreated', CASE WHEN n < ${V1_SHARE}::float * orders THEN 1 WHEN n < ${V2_SHARE}::float * orders THEN 2 ELSE 3 END,
        jsonb_build_object('total', total, 'lines', lines) || CASE WHEN n < ${V1_SHARE}::float * orders THEN '{}'::jsonb WHEN n < ${V2_SHARE}::float * orders THEN '{"currency": "USD"}' ELSE '{"currency": "USD", "price": null, "creditPart": 0}' END,
        'user:' || customer, 'command:' || correlation, 0),
      ('declined', 'order', 2, 'OrderCancelled', 1, jsonb_build_object('reason', jsonb_build_object('code', 'INSUFFICIENT_FUNDS', 'message', 'Only $0.00 is available.')),
        'saga:checkout', 'checkout:' || id || ':createOrder:compensation', 1),
      ('paid', 'account', 3 + 2 * paid_before, 'HoldPlaced', 1, ${hold}, 'saga:checkout', ${saga("charge")}, 1),
      ('paid', 'order', 2, 'PaymentAuthorized', 1, ${money}, 'saga:checkout', ${saga("charge")}, 1),
      ('paid', 'order', 3, 'StockReserved', 1, jsonb_build_object('lines', (SELECT jsonb_agg(jsonb_build_object('sku', line -> 'sku', 'quantity', line -> 'quantity')) FROM jsonb_array_elements(lines) line)),
        'saga:checkout', ${saga("reserveStock")}, 2),
      ('paid', 'account', 4 + 2 * paid_before, 'HoldCaptured', 1, ${hold}, 'saga:checkout', ${saga("confirm")}, 3),
      ('paid', 'order', 4, 'PaymentCaptured', 1, ${money}, 'saga:checkout', ${saga("confirm")}, 3),
      ('paid', 'order', 5, 'OrderConfirmed', 1, jsonb_build_object('total', total, 'units', units, 'currency', 'USD'), 'saga:checkout', ${saga("confirm")}, 3),
      ('paid', 'shipment', 1, 'ShipmentScheduled', 1, jsonb_build_object('dueAt', to_char((at + interval '2 hours') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'shipmentId', 'shp-' || id),
        'consumer:shipping', 'order-' || id || ':5', 4),
      ('paid', 'order', 6, 'ShippingStarted', 1, '{}', 'system', 'shipment-' || id || ':1', 7200),
      ('shipped', 'shipment', 2, 'ShipmentCreated', 1, ${parcel}, 'consumer:shipping', 'order-' || id || ':6', 7201),
      ('shipped', 'order', 7, 'OrderShipped', 1, ${parcel}, 'consumer:order-shipping', 'shipment-' || id || ':2', 7202),
      ('parked', 'order', 7, 'OrderNeedsAttention', 1,
        jsonb_build_object('code', ${SHIPPING_FAILED}::text, 'message', 'The order could not be handed to the carrier. Its dead letter says why.'),
        'consumer:shipping', 'order-' || id || ':6', 7300)
    ) AS event(of_outcome, stream, version, type, schema_version, data, actor, causation, after)
    WHERE of_outcome IN ('any', outcome) OR of_outcome = 'paid' AND outcome <> 'declined'`);
}

/** All of it has gone through the outbox long ago. */
async function publish(tx: SqlExecutor): Promise<void> {
  await tx.query(sql`
    INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at)
    SELECT stream_type || '-' || subject || ':' || version, stream_type || '-' || subject, stream_type, version, type, schema_version, data,
           jsonb_strip_nulls(jsonb_build_object('actor', actor, 'causationId', causation, 'correlationId', correlation, 'command',
             CASE type WHEN 'OrderCreated' THEN 'checkout.placeOrder' WHEN 'AccountCreated' THEN 'account.open' WHEN 'MoneyDeposited' THEN 'account.deposit' END)), at
    FROM past_events`);
  await tx.query(sql`
    INSERT INTO event_log (position, event_id, stream_id, type, recorded_at)
    SELECT row_number() OVER (ORDER BY at, stream_type, subject, version), stream_type || '-' || subject || ':' || version, stream_type || '-' || subject, type, at
    FROM past_events`);
  await tx.query(sql`UPDATE event_log_head SET position = (SELECT max(position) FROM event_log)`);
  await tx.query(sql`
    INSERT INTO event_versions (type, schema_version, count, first_seen, last_seen)
    SELECT type, schema_version, count(*), min(at), max(at) FROM past_events GROUP BY type, schema_version`);
}
