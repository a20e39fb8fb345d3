/**
 * Outbox rows that the relay could not publish and has set aside: each is tried again by itself, ever more seldom, and
 * later rows of its stream wait behind it.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

export interface SetAsideRow {
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
export function setAsideRows(db: SqlExecutor, limit: number): Promise<SetAsideRow[]> {
  return db.query<SetAsideRow>(sql`
    WITH aside AS (
      SELECT id, event_id, event_type, aggregate_id, attempts, last_error, created_at, next_attempt_at
      FROM outbox_events WHERE NOT published AND next_attempt_at IS NOT NULL ORDER BY id LIMIT ${limit}
    ), behind AS (
      SELECT aside.id, count(*)::int AS waiting
      FROM aside JOIN outbox_events later ON later.aggregate_id = aside.aggregate_id AND later.id > aside.id AND NOT later.published
      GROUP BY aside.id
    )
    SELECT aside.id::text AS id, event_id AS "eventId", event_type AS "eventType", aggregate_id AS "streamId", attempts,
           coalesce(last_error, '') AS error, created_at AS "writtenAt", next_attempt_at AS "nextAttemptAt",
           coalesce(behind.waiting, 0) AS "waitingBehind"
    FROM aside LEFT JOIN behind USING (id) ORDER BY aside.id`);
}
