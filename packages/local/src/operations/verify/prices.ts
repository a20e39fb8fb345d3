/** Prices: what a total is made of, and how often a discount code was used. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

/** Of an order that has more to pay for than its goods. */
const SUM = sql`
  (price ->> 'goods')::int - coalesce((price #>> '{discount,amount}')::int, 0) + (price #>> '{delivery,amount}')::int
  + CASE WHEN (price #>> '{tax,included}')::boolean THEN 0 ELSE coalesce((price #>> '{tax,amount}')::int, 0) END`;

export const priceInvariants = [
  inSql("order-totals", "each order's total is the sum of what it is made of, and its goods that of its lines", {
    population: sql`SELECT count(*)::int AS checked FROM orders`,
    offenders: sql`
      SELECT orders.id || ': total ' || total || ', made of ' || coalesce(price::text, 'goods alone') || ', lines ' || lines.goods AS id
      FROM orders JOIN LATERAL (SELECT sum(quantity * unit_price)::int AS goods FROM order_lines WHERE order_id = orders.id) lines ON true
      WHERE (total, lines.goods) IS DISTINCT FROM (coalesce(${SUM}, lines.goods), coalesce((price ->> 'goods')::int, total))
      ORDER BY 1`,
  }),
  inSql(
    "discount-uses",
    "a discount code counts its uses, each by an order that was not cancelled; one that came back has used it",
    {
      population: sql`SELECT (SELECT count(*)::int FROM discount_codes) + (SELECT count(*)::int FROM discount_uses) AS checked`,
      offenders: sql`
      SELECT code || ': counts ' || uses || ', used by ' || (SELECT count(*) FROM discount_uses used WHERE used.code = discount_codes.code) AS id
      FROM discount_codes WHERE uses <> (SELECT count(*) FROM discount_uses used WHERE used.code = discount_codes.code)
      UNION ALL
      SELECT coalesce(used.order_id, orders.id) || ': ' || CASE WHEN used.order_id IS NULL THEN 'its use of a code is missing' ELSE 'uses ' || used.code || ', but is ' || coalesce(orders.status, 'missing') END
      FROM discount_uses used FULL JOIN (SELECT * FROM orders WHERE discount_code IS NOT NULL AND (status <> 'cancelled' OR cancel_reason = 'RETURNED')) orders
        ON orders.id = used.order_id AND orders.discount_code = used.code
      WHERE used.order_id IS NULL OR orders.id IS NULL
      ORDER BY 1`,
    },
  ),
];
