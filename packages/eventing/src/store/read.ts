/** Reading the store: one stream in version order, and the global log in position order. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { EventMetadata, StoredEvent } from "../event/definition.ts";

export interface EventRow {
  event_id: string;
  stream_id: string;
  stream_type: string;
  version: number;
  type: string;
  schema_version: number;
  data: unknown;
  metadata: EventMetadata;
  recorded_at: Date;
}

export function toStoredEvent(row: EventRow): StoredEvent {
  return {
    eventId: row.event_id,
    streamId: row.stream_id,
    streamType: row.stream_type,
    version: row.version,
    type: row.type,
    schemaVersion: row.schema_version,
    data: row.data,
    metadata: row.metadata,
    recordedAt: row.recorded_at,
  };
}

export const STREAM_READ_MAX = 10_000;

/** The events of a stream after `afterVersion`, oldest first, at most `limit`. */
export async function readStream(
  db: SqlExecutor,
  streamId: string,
  { afterVersion = 0, limit = STREAM_READ_MAX }: { afterVersion?: number; limit?: number } = {},
): Promise<StoredEvent[]> {
  const rows = await db.query<EventRow>(sql`
    SELECT * FROM events WHERE stream_id = ${streamId} AND version > ${afterVersion}
    ORDER BY version LIMIT ${limit}`);
  return rows.map(toStoredEvent);
}

/** An event with its place in the global order. */
export interface LoggedEvent extends StoredEvent {
  readonly position: number;
}

/** The events after a position in the global order, at most `limit`. */
export async function readLog(db: SqlExecutor, afterPosition: number, limit: number): Promise<LoggedEvent[]> {
  const rows = await db.query<EventRow & { position: number }>(sql`
    SELECT log.position, event.*
    FROM (SELECT position, event_id FROM event_log WHERE position > ${afterPosition} ORDER BY position LIMIT ${limit}) log
    JOIN events event USING (event_id)
    ORDER BY log.position`);
  return rows.map((row) => ({ ...toStoredEvent(row), position: row.position }));
}
