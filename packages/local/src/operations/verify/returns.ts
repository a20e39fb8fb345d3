/** What customers sent back line by line: the row says what its events say, and what was received was paid for, once. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

const RETURNS = sql`SELECT count(*)::int AS checked FROM order_returns`;

/** Units by return, item and whether they are back on the shelf: those that were received, and those that its refunds pay for. */
const UNITS = sql`
  received AS (
    SELECT data ->> 'returnId' AS return_id, line ->> 'sku' AS sku, (line ->> 'restock')::boolean AS restock,
           sum((line ->> 'quantity')::int)::int AS units
    FROM events, jsonb_array_elements(data -> 'lines') line WHERE type = 'ReturnedLinesReceived' GROUP BY 1, 2, 3
  ), paid AS (
    SELECT receipt.data ->> 'returnId' AS return_id, line ->> 'sku' AS sku, (refund.data ->> 'restock')::boolean AS restock,
           sum((line ->> 'quantity')::int)::int AS units
    FROM events receipt
      CROSS JOIN jsonb_array_elements_text(receipt.data -> 'refundIds') AS named(refund_id)
      JOIN events refund ON refund.type = 'RefundRequested' AND refund.data ->> 'refundId' = named.refund_id
        AND refund.data ->> 'orderId' = receipt.data ->> 'orderId'
      CROSS JOIN jsonb_array_elements(refund.data -> 'lines') line
    WHERE receipt.type = 'ReturnedLinesReceived' GROUP BY 1, 2, 3
  )`;

export const returnInvariants = [
  inSql("returns-follow-events", "each return's row has the status and version that its events lead to", {
    population: RETURNS,
    offenders: sql`
      WITH last AS (
        SELECT DISTINCT ON (stream_id) data ->> 'returnId' AS return_id, version,
               CASE type WHEN 'ReturnRequested' THEN 'requested' WHEN 'ReturnWithdrawn' THEN 'withdrawn'
                         WHEN 'AnnouncedUnitsRefunded' THEN CASE WHEN (data ->> 'isAll')::boolean THEN 'refunded' ELSE 'requested' END
                         WHEN 'ReturnedLinesReceived' THEN 'received' END AS status
        FROM events WHERE stream_type = 'return' ORDER BY stream_id, version DESC
      )
      SELECT return_id || ': the row says ' || coalesce(row.status || ' ' || row.version, 'nothing')
             || ', its events ' || coalesce(last.status || ' ' || last.version, 'nothing') AS id
      FROM order_returns row FULL JOIN last USING (return_id)
      WHERE (row.status, row.version) IS DISTINCT FROM (last.status, last.version) ORDER BY 1`,
  }),
  inSql("returns-within-orders", "no more units of a line are announced, on their way or received, than were bought", {
    population: RETURNS,
    offenders: sql`
      WITH back AS (
        SELECT order_id, line ->> 'sku' AS sku, sum((line ->> 'quantity')::int)::int AS units
        FROM order_returns, jsonb_array_elements(CASE status WHEN 'requested' THEN lines ELSE received END) line GROUP BY 1, 2
      )
      SELECT order_id || ' ' || sku || ': ' || units || ' of ' || coalesce(quantity, 0) || ' sent back' AS id
      FROM back LEFT JOIN order_lines USING (order_id, sku) WHERE units > coalesce(quantity, 0) ORDER BY 1`,
  }),
  inSql("returns-refunded", "what was received of a return is what its refunds pay for, and no refund pays for two", {
    population: RETURNS,
    offenders: sql`
      WITH ${UNITS}
      SELECT return_id || ' ' || sku || ': ' || coalesce(received.units, 0) || ' received, ' || coalesce(paid.units, 0) || ' refunded' AS id
      FROM received FULL JOIN paid USING (return_id, sku, restock) WHERE received.units IS DISTINCT FROM paid.units
      UNION ALL
      SELECT refund_id || ' pays for ' || count(*) || ' returns'
      FROM order_returns, unnest(refund_ids) refund_id GROUP BY refund_id HAVING count(*) > 1
      ORDER BY 1`,
  }),
];
