/** A checkout that ended left its order where it says: confirmed when completed, cancelled when compensated. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

export const sagaInvariants = [
  inSql("sagas-agree-with-orders", "a completed checkout confirmed its order, a compensated one cancelled it", {
    population: sql`SELECT count(*)::int AS checked FROM sagas WHERE name = 'checkout' AND finished_at IS NOT NULL`,
    offenders: sql`
      SELECT saga.saga_id || ': ' || saga.status || ', its order is ' || coalesce(o.status, 'missing') AS id
      FROM sagas saga LEFT JOIN orders o ON o.id = saga.subject
      WHERE saga.name = 'checkout'
        AND ((saga.status = 'completed' AND o.status IS DISTINCT FROM 'confirmed')
          OR (saga.status = 'compensated' AND o.status IS DISTINCT FROM 'cancelled'))
      ORDER BY 1`,
  }),
];
