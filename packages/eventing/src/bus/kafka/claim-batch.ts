/**
 * The relay's two statements around a Kafka transaction. `claimBatch` gives the oldest publishable rows their positions
 * in the global order, as the Postgres bus does, but leaves them unpublished; `markPublished` marks them once Kafka has
 * them. A row that was claimed before keeps its position, so that a crash between the two only publishes again.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { PublishedBatch } from "../event-bus.ts";
import { RELAY_LEASE_MS } from "../../relay/lease.ts";
import type { RelayLease } from "../../relay/lease.ts";
import { NEXT_ATTEMPT, PUBLISHABLE } from "../../relay/set-aside.ts";
import { toStoredEvent } from "../../store/read.ts";
import type { EventRow, LoggedEvent } from "../../store/read.ts";

export interface ClaimedBatch {
  /** False when the lease is no longer ours; then nothing was claimed. */
  readonly owned: boolean;
  /** In the order of the outbox. */
  readonly events: readonly LoggedEvent[];
}

type ClaimedRow = { owned: boolean; position: number } & (EventRow | { event_id: null });

/** A row whose event does not exist is set aside, and with it the later rows of its aggregate. */
export async function claimBatch(db: SqlExecutor, lease: RelayLease, limit: number): Promise<ClaimedBatch> {
  const rows = await db.query<ClaimedRow>(sql`
    WITH lease AS MATERIALIZED (
      UPDATE relay_leases SET expires_at = clock_timestamp() + ${RELAY_LEASE_MS} * interval '1 ms'
      WHERE partition = ${lease.partition} AND owner = ${lease.owner} AND epoch = ${lease.epoch}
      RETURNING partition
    ), candidate AS MATERIALIZED (
      SELECT unpublished.id, unpublished.aggregate_id, log.position, event.*
      FROM (
        SELECT id, event_id, aggregate_id FROM outbox_events outbox
        WHERE ${PUBLISHABLE} AND EXISTS (SELECT FROM lease)
        ORDER BY id LIMIT ${limit}
      ) unpublished
      LEFT JOIN events event ON event.event_id = unpublished.event_id
      LEFT JOIN event_log log ON log.event_id = unpublished.event_id
    ), missing AS MATERIALIZED (
      UPDATE outbox_events SET attempts = attempts + 1, last_error = 'there is no such event', next_attempt_at = ${NEXT_ATTEMPT}
      WHERE id IN (SELECT id FROM candidate WHERE event_id IS NULL)
      RETURNING id, aggregate_id
    ), batch AS MATERIALIZED (
      SELECT *, sum((position IS NULL)::int) OVER (ORDER BY id) AS ordinal FROM candidate
      WHERE event_id IS NOT NULL
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
    )
    SELECT owner.owned, batch.event_id, batch.stream_id, batch.stream_type, batch.version, batch.type, batch.schema_version,
           batch.data, batch.metadata, batch.recorded_at, coalesce(batch.position, head.base + batch.ordinal)::bigint AS position
    FROM (SELECT EXISTS (SELECT FROM lease) AS owned) owner
    LEFT JOIN batch ON true LEFT JOIN head ON true
    ORDER BY batch.id`);
  return {
    owned: rows[0]?.owned ?? false,
    events: rows.flatMap((row) =>
      row.event_id === null ? [] : [{ ...toStoredEvent(row as EventRow), position: row.position }],
    ),
  };
}

/** Marks what Kafka has as published, as long as the lease is ours. */
export async function markPublished(
  db: SqlExecutor,
  lease: RelayLease,
  events: readonly LoggedEvent[],
): Promise<PublishedBatch> {
  const rows = await db.query<{ delayMs: number; type: string }>(sql`
    UPDATE outbox_events outbox SET published = true, published_at = clock_timestamp(), next_attempt_at = NULL
    FROM event_log log
    WHERE outbox.event_id = ANY(${events.map(({ eventId }) => eventId)}::text[]) AND log.event_id = outbox.event_id
      AND EXISTS (SELECT FROM relay_leases WHERE partition = ${lease.partition} AND owner = ${lease.owner} AND epoch = ${lease.epoch})
    RETURNING (extract(epoch FROM clock_timestamp() - log.recorded_at) * 1000)::float8 AS "delayMs", log.type`);
  return {
    owned: rows.length > 0,
    count: rows.length,
    delaysMs: rows.map(({ delayMs }) => delayMs),
    types: [...new Set(rows.map(({ type }) => type))],
  };
}
