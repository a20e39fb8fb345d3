/**
 * One batch of the relay on the Postgres bus, one statement: claim by state, number, publish, mark.
 *
 * Claiming by `NOT published` and never by a cursor means that a row whose transaction committed late is
 * seen whenever it appears. Positions are given out under the lock on the lease's row, so they become
 * visible in order and without gaps, and everyone downstream may follow a plain position. Within a stream,
 * version n is committed before version n + 1 is written, so ordering by outbox id keeps stream order.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { RELAY_LEASE_MS } from "./lease.ts";
import type { RelayLease } from "./lease.ts";

export interface PublishedBatch {
  /** False when the lease is no longer ours; then nothing was published. */
  readonly owned: boolean;
  readonly count: number;
  /** Milliseconds from the commit of each event to its publication. */
  readonly delaysMs: readonly number[];
}

export async function publishBatch(db: SqlExecutor, lease: RelayLease, batchSize: number): Promise<PublishedBatch> {
  const rows = await db.query<{ owned: boolean; count: number; delays_ms: number[] | null }>(sql`
    WITH lease AS MATERIALIZED (
      UPDATE relay_leases SET expires_at = clock_timestamp() + ${RELAY_LEASE_MS} * interval '1 ms'
      WHERE partition = ${lease.partition} AND owner = ${lease.owner} AND epoch = ${lease.epoch}
      RETURNING partition
    ), batch AS MATERIALIZED (
      SELECT id, event_id, row_number() OVER (ORDER BY id) AS ordinal
      FROM (
        SELECT id, event_id FROM outbox_events
        WHERE NOT published AND EXISTS (SELECT FROM lease)
        ORDER BY id LIMIT ${batchSize}
      ) unpublished
    ), head AS (
      UPDATE event_log_head SET position = position + (SELECT count(*) FROM batch)
      WHERE id = 0 AND EXISTS (SELECT FROM batch)
      RETURNING position - (SELECT count(*) FROM batch) AS base
    ), logged AS (
      INSERT INTO event_log (position, event_id, stream_id, type, recorded_at)
      SELECT head.base + batch.ordinal, event.event_id, event.stream_id, event.type, event.recorded_at
      FROM batch CROSS JOIN head JOIN events event ON event.event_id = batch.event_id
      ORDER BY batch.ordinal
      RETURNING recorded_at
    ), marked AS (
      UPDATE outbox_events outbox SET published = true, published_at = clock_timestamp()
      FROM batch WHERE outbox.id = batch.id
      RETURNING outbox.id
    )
    SELECT EXISTS (SELECT FROM lease) AS owned,
           (SELECT count(*) FROM marked)::int AS count,
           (SELECT array_agg((extract(epoch FROM clock_timestamp() - recorded_at) * 1000)::float8) FROM logged) AS delays_ms`);
  const row = rows[0];
  if (row === undefined) throw new Error("the relay's statement returned no row");
  return { owned: row.owned, count: row.count, delaysMs: row.delays_ms ?? [] };
}
