/**
 * What the log in Postgres says about a consumer that Kafka feeds. The log has every event and the inbox every one that
 * took effect, so that order and completeness do not rest on Kafka: an event that comes before the earlier ones of its stream
 * waits for them, and one that Kafka does not deliver is taken from the log.
 */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { EVENT_COLUMNS, toStoredEvent } from "../../store/read.ts";
import type { EventRow, LoggedEvent } from "../../store/read.ts";
import { isWithin } from "../../postgres/wait.ts";

/** How long a published event may take through Kafka before it is taken from the log. */
export const OVERDUE_MS = 5_000;
/** Positions that one look passes over at most. */
const LOOK_AHEAD = 5_000;

export interface Reader {
  readonly consumer: string;
  /** The event types that it reads. */
  readonly types: readonly string[];
}

const lowestCheckpoint = (consumer: string): Sql =>
  sql`(SELECT coalesce(min(position), 0) FROM consumer_checkpoints WHERE consumer = ${consumer})`;

/** An instant as JavaScript knows it may be off by what the clock of Postgres knows beyond the millisecond. */
const INSTANT_TOLERANCE_SECONDS = 0.002;

/**
 * The ids of those events that are in our log as Kafka has them, and not behind the consumer's checkpoint. What is behind it is
 * done, though the inbox may have forgotten it; what is not in the log is another database's, such as the one before a reset.
 */
export async function inOurLog(
  db: SqlExecutor,
  consumer: string,
  events: readonly LoggedEvent[],
): Promise<ReadonlySet<string>> {
  if (events.length === 0) return new Set();
  const ids = events.map(({ eventId }) => eventId);
  const positions = events.map(({ position }) => position);
  const instants = events.map(({ recordedAt }) => recordedAt.toISOString());
  const rows = await db.query<{ eventId: string }>(sql`
    SELECT log.event_id AS "eventId"
    FROM unnest(${ids}::text[], ${positions}::bigint[], ${instants}::timestamptz[]) AS received (event_id, position, recorded_at)
    JOIN event_log log USING (event_id, position)
    WHERE log.position > ${lowestCheckpoint(consumer)}
      AND abs(extract(epoch FROM log.recorded_at - received.recorded_at)) < ${INSTANT_TOLERANCE_SECONDS}::numeric`);
  return new Set(rows.map(({ eventId }) => eventId));
}

/** An event of the log that is not done: neither in the inbox nor in a dead letter. */
const isOpen = ({ consumer, types }: Reader): Sql => sql`
  log.type = ANY(${types}::text[])
  AND NOT EXISTS (SELECT FROM processed_events done WHERE done.consumer = ${consumer} AND done.event_id = log.event_id)
  AND NOT EXISTS (SELECT FROM dead_letters letter WHERE letter.consumer = ${consumer} AND letter.event_id = log.event_id)`;

async function readEvents(db: SqlExecutor, statement: Sql): Promise<LoggedEvent[]> {
  const rows = await db.query<EventRow & { position: number }>(statement);
  return rows.map((row) => ({ ...toStoredEvent(row), position: row.position }));
}

/** The open events of these events' streams that come before the last of them and are not among them, oldest first. */
export function earlierOpen(
  db: SqlExecutor,
  reader: Reader,
  events: readonly LoggedEvent[],
  limit: number,
): Promise<LoggedEvent[]> {
  const last = new Map<string, number>();
  for (const { streamId, position } of events) last.set(streamId, Math.max(last.get(streamId) ?? 0, position));
  return readEvents(
    db,
    sql`
      SELECT log.position, ${EVENT_COLUMNS}
      FROM unnest(${[...last.keys()]}::text[], ${[...last.values()]}::bigint[]) AS received (stream_id, position)
      JOIN event_log log ON log.stream_id = received.stream_id AND log.position < received.position
      JOIN events event ON event.event_id = log.event_id
      WHERE log.position > ${lowestCheckpoint(reader.consumer)} AND ${isOpen(reader)}
        AND log.event_id <> ALL(${events.map(({ eventId }) => eventId)}::text[])
      ORDER BY log.position LIMIT ${limit}`,
  );
}

/**
 * A search for open events that were published a while ago, on either bus. Each call looks at a window of the log and
 * gives what it finds there, oldest first, at most `limit`; where there is nothing, the next call looks behind it, and begins
 * again at the checkpoint when it is through. So an event that is never published keeps the checkpoint back, but not the search.
 * @param lookAhead positions in a window
 */
export function searchOverdue(
  db: SqlExecutor,
  reader: Reader,
  lookAhead = LOOK_AHEAD,
): (limit: number) => Promise<LoggedEvent[]> {
  let passed = 0;
  return async (limit) => {
    const rows = await db.query<OverdueRow>(sql`
      WITH log AS MATERIALIZED (
        SELECT position, event_id, type FROM event_log
        WHERE position > greatest(${passed}::bigint, ${lowestCheckpoint(reader.consumer)}) ORDER BY position LIMIT ${lookAhead}
      ), overdue AS (
        SELECT log.position, log.event_id FROM log
        WHERE ${isOpen(reader)} AND NOT EXISTS (
          SELECT FROM outbox_events outbox WHERE outbox.event_id = log.event_id
            AND (NOT outbox.published OR ${isWithin(sql`outbox.published_at`, OVERDUE_MS)}))
        ORDER BY log.position LIMIT ${limit}
      )
      SELECT looked_at.*, overdue.position, ${EVENT_COLUMNS}
      FROM (SELECT max(position) AS "upTo", count(*) = ${lookAhead} AS "isFull" FROM log) looked_at
      LEFT JOIN overdue ON true LEFT JOIN events event ON event.event_id = overdue.event_id
      ORDER BY overdue.position`);
    const events = rows.flatMap((row) =>
      row.event_id === null ? [] : [{ ...toStoredEvent(row), position: row.position }],
    );
    if (events.length === 0) passed = rows[0]?.isFull === true ? (rows[0].upTo ?? 0) : 0;
    return events;
  };
}

/** Without an event where nothing is overdue. */
type OverdueRow = { upTo: number | null; isFull: boolean } & (
  | (EventRow & { position: number })
  | { event_id: null; position: number | null }
);

/**
 * Moves the consumer's checkpoints up to its first open event: what lag is computed from, and where the Postgres bus
 * would go on. Never back, and never past an event that is not done.
 */
export async function advanceToFirstOpen(db: SqlExecutor, reader: Reader): Promise<void> {
  await db.query(sql`
    WITH log AS MATERIALIZED (
      SELECT position, event_id, type FROM event_log
      WHERE position > ${lowestCheckpoint(reader.consumer)} ORDER BY position LIMIT ${LOOK_AHEAD}
    ), done AS (
      SELECT coalesce((SELECT min(position) - 1 FROM log WHERE ${isOpen(reader)}), (SELECT max(position) FROM log)) AS position
    )
    UPDATE consumer_checkpoints checkpoint
    SET position = greatest(checkpoint.position, coalesce(done.position, 0)), heartbeat_at = now(),
        updated_at = CASE WHEN done.position > checkpoint.position THEN now() ELSE checkpoint.updated_at END
    FROM done WHERE checkpoint.consumer = ${reader.consumer}`);
}

/** A statement with a row where it is paused. */
export const pauseOf = (consumer: string): Sql =>
  sql`SELECT 1 FROM consumer_checkpoints WHERE consumer = ${consumer} AND status <> 'running' LIMIT 1`;
