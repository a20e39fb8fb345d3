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

/** What an `EventRow` has, from a table or alias named `event`. */
export const EVENT_COLUMNS = sql`
  event.event_id, event.stream_id, event.stream_type, event.version, event.type, event.schema_version, event.data, event.metadata, event.recorded_at`;

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

export interface StreamRange {
  readonly afterVersion?: number;
  /** Up to and including this version. */
  readonly toVersion?: number;
  readonly direction?: "forward" | "backward";
  readonly limit?: number;
}

/** The events of a stream within a range, oldest first unless read backward. */
export async function readStream(db: SqlExecutor, streamId: string, range: StreamRange = {}): Promise<StoredEvent[]> {
  const { afterVersion = 0, toVersion, direction = "forward", limit = STREAM_READ_MAX } = range;
  const rows = await db.query<EventRow>(sql`
    SELECT ${EVENT_COLUMNS} FROM events event
    WHERE stream_id = ${streamId} AND version > ${afterVersion}
      AND ${toVersion === undefined ? sql`true` : sql`version <= ${toVersion}`}
    ORDER BY version ${direction === "forward" ? sql`ASC` : sql`DESC`} LIMIT ${limit}`);
  return rows.map(toStoredEvent);
}

/**
 * The version of a stream at an instant: that before the first event which was recorded later, 0 when there was none yet.
 * So its history is without a gap, also where times run backwards, as those of an old stream may. Instants are compared
 * in milliseconds, as they are shown.
 */
export async function versionAt(db: SqlExecutor, streamId: string, at: Date): Promise<number> {
  const rows = await db.query<{ version: number }>(sql`
    SELECT coalesce(
      (SELECT version - 1 FROM events
       WHERE stream_id = ${streamId} AND date_trunc('milliseconds', recorded_at) > ${at} ORDER BY version LIMIT 1),
      (SELECT max(version) FROM events WHERE stream_id = ${streamId}),
      0) AS version`);
  return rows[0]?.version ?? 0;
}

/** An event with its place in the global order. */
export interface LoggedEvent extends StoredEvent {
  readonly position: number;
}

/** With what its partition is worked out from. */
export interface TailEvent extends LoggedEvent {
  /** Postgres' `hashtext` of the stream's id. */
  readonly streamHash: number;
}

export type TailRow = EventRow & Pick<TailEvent, "position" | "streamHash">;

export function toTailEvent(row: TailRow): TailEvent {
  return { ...toStoredEvent(row), position: row.position, streamHash: row.streamHash };
}

/** The events after a position in the global order, at most `limit`. */
export async function readLog(db: SqlExecutor, afterPosition: number, limit: number): Promise<LoggedEvent[]> {
  const rows = await db.query<EventRow & { position: number }>(sql`
    SELECT log.position, ${EVENT_COLUMNS}
    FROM (SELECT position, event_id FROM event_log WHERE position > ${afterPosition} ORDER BY position LIMIT ${limit}) log
    JOIN events event USING (event_id)
    ORDER BY log.position`);
  return rows.map((row) => ({ ...toStoredEvent(row), position: row.position }));
}
