/** The figures count each order once for what it reached, on the UTC day on which it did. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

export const salesInvariants = [
  inSql(
    "sales-by-day",
    "the sales of each day are those of its confirmed orders, and its refunds those of such orders",
    {
      population: sql`SELECT count(*)::int AS checked FROM events WHERE type IN ('OrderConfirmed', 'PaymentRefunded', 'RefundCompleted')`,
      offenders: sql`
      WITH confirmed AS (
        SELECT * FROM events WHERE type = 'OrderConfirmed'
      ), counted AS (
        SELECT recorded_at, data ->> 'currency' AS currency, 1 AS orders, (data ->> 'units')::int AS units,
               (data ->> 'total')::bigint AS revenue, 0 AS refunds, 0 AS refunded
        FROM confirmed
        UNION ALL
        SELECT recorded_at, data ->> 'currency', 0, 0, 0, CASE WHEN (data ->> 'amount')::int > 0 THEN 1 ELSE 0 END, (data ->> 'amount')::bigint
        FROM events WHERE type IN ('PaymentRefunded', 'RefundCompleted') AND stream_id IN (SELECT stream_id FROM confirmed)
      ), expected AS (
        SELECT (recorded_at AT TIME ZONE 'UTC')::date AS day, currency, sum(orders)::int AS orders, sum(units)::int AS units,
               sum(revenue)::bigint AS revenue, sum(refunds)::int AS refunds, sum(refunded)::bigint AS refunded
        FROM counted GROUP BY 1, 2
      )
      SELECT day || ' ' || currency || ': ' || coalesce(sales.orders, 0) || ' orders for ' || coalesce(sales.revenue, 0)
             || ', ' || coalesce(sales.refunds, 0) || ' refunds of ' || coalesce(sales.refunded, 0)
             || '; should be ' || coalesce(expected.orders, 0) || ' for ' || coalesce(expected.revenue, 0)
             || ', ' || coalesce(expected.refunds, 0) || ' of ' || coalesce(expected.refunded, 0) AS id
      FROM sales_by_day sales FULL JOIN expected USING (day, currency)
      WHERE (sales.orders, sales.units, sales.revenue, sales.refunds, sales.refunded)
        IS DISTINCT FROM (expected.orders, expected.units, expected.revenue, expected.refunds, expected.refunded)
      ORDER BY 1`,
    },
  ),
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
      SELECT day || ': the funnel says ' || coalesce(to_json(funnel)::text, 'nothing')
               || ', should be ' || coalesce(to_json(counted)::text, 'nothing') AS id
      FROM order_funnel_by_day funnel FULL JOIN counted USING (day)
      WHERE (funnel.placed, funnel.paid, funnel.confirmed, funnel.shipped, funnel.cancelled)
        IS DISTINCT FROM (counted.placed, counted.paid, counted.confirmed, counted.shipped, counted.cancelled)
      ORDER BY 1`,
  }),
];
