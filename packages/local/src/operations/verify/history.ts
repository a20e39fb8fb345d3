/** The store, the outbox and the global order: nothing lost, nothing twice, no gap. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

const EVENTS = sql`SELECT count(*)::int AS checked FROM events`;

export const historyInvariants = [
  inSql("events-in-outbox", "every event waits in the outbox or is in the global order, and both hold nothing else", {
    population: EVENTS,
    // A published row leaves the outbox after its retention; the global order keeps it for good.
    offenders: sql`
      SELECT event_id || CASE
               WHEN outbox.event_id IS NOT NULL AND event.event_id IS NULL THEN ': in the outbox, not in the store'
               WHEN event.event_id IS NULL THEN ': in event_log, not in the store'
               ELSE ': neither in the outbox nor in event_log' END AS id
      FROM events event FULL JOIN outbox_events outbox USING (event_id) FULL JOIN event_log log USING (event_id)
      WHERE event.event_id IS NULL OR (outbox.event_id IS NULL AND log.event_id IS NULL) ORDER BY 1`,
  }),
  inSql("outbox-published", "every outbox row is published and is in the global order exactly once", {
    population: sql`SELECT count(*)::int AS checked FROM outbox_events`,
    offenders: sql`
      SELECT outbox.event_id || CASE
               WHEN NOT outbox.published THEN ': not published'
               WHEN count(log.position) = 0 THEN ': published, not in event_log' ELSE ': twice in event_log' END AS id
      FROM outbox_events outbox LEFT JOIN event_log log USING (event_id)
      GROUP BY outbox.event_id, outbox.published
      HAVING NOT outbox.published OR count(log.position) <> 1 ORDER BY 1`,
  }),
  inSql("positions-gapless", "positions run from 1 to the head without a gap", {
    population: sql`SELECT position::int AS checked FROM event_log_head`,
    offenders: sql`
      WITH head AS (SELECT position FROM event_log_head), placed AS (
        SELECT position, lag(position, 1, 0::bigint) OVER (ORDER BY position) AS before FROM event_log
      )
      SELECT 'position ' || (before + 1) || CASE WHEN position - before > 2 THEN ' to ' || (position - 1) ELSE '' END || ': missing' AS id
      FROM placed WHERE position <> before + 1
      UNION ALL
      SELECT 'head ' || head.position || ': the last position is ' || coalesce(last.position, 0)
      FROM head, (SELECT max(position) AS position FROM event_log) last WHERE head.position <> coalesce(last.position, 0)`,
  }),
  inSql("stream-versions-gapless", "the versions of each stream run from 1 without a gap", {
    population: sql`SELECT count(DISTINCT stream_id)::int AS checked FROM events`,
    offenders: sql`
      SELECT stream_id || ': ' || count(*) || ' events, versions ' || min(version) || ' to ' || max(version) AS id
      FROM events GROUP BY stream_id
      HAVING min(version) <> 1 OR max(version) <> count(*) OR count(DISTINCT version) <> count(*) ORDER BY 1`,
  }),
];
