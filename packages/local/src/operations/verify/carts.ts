/** Carts: one cart is one order. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

export const cartInvariants = [
  inSql("carts-order-once", "a cart that is ordered names its order and is named by it, and no cart has two", {
    population: sql`SELECT (SELECT count(*)::int FROM carts) + (SELECT count(*)::int FROM orders WHERE cart_id IS NOT NULL) AS checked`,
    offenders: sql`
      SELECT cart.id || ': ordered, but its order ' || cart.order_id || CASE WHEN placed.id IS NULL THEN ' is missing' ELSE ' is of another cart' END AS id
      FROM carts cart LEFT JOIN orders placed ON placed.id = cart.order_id
      WHERE cart.status = 'ordered' AND placed.cart_id IS DISTINCT FROM cart.id
      UNION ALL
      SELECT cart.id || ': ' || cart.status || ', though its order ' || placed.id || ' is pending'
      FROM carts cart JOIN orders placed ON placed.cart_id = cart.id
      WHERE placed.status = 'pending' AND (cart.status = 'open' OR (cart.status = 'ordered' AND cart.order_id <> placed.id))
      UNION ALL
      SELECT cart_id || ': ' || count(*) || ' orders, ' || string_agg(id, ', ' ORDER BY id)
      FROM orders WHERE cart_id IS NOT NULL AND status <> 'cancelled' GROUP BY cart_id HAVING count(*) > 1
      ORDER BY 1`,
  }),
];
