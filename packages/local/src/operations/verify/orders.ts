/** Orders: the row, its events and its read model tell the same story, and every story has an end. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";
import { orderRowsInvariant } from "./order-rows.ts";

const ORDERS = sql`SELECT count(*)::int AS checked FROM orders`;

export const orderInvariants = [
  inSql("orders-have-events", "the orders, the OrderCreated events and what was queued of them are the same set", {
    population: ORDERS,
    offenders: sql`
      WITH placed AS (SELECT 'order-' || id AS stream_id FROM orders),
        created AS (SELECT stream_id FROM events WHERE type = 'OrderCreated'),
        queued AS (
          SELECT aggregate_id AS stream_id FROM outbox_events WHERE event_type = 'OrderCreated'
          UNION SELECT stream_id FROM event_log WHERE type = 'OrderCreated'
        )
      SELECT stream_id || ': missing in ' || concat_ws(' and ',
               CASE WHEN placed IS NULL THEN 'orders' END, CASE WHEN created IS NULL THEN 'events' END,
               CASE WHEN queued IS NULL THEN 'outbox_events and event_log' END) AS id
      FROM placed FULL JOIN created USING (stream_id) FULL JOIN queued USING (stream_id)
      WHERE placed IS NULL OR created IS NULL OR queued IS NULL ORDER BY 1`,
  }),
  orderRowsInvariant,
  inSql("order-numbers", "each order has the number that is worked out from its id", {
    population: ORDERS,
    offenders: sql`SELECT id || ': ' || number AS id FROM orders WHERE number <> order_number(id) ORDER BY 1`,
  }),
  inSql("orders-ended", "every order is confirmed, shipped or cancelled, or waits for a person to decide", {
    population: ORDERS,
    offenders: sql`SELECT id || ': ' || status AS id FROM orders WHERE (status NOT IN ('confirmed', 'shipped', 'cancelled') OR fulfilment = 'cancelling' AND status = 'confirmed') AND attention_codes = '{}' ORDER BY 1`,
  }),
  inSql("order-view-agrees", "the read model order_view shows each order as it is", {
    population: ORDERS,
    offenders: sql`
      SELECT coalesce(o.id, view.order_id) || CASE
               WHEN view.order_id IS NULL THEN ': not in order_view' WHEN o.id IS NULL THEN ': only in order_view'
               ELSE ': order_view says ' || view.status || ', version ' || view.version || ', total ' || view.total
                 || '; the order ' || o.status || ', version ' || o.version || ', total ' || o.total END AS id
      FROM orders o FULL JOIN order_view view ON view.order_id = o.id
      WHERE (o.id, CASE WHEN o.attention_codes = '{}' THEN o.status ELSE 'attention' END, o.attention_codes, o.version, o.total, o.currency, o.price, o.credit_part, o.cancel_reason,
             jsonb_path_query_array(o.refunds, '$[*].amount'), jsonb_path_query_array(o.refunds, '$[*].creditPart'))
        IS DISTINCT FROM (view.order_id, view.status, view.attention, view.version, view.total, view.currency, view.price, view.credit_part, view.cancel_reason,
             jsonb_path_query_array(view.refunds, '$[*].amount'), jsonb_path_query_array(view.refunds, '$[*].creditPart'))
      ORDER BY 1`,
  }),
];
