/**
 * The relay's two statements around a Kafka transaction. `claimBatch` claims and numbers, but leaves the rows unpublished;
 * `markPublished` marks them once Kafka has them. A crash between the two only publishes again.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { PublishedBatch } from "../../outbox/publish-batch.ts";
import { CLAIMED, claimExpressions } from "../../outbox/claim-batch.ts";
import { isHeldBy } from "../../outbox/lease.ts";
import type { RelayLease } from "../../outbox/lease.ts";
import { toStoredEvent } from "../../store/read.ts";
import type { EventRow, LoggedEvent } from "../../store/read.ts";

export interface ClaimedBatch {
  /** False when we have lost the lease; then nothing was claimed. */
  readonly owned: boolean;
  /** In the order of the outbox. */
  readonly events: readonly LoggedEvent[];
}

type ClaimedRow = { owned: boolean; position: number } & (EventRow | { event_id: null });

export async function claimBatch(db: SqlExecutor, lease: RelayLease, limit: number): Promise<ClaimedBatch> {
  const rows = await db.query<ClaimedRow>(sql`
    WITH ${claimExpressions(lease, limit)}
    SELECT owner.owned, ${CLAIMED}
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
): Promise<PublishedBatch & { readonly publishedAt: Date | undefined }> {
  const rows = await db.query<{ delayMs: number; type: string; publishedAt: Date }>(sql`
    UPDATE outbox_events outbox SET published = true, published_at = clock_timestamp(), next_attempt_at = NULL
    WHERE outbox.event_id = ANY(${events.map(({ eventId }) => eventId)}::text[])
      AND EXISTS (SELECT FROM relay_leases WHERE ${isHeldBy(lease)})
    RETURNING (extract(epoch FROM clock_timestamp() - outbox.created_at) * 1000)::float8 AS "delayMs", outbox.event_type AS type,
      outbox.published_at AS "publishedAt"`);
  return {
    owned: rows.length > 0,
    count: rows.length,
    delaysMs: rows.map(({ delayMs }) => delayMs),
    types: [...new Set(rows.map(({ type }) => type))],
    publishedAt: rows[0]?.publishedAt,
  };
}
