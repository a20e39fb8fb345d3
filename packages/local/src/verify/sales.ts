/** The sales figures count each confirmed order once, on the UTC day of its confirmation. */
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
];
