/**
 * One batch of the relay on the Postgres bus, one statement: claim by state, number, publish, mark.
 *
 * Claiming by `NOT published` and never by a cursor means that a row whose transaction committed late is
 * seen whenever it appears. Positions are given out under the lock on the lease's row, so they become
 * visible in order and without gaps, and everyone downstream may follow a plain position. Within a stream,
 * version n is committed before version n + 1 is written, so ordering by outbox id keeps stream order. A row that another
 * bus has given a position already keeps it.
 *
 * Events and positions are looked up row by row (`OFFSET 0` keeps the planner from joining): with statistics of yesterday
 * it would read the whole history for each batch.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { PublishedBatch } from "../bus/event-bus.ts";
import { RELAY_LEASE_MS } from "./lease.ts";
import type { RelayLease } from "./lease.ts";
import { NEXT_ATTEMPT, PUBLISHABLE } from "./set-aside.ts";

interface BatchRow {
  readonly owned: boolean;
  readonly count: number;
  readonly delaysMs: number[] | null;
  readonly types: string[] | null;
}

/** A row whose event does not exist is set aside, and with it the later rows of its aggregate. */
export async function publishBatch(db: SqlExecutor, lease: RelayLease, batchSize: number): Promise<PublishedBatch> {
  const rows = await db.query<BatchRow>(
    sql`
    WITH lease AS MATERIALIZED (
      UPDATE relay_leases SET expires_at = clock_timestamp() + ${RELAY_LEASE_MS} * interval '1 ms'
      WHERE partition = ${lease.partition} AND owner = ${lease.owner} AND epoch = ${lease.epoch}
      RETURNING partition
    ), candidate AS MATERIALIZED (
      SELECT unpublished.id, unpublished.event_id, unpublished.aggregate_id, event.stream_id, event.type, event.recorded_at,
             (SELECT log.position FROM event_log log WHERE log.event_id = unpublished.event_id) AS position
      FROM (
        SELECT id, event_id, aggregate_id FROM outbox_events outbox
        WHERE ${PUBLISHABLE} AND EXISTS (SELECT FROM lease)
        ORDER BY id LIMIT ${batchSize}
      ) unpublished
      LEFT JOIN LATERAL (
        SELECT stream_id, type, recorded_at FROM events WHERE events.event_id = unpublished.event_id OFFSET 0
      ) event ON true
    ), missing AS MATERIALIZED (
      UPDATE outbox_events SET attempts = attempts + 1, last_error = 'there is no such event', next_attempt_at = ${NEXT_ATTEMPT}
      WHERE id IN (SELECT id FROM candidate WHERE stream_id IS NULL)
      RETURNING id, aggregate_id
    ), batch AS MATERIALIZED (
      SELECT *, sum((position IS NULL)::int) OVER (ORDER BY id) AS ordinal FROM candidate
      WHERE stream_id IS NOT NULL
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
    ), marked AS (
      UPDATE outbox_events outbox SET published = true, published_at = clock_timestamp(), next_attempt_at = NULL
      WHERE outbox.id = ANY(ARRAY(SELECT id FROM batch))
      RETURNING outbox.id
    )
    SELECT EXISTS (SELECT FROM lease) AS owned,
           (SELECT count(*) FROM marked)::int AS count,
           (SELECT array_agg((extract(epoch FROM clock_timestamp() - recorded_at) * 1000)::float8) FROM batch) AS "delaysMs",
           (SELECT array_agg(DISTINCT type) FROM batch) AS types`,
    { prepared: true },
  );
  const row = rows[0];
  if (row === undefined) throw new Error("the relay's statement returned no row");
  return { owned: row.owned, count: row.count, delaysMs: row.delaysMs ?? [], types: row.types ?? [] };
}
