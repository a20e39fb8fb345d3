/** Shipments: the row says what its events say, and the order says what its shipment says. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

const SHIPMENTS = sql`SELECT count(*)::int AS checked FROM shipments`;

export const shipmentInvariants = [
  inSql("shipments-follow-events", "each shipment's row has the status and version that its events lead to", {
    population: SHIPMENTS,
    offenders: sql`
      WITH last AS (
        SELECT DISTINCT ON (stream_id) substr(stream_id, length('shipment-') + 1) AS order_id, version,
               CASE type WHEN 'ShipmentScheduled' THEN 'scheduled' WHEN 'ShipmentCreated' THEN 'created'
                         WHEN 'ShipmentCancelled' THEN 'cancelled' WHEN 'ReturnReceived' THEN 'returned' END AS status
        FROM events WHERE stream_type = 'shipment' ORDER BY stream_id, version DESC
      )
      SELECT order_id || ': the row says ' || coalesce(row.status || ' ' || row.version, 'nothing')
             || ', its events ' || coalesce(last.status || ' ' || last.version, 'nothing') AS id
      FROM shipments row FULL JOIN last USING (order_id)
      WHERE (row.status, row.version) IS DISTINCT FROM (last.status, last.version) ORDER BY 1`,
  }),
  inSql(
    "shipments-agree-with-orders",
    "an order is shipped exactly when its parcel left, and shows its tracking number",
    {
      population: SHIPMENTS,
      offenders: sql`
      WITH left_us AS (SELECT order_id AS id, tracking_number FROM shipments WHERE status IN ('created', 'returned')),
        shipped AS (
          SELECT o.id, view.tracking ->> 'trackingNumber' AS tracking_number
          FROM orders o LEFT JOIN order_view view ON view.order_id = o.id WHERE o.stock_status IN ('sold', 'returned')
        )
      SELECT id || ': the parcel ' || coalesce(left_us.tracking_number, 'never left') || ', the order '
             || coalesce(shipped.tracking_number, 'has no number') AS id
      FROM left_us FULL JOIN shipped USING (id) WHERE left_us.tracking_number IS DISTINCT FROM shipped.tracking_number ORDER BY 1`,
    },
  ),
];
