/** Events, outbox and global order: nothing lost, nothing twice, nothing out of order. */
import { sql } from "@tillstream/runtime";
import { sqlInvariant } from "./invariant.ts";

const events = sql`SELECT count(*)::int AS count FROM events`;

export const historyInvariants = [
  sqlInvariant(
    "every order has its OrderCreated event, and every such event its order",
    sql`SELECT count(*)::int AS count FROM orders`,
    sql`SELECT coalesce('order-' || o.id, e.stream_id) AS id
        FROM orders o FULL JOIN (SELECT stream_id FROM events WHERE type = 'OrderCreated') e ON e.stream_id = 'order-' || o.id
        WHERE o.id IS NULL OR e.stream_id IS NULL`,
  ),
  sqlInvariant(
    "every event has its outbox row, and every outbox row its event",
    events,
    sql`SELECT coalesce(e.event_id, o.event_id) AS id FROM events e FULL JOIN outbox_events o USING (event_id)
        WHERE e.event_id IS NULL OR o.event_id IS NULL`,
  ),
  sqlInvariant(
    "every outbox row is published, and stands in the global order once",
    events,
    sql`SELECT coalesce(o.event_id, l.event_id) AS id FROM outbox_events o FULL JOIN event_log l USING (event_id)
        WHERE o.event_id IS NULL OR l.event_id IS NULL OR NOT o.published`,
  ),
  sqlInvariant(
    "positions run from 1 to the head without a gap",
    sql`SELECT count(*)::int AS count FROM event_log`,
    sql`SELECT 'head ' || head.position || ', ' || count(l.position) || ' entries up to ' || coalesce(max(l.position), 0) AS id
        FROM event_log_head head LEFT JOIN event_log l ON true GROUP BY head.position
        HAVING count(l.position) <> head.position OR coalesce(max(l.position), 0) <> head.position`,
  ),
  sqlInvariant(
    "the versions of every stream run from 1 without a gap, in the global order",
    sql`SELECT count(DISTINCT stream_id)::int AS count FROM events`,
    sql`SELECT DISTINCT stream_id AS id FROM (
          SELECT e.stream_id, e.version, row_number() OVER (PARTITION BY e.stream_id ORDER BY l.position) AS place
          FROM events e JOIN event_log l USING (event_id)) ordered WHERE version <> place`,
  ),
];
