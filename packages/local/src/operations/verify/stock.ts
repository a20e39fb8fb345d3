/** Stock: the shelf is the sum of its ledger, was never empty below zero, and the ledger is explained by the orders. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";
import { PARTS } from "./part-refunds.ts";

export const stockInvariants = [
  inSql("stock-is-its-movements", "what is available of each item is the sum of its movements", {
    population: sql`SELECT count(*)::int AS checked FROM stock`,
    offenders: sql`
      WITH moved AS (SELECT sku, sum(quantity)::int AS available FROM stock_movements GROUP BY sku)
      SELECT sku || ': ' || coalesce(stock.available, 0) || ' available, movements add up to ' || coalesce(moved.available, 0) AS id
      FROM stock FULL JOIN moved USING (sku) WHERE coalesce(stock.available, 0) <> coalesce(moved.available, 0) ORDER BY 1`,
  }),
  inSql("stock-never-negative", "no item was ever sold below zero", {
    population: sql`SELECT count(*)::int AS checked FROM stock_movements`,
    offenders: sql`
      SELECT sku || ': ' || available || ' after movement ' || id AS id FROM (
        SELECT sku, id, sum(quantity) OVER (PARTITION BY sku ORDER BY id) AS available FROM stock_movements
        UNION ALL SELECT sku, NULL, available FROM stock
      ) shelf WHERE available < 0 ORDER BY 1`,
  }),
  inSql(
    "stock-explained-by-orders",
    "each item has left the shelf in the quantity of its confirmed and shipped orders less what parts put back, for them and no other but what was refunded and written off",
    {
      population: sql`SELECT count(*)::int AS checked FROM orders`,
      offenders: sql`
      WITH ${PARTS}, taken AS (
        SELECT order_id, sku, -sum(quantity)::int AS units FROM stock_movements WHERE order_id IS NOT NULL GROUP BY order_id, sku
      ), sold AS (
        SELECT line.order_id, line.sku, sum(CASE WHEN o.status IN ('confirmed', 'shipped') THEN line.quantity ELSE coalesce(part_line.units, 0) END
                                            - coalesce(part_line.restocked, 0))::int AS units
        FROM order_lines line JOIN orders o ON o.id = line.order_id LEFT JOIN part_line ON part_line.order_id = o.id AND part_line.sku = line.sku
        GROUP BY line.order_id, line.sku
      )
      SELECT order_id || ' ' || sku || ': ' || coalesce(taken.units, 0) || ' taken, ' || coalesce(sold.units, 0) || ' sold' AS id
      FROM taken FULL JOIN sold USING (order_id, sku)
      WHERE coalesce(taken.units, 0) <> coalesce(sold.units, 0)
        AND NOT EXISTS (SELECT FROM orders o WHERE o.id = order_id AND (o.status = 'pending' OR o.fulfilment = 'cancelling' AND o.status = 'confirmed'))
      ORDER BY 1`,
    },
  ),
  inSql("stock-view-agrees", "stock_view shows of each item what is on the shelf, reserved and sold", {
    population: sql`SELECT count(*)::int AS checked FROM stock_view`,
    offenders: sql`
      WITH ${PARTS}, moved AS (
        SELECT sku, order_id, -sum(quantity) AS units FROM stock_movements WHERE order_id IS NOT NULL GROUP BY sku, order_id
      ), taken AS (
        SELECT sku, sum(units - coalesce(written_off, 0)) FILTER (WHERE o.stock_status = 'reserved') AS reserved,
               sum(units - coalesce(written_off, 0)) FILTER (WHERE o.stock_status = 'sold') AS sold
        FROM moved JOIN orders o ON o.id = moved.order_id LEFT JOIN (SELECT order_id, sku, written_off FROM part_line) part USING (order_id, sku) GROUP BY sku
      ), actual AS (
        SELECT sku, available, coalesce(reserved, 0)::int AS reserved, coalesce(sold, 0)::int AS sold FROM stock LEFT JOIN taken USING (sku)
      ), shown AS (SELECT sku, available, reserved, sold FROM stock_view)
      SELECT sku || ': stock_view says ' || coalesce(shown.available, 0) || '/' || coalesce(shown.reserved, 0) || '/' || coalesce(shown.sold, 0)
             || ', should be ' || coalesce(actual.available, 0) || '/' || coalesce(actual.reserved, 0) || '/' || coalesce(actual.sold, 0) AS id
      FROM actual FULL JOIN shown USING (sku)
      WHERE (coalesce(actual.available, 0), coalesce(actual.reserved, 0), coalesce(actual.sold, 0))
        <> (coalesce(shown.available, 0), coalesce(shown.reserved, 0), coalesce(shown.sold, 0))
      ORDER BY 1`,
  }),
  inSql(
    "stock-ledger-agrees",
    "the ledger of each item ends at what stock_view shows, and no entry lacks the one before",
    {
      population: sql`SELECT count(*)::int AS checked FROM stock_ledger`,
      offenders: sql`
      WITH entry AS (
        SELECT ledger.*, event.type, lead(coalesce((event.data ->> 'hadLeft')::boolean, false)) OVER later AS next_had_left, lead(ledger.available) OVER later AS next_available, lead(ledger.reserved) OVER later AS next_reserved,
               lead(event.type) OVER later AS next_type, lead(ledger.quantity) OVER later AS next_quantity
        FROM stock_ledger ledger JOIN events event USING (event_id) WINDOW later AS (PARTITION BY sku ORDER BY id)
      )
      SELECT sku || ': after ' || event_id || ' the ledger says ' || available || '/' || reserved || ', and goes on at '
             || next_available || '/' || next_reserved AS id
      FROM (
        SELECT sku, event_id, available, reserved, next_available, next_reserved,
               CASE WHEN next_type = 'OrderShipped' OR next_type = 'RefundRequested' AND next_quantity < 0 THEN 0 ELSE next_quantity END AS moved_available,
               CASE WHEN next_type IN ('StockReserved', 'StockReleased') THEN -next_quantity WHEN next_type = 'OrderShipped' THEN next_quantity
                    WHEN next_type = 'RefundRequested' AND NOT next_had_left THEN -abs(next_quantity) ELSE 0 END AS moved_reserved
        FROM entry WHERE next_type IS NOT NULL
        UNION ALL
        SELECT sku, event_id, entry.available, entry.reserved, view.available, view.reserved, 0, 0
        FROM entry JOIN stock_view view USING (sku) WHERE next_type IS NULL
      ) step
      WHERE (available + moved_available, reserved + moved_reserved) <> (next_available, next_reserved) ORDER BY 1`,
    },
  ),
  inSql("stock-counts-in-ledger", "what counts changed on the shelf of each item is what its events say", {
    population: sql`SELECT count(*)::int AS checked FROM events WHERE stream_type = 'stock' AND type = 'StockCounted'`,
    offenders: sql`
      WITH told AS (
        SELECT data ->> 'sku' AS sku, sum((data ->> 'difference')::int) AS units FROM events
        WHERE stream_type = 'stock' AND type = 'StockCounted' GROUP BY 1
      ), moved AS (SELECT sku, sum(quantity) AS units FROM stock_movements WHERE kind = 'counted' GROUP BY sku)
      SELECT sku || ': counts changed ' || coalesce(moved.units, 0) || ', its events say ' || coalesce(told.units, 0) AS id
      FROM told FULL JOIN moved USING (sku) WHERE coalesce(told.units, 0) <> coalesce(moved.units, 0) ORDER BY 1`,
  }),
];
