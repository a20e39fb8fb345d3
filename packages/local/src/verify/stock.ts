/** Stock: what is left is what came in less what was sold, and never less than nothing. */
import { sql } from "@tillstream/runtime";
import { sqlInvariant } from "./invariant.ts";

const stock = sql`SELECT count(*)::int AS count FROM stock`;

export const stockInvariants = [
  sqlInvariant(
    "stock is the sum of its ledger, and never below zero",
    stock,
    sql`SELECT s.sku || ': ' || s.available || ' available, ledger ' || coalesce(sum(m.quantity), 0) AS id
        FROM stock s LEFT JOIN stock_movements m USING (sku) GROUP BY s.sku, s.available
        HAVING s.available <> coalesce(sum(m.quantity), 0) OR s.available < 0`,
  ),
  sqlInvariant(
    "stock is what was received less the units of confirmed orders",
    stock,
    sql`SELECT s.sku || ': ' || s.available || ' available, expected ' || (coalesce(r.units, 0) - coalesce(c.units, 0)) AS id
        FROM stock s
        LEFT JOIN (SELECT sku, sum(quantity) AS units FROM stock_movements WHERE kind = 'received' GROUP BY sku) r USING (sku)
        LEFT JOIN (SELECT l.sku, sum(l.quantity) AS units FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.status = 'confirmed' GROUP BY l.sku) c USING (sku)
        WHERE s.available <> coalesce(r.units, 0) - coalesce(c.units, 0)`,
  ),
];
