/**
 * Outbox rows that the relay could not publish and has quarantined. Each is retried by itself, less and less often, and
 * later rows of its stream wait behind it.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

export interface QuarantinedRow {
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly streamId: string;
  /** Failed ones. */
  readonly attempts: number;
  readonly error: string;
  readonly writtenAt: Date;
  readonly nextAttemptAt: Date;
  /** Unpublished rows of the same stream that were written after it. */
  readonly waitingBehind: number;
}

/** The oldest come first. */
export function quarantinedRows(db: SqlExecutor, limit: number): Promise<QuarantinedRow[]> {
  return db.query<QuarantinedRow>(sql`
    WITH quarantined AS (
      SELECT id, event_id, event_type, aggregate_id, attempts, last_error, created_at, next_attempt_at
      FROM outbox_events WHERE NOT published AND next_attempt_at IS NOT NULL ORDER BY id LIMIT ${limit}
    ), behind AS (
      SELECT quarantined.id, count(*)::int AS waiting
      FROM quarantined JOIN outbox_events later ON later.aggregate_id = quarantined.aggregate_id AND later.id > quarantined.id AND NOT later.published
      GROUP BY quarantined.id
    )
    SELECT quarantined.id::text AS id, event_id AS "eventId", event_type AS "eventType", aggregate_id AS "streamId", attempts,
           coalesce(last_error, '') AS error, created_at AS "writtenAt", next_attempt_at AS "nextAttemptAt",
           coalesce(behind.waiting, 0) AS "waitingBehind"
    FROM quarantined LEFT JOIN behind USING (id) ORDER BY quarantined.id`);
}
