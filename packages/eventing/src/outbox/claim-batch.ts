/**
 * What every bus does first with the oldest publishable rows of the outbox: claim them by state under the lease, and give
 * each its position in the global order.
 *
 * Claiming by `NOT published` and never by a cursor means that a row whose transaction committed late is seen whenever it
 * appears. Positions are given out under the lock on the lease's row, so they become visible in order and without gaps,
 * and everyone downstream may follow a plain position. Within a stream, version n is committed before version n + 1 is
 * written, so ordering by outbox id keeps stream order. A row that has a position already, from a batch that did not come
 * to its end, keeps it.
 */
import { literal, sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";
import { NO_HORIZON } from "./horizon.ts";
import type { Horizon } from "./horizon.ts";
import { isHeldBy, RELAY_LEASE_MS } from "./lease.ts";
import type { RelayLease } from "./lease.ts";
import { NEXT_ATTEMPT, PUBLISHABLE } from "./quarantine.ts";

/** Of an event; `event_id` comes from the outbox. */
const COLUMNS = sql`stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at`;

/** What a claimed row of `batch` is selected as: an `EventRow` with its position; beside it `head` has to be joined. */
export const CLAIMED = sql`
  batch.event_id, batch.stream_id, batch.stream_type, batch.version, batch.type, batch.schema_version, batch.data, batch.metadata,
  batch.recorded_at, coalesce(batch.position, head.base + batch.ordinal)::bigint AS position`;

/** Whether this statement begins at the first row that is not published, wherever that is. */
export const searchesWhole = ({ wholeAgainAt }: Horizon): Sql =>
  sql`(statement_timestamp() >= to_timestamp(${wholeAgainAt}::float8 / 1000))`;

/** A question of its own, whose answer the planner does not see: for each horizon it would make another plan, on every call. */
const floorOf = (horizon: Horizon): Sql =>
  sql`(SELECT CASE WHEN ${searchesWhole(horizon)} THEN 0 ELSE ${horizon.floor}::bigint END)`;

/**
 * Common table expressions, to be composed into the bus's statement. `lease` has a row while the lease is ours; `batch` the
 * claimed rows with their events, in the order of `id`; where `position` is null it is `head.base + ordinal`.
 * A row whose event does not exist is quarantined, and with it the later rows of its aggregate. `gap` has a row, and `batch` none,
 * where a search above the horizon found a version whose predecessor it cannot see.
 *
 * Events and positions are looked up row by row (`OFFSET 0` keeps the planner from joining): with statistics of yesterday
 * it would read the whole history for each batch.
 */
export function claimExpressions(lease: RelayLease, limit: number, horizon: Horizon = NO_HORIZON): Sql {
  return sql`
    lease AS MATERIALIZED (
      UPDATE relay_leases SET expires_at = clock_timestamp() + ${RELAY_LEASE_MS} * interval '1 ms'
      WHERE ${isHeldBy(lease)}
      RETURNING partition
    ), candidate AS MATERIALIZED (
      SELECT unpublished.id, unpublished.event_id, unpublished.aggregate_id, event.*,
             (SELECT log.position FROM event_log log WHERE log.event_id = unpublished.event_id) AS position
      FROM (
        SELECT id, event_id, aggregate_id FROM outbox_events outbox
        WHERE ${PUBLISHABLE} AND outbox.id > ${floorOf(horizon)} AND EXISTS (SELECT FROM lease)
        ORDER BY id LIMIT ${literal(limit)}
      ) unpublished
      LEFT JOIN LATERAL (
        SELECT ${COLUMNS} FROM events WHERE events.event_id = unpublished.event_id OFFSET 0
      ) event ON true
    ), gap AS MATERIALIZED (
      SELECT FROM candidate late
      WHERE NOT ${searchesWhole(horizon)} AND version > 1
        AND NOT EXISTS (SELECT FROM candidate early WHERE early.stream_id = late.stream_id AND early.version = late.version - 1)
        AND NOT EXISTS (SELECT FROM event_log log WHERE log.event_id = late.stream_id || ':' || late.version - 1)
      LIMIT 1
    ), missing AS MATERIALIZED (
      UPDATE outbox_events SET attempts = attempts + 1, last_error = 'the event does not exist', next_attempt_at = ${NEXT_ATTEMPT}
      WHERE id IN (SELECT id FROM candidate WHERE stream_id IS NULL)
      RETURNING id, aggregate_id
    ), batch AS MATERIALIZED (
      SELECT *, sum((position IS NULL)::int) OVER (ORDER BY id) AS ordinal FROM candidate
      WHERE stream_id IS NOT NULL AND NOT EXISTS (SELECT FROM gap)
        AND NOT EXISTS (SELECT FROM missing WHERE missing.aggregate_id = candidate.aggregate_id AND missing.id < candidate.id)
    ), head AS (
      UPDATE event_log_head SET position = position + (SELECT max(ordinal) FROM batch)
      WHERE id = 0 AND EXISTS (SELECT FROM batch WHERE position IS NULL)
      RETURNING position - (SELECT max(ordinal) FROM batch) AS base
    ), logged AS (
      INSERT INTO event_log (position, event_id, stream_id, type, recorded_at)
      SELECT head.base + batch.ordinal, batch.event_id, batch.stream_id, batch.type, batch.recorded_at
      FROM batch CROSS JOIN head WHERE batch.position IS NULL
      ORDER BY batch.ordinal
    )`;
}
