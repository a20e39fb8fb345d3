/**
 * Counts published events by type and schema version, batch by batch along the global order. Counts and position move
 * in one statement, so each event is counted once, even when several count or a process is killed. No other work waits:
 * a trigger on `events` would make every writer wait for the same row.
 */
import { literal, sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

/** Hours are kept for longer than the day that is asked for. */
const HOURS_KEPT = 48;

/** Returns how many events were counted: 0 when there are none, or while another process is at it. */
export async function countNextVersions(db: SqlExecutor, limit: number): Promise<number> {
  const rows = await db.query<{ counted: number }>(sql`
    WITH head AS MATERIALIZED (
      SELECT position FROM event_version_head WHERE id = 0 FOR UPDATE SKIP LOCKED
    ), batch AS MATERIALIZED (
      SELECT log.position, event.type, event.schema_version, event.recorded_at
      FROM (
        SELECT position, event_id FROM event_log WHERE position > (SELECT position FROM head) ORDER BY position LIMIT ${literal(limit)}
      ) log
      -- Row by row, and no join that the planner might turn into a read of the whole history.
      JOIN LATERAL (SELECT type, schema_version, recorded_at FROM events WHERE events.event_id = log.event_id OFFSET 0) event ON true
    ), moved AS (
      UPDATE event_version_head SET position = (SELECT max(position) FROM batch)
      WHERE id = 0 AND EXISTS (SELECT FROM batch)
    ), counted AS (
      INSERT INTO event_versions AS known (type, schema_version, count, first_seen, last_seen)
      SELECT type, schema_version, count(*), min(recorded_at), max(recorded_at) FROM batch GROUP BY 1, 2
      ON CONFLICT (type, schema_version) DO UPDATE SET count = known.count + excluded.count,
        first_seen = least(known.first_seen, excluded.first_seen), last_seen = greatest(known.last_seen, excluded.last_seen)
    ), by_hour AS (
      INSERT INTO event_version_hours AS known (type, schema_version, hour, count)
      SELECT type, schema_version, date_trunc('hour', recorded_at, 'UTC'), count(*) FROM batch
      WHERE recorded_at >= now() - ${HOURS_KEPT} * interval '1 hour' GROUP BY 1, 2, 3
      ON CONFLICT (type, schema_version, hour) DO UPDATE SET count = known.count + excluded.count
    ), pruned AS (
      DELETE FROM event_version_hours WHERE hour < now() - ${HOURS_KEPT + 1} * interval '1 hour'
    )
    SELECT count(*)::int AS counted FROM batch`);
  return rows[0]?.counted ?? 0;
}
