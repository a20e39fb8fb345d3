/** The figures count each order once for what it reached, on the UTC day on which it did. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

export const salesInvariants = [
  inSql("sales-by-day", "the sales of each day are those of its confirmed orders", {
    population: sql`SELECT count(*)::int AS checked FROM events WHERE type = 'OrderConfirmed'`,
    offenders: sql`
      WITH confirmed AS (
        SELECT (recorded_at AT TIME ZONE 'UTC')::date AS day, data ->> 'currency' AS currency, count(*)::int AS orders,
               sum((data ->> 'units')::int)::int AS units, sum((data ->> 'total')::bigint)::bigint AS revenue
        FROM events WHERE type = 'OrderConfirmed' GROUP BY 1, 2
      )
      SELECT day || ' ' || currency || ': ' || coalesce(sales.orders, 0) || ' orders for ' || coalesce(sales.revenue, 0)
             || ', should be ' || coalesce(confirmed.orders, 0) || ' for ' || coalesce(confirmed.revenue, 0) AS id
      FROM sales_by_day sales FULL JOIN confirmed USING (day, currency)
      WHERE (sales.orders, sales.units, sales.revenue) IS DISTINCT FROM (confirmed.orders, confirmed.units, confirmed.revenue)
      ORDER BY 1`,
  }),
  inSql("order-funnel-by-day", "the funnel of each day counts each of its events once", {
    population: sql`SELECT count(*)::int AS checked FROM order_funnel_by_day`,
    offenders: sql`
      WITH counted AS (
        SELECT (recorded_at AT TIME ZONE 'UTC')::date AS day,
               count(*) FILTER (WHERE type = 'OrderCreated')::int AS placed, count(*) FILTER (WHERE type = 'PaymentCaptured')::int AS paid,
               count(*) FILTER (WHERE type = 'OrderConfirmed')::int AS confirmed, count(*) FILTER (WHERE type = 'OrderShipped')::int AS shipped,
               count(*) FILTER (WHERE type = 'OrderCancelled')::int AS cancelled
        FROM events WHERE type IN ('OrderCreated', 'PaymentCaptured', 'OrderConfirmed', 'OrderShipped', 'OrderCancelled') GROUP BY 1
      )
      SELECT day || ': the funnel says ' || to_json(funnel) || ', should be ' || to_json(counted) AS id
      FROM order_funnel_by_day funnel FULL JOIN counted USING (day)
      WHERE (funnel.placed, funnel.paid, funnel.confirmed, funnel.shipped, funnel.cancelled)
        IS DISTINCT FROM (counted.placed, counted.paid, counted.confirmed, counted.shipped, counted.cancelled)
      ORDER BY 1`,
  }),
];
