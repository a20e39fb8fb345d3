/** A saga that ended left its order where it says. What happens to a confirmed order later is not the checkout's. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

export const sagaInvariants = [
  inSql("sagas-agree-with-orders", "a completed checkout confirmed its order, a compensated one cancelled it", {
    population: sql`SELECT count(*)::int AS checked FROM sagas WHERE name = 'checkout' AND finished_at IS NOT NULL`,
    offenders: sql`
      SELECT saga.saga_id || ': ' || saga.status || ', its order is ' || coalesce(o.status, 'missing') AS id
      FROM sagas saga LEFT JOIN orders o ON o.id = saga.subject
      WHERE saga.name = 'checkout'
        AND ((saga.status = 'completed' AND NOT EXISTS (SELECT FROM events WHERE stream_id = 'order-' || saga.subject AND type = 'OrderConfirmed'))
          OR (saga.status = 'compensated' AND o.status IS DISTINCT FROM 'cancelled'))
      ORDER BY 1`,
  }),
  inSql(
    "cancellations-agree-with-orders",
    "a completed cancellation cancelled its order, and nothing else did so in its name",
    {
      population: sql`SELECT count(*)::int AS checked FROM sagas WHERE name = 'cancellation' AND finished_at IS NOT NULL`,
      offenders: sql`
      WITH completed AS (SELECT subject AS id FROM sagas WHERE name = 'cancellation' AND status = 'completed'),
        cancelled AS (SELECT id FROM orders WHERE cancel_reason IN ('CANCELLED_BY_CUSTOMER', 'CANCELLED_BY_MERCHANT'))
      SELECT id || ': ' || CASE WHEN cancelled IS NULL THEN 'not cancelled' ELSE 'no completed cancellation' END AS id
      FROM completed FULL JOIN cancelled USING (id) WHERE completed IS NULL OR cancelled IS NULL ORDER BY 1`,
    },
  ),
  inSql("one-run-goes-on", "of a run and its forks one at most completed, is halted or under way", {
    population: sql`SELECT count(*)::int AS checked FROM sagas`,
    offenders: sql`
      SELECT name || ' of ' || subject AS id FROM sagas WHERE status NOT IN ('compensated', 'resolved')
      GROUP BY name, subject HAVING count(*) > 1 ORDER BY 1`,
  }),
];
