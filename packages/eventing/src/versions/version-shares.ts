/**
 * Each version's share of its type's events: all time and of the last 24 hours. Equal to a count over `events` at the
 * moment of asking: what the follower has counted, and what it has not reached yet, published or not, in one snapshot.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

/** How many stored events have one version of one type. */
export interface VersionShare {
  readonly type: string;
  readonly schemaVersion: number;
  readonly count: number;
  /** Of all events of the type, 0 to 1. */
  readonly share: number;
  readonly countLastDay: number;
  /** Of the type's events of the last 24 hours; 0 when there are none. */
  readonly shareLastDay: number;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
}

/** By type and version. The hour in which the last 24 hours begin is counted event by event, the others are by bucket. */
export async function versionShares(db: SqlExecutor): Promise<VersionShare[]> {
  return db.query<VersionShare>(sql`
    WITH head AS MATERIALIZED (
      SELECT position, now() - interval '24 hours' AS since,
             date_trunc('hour', now() - interval '24 hours', 'UTC') + interval '1 hour' AS whole_from
      FROM event_version_head WHERE id = 0
    ), beyond AS (
      SELECT event.type, event.schema_version, event.recorded_at
      FROM head JOIN event_log log ON log.position > head.position JOIN events event USING (event_id)
      UNION ALL
      SELECT event.type, event.schema_version, event.recorded_at
      FROM outbox_events outbox JOIN events event USING (event_id)
      WHERE NOT outbox.published AND NOT EXISTS (SELECT FROM event_log log WHERE log.event_id = outbox.event_id)
    ), parts AS (
      SELECT type, schema_version, count, 0::bigint AS last_day, first_seen, last_seen FROM event_versions
      UNION ALL
      SELECT type, schema_version, count(*), count(*) FILTER (WHERE recorded_at >= (SELECT since FROM head)), min(recorded_at), max(recorded_at)
      FROM beyond GROUP BY 1, 2
      UNION ALL
      SELECT hours.type, hours.schema_version, 0, sum(hours.count), NULL, NULL
      FROM head JOIN event_version_hours hours ON hours.hour >= head.whole_from GROUP BY 1, 2
      UNION ALL
      SELECT event.type, event.schema_version, 0, count(*), NULL, NULL
      FROM head JOIN event_log log ON log.recorded_at >= head.since AND log.recorded_at < head.whole_from AND log.position <= head.position
      JOIN events event USING (event_id) GROUP BY 1, 2
    ), versions AS (
      SELECT type, schema_version, sum(count) AS count, sum(last_day) AS last_day,
             min(first_seen) AS first_seen, max(last_seen) AS last_seen
      FROM parts GROUP BY 1, 2
    )
    SELECT type, schema_version AS "schemaVersion", count::bigint, last_day::bigint AS "countLastDay",
           (count / sum(count) OVER (PARTITION BY type))::float8 AS "share",
           coalesce(last_day / nullif(sum(last_day) OVER (PARTITION BY type), 0), 0)::float8 AS "shareLastDay",
           first_seen AS "firstSeen", last_seen AS "lastSeen"
    FROM versions ORDER BY type, schema_version`);
}
