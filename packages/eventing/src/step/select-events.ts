/** Which events a projection is stepped over, and the history that comes before them in their streams. */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { OPEN } from "../dead-letters/block.ts";
import { withResolutions } from "../dead-letters/resolutions.ts";
import type { EventCatalogue } from "../event/catalogue.ts";
import { refuse } from "../event/refusal.ts";
import { EVENT_COLUMNS, toStoredEvent } from "../store/read.ts";
import type { EventRow, LoggedEvent } from "../store/read.ts";
import type { Projection } from "../subscription/projection.ts";

/** What is held in memory at a time. */
const HISTORY_EVENTS_MAX = 20_000;

/** A stream or part of it, all that one intention led to, or a stretch of the global order, both ends included. */
export type StepScope =
  | { readonly streamId: string; readonly afterVersion?: number; readonly toVersion?: number | undefined }
  | { readonly correlationId: string }
  | { readonly fromPosition: number; readonly toPosition: number };

interface Selected {
  readonly position: number;
  readonly streamId: string;
}

/** Those of the scope that are published, of these types, in the global order. */
export async function selectEvents(
  tx: SqlExecutor,
  scope: StepScope,
  types: readonly string[],
  limit: number,
): Promise<readonly Selected[]> {
  return tx.query<Selected>(sql`
    SELECT log.position, log.stream_id AS "streamId" FROM event_log log JOIN events event USING (event_id)
    WHERE ${isIn(scope)} AND log.type = ANY(${types}::text[]) ORDER BY log.position LIMIT ${limit}`);
}

function isIn(scope: StepScope): Sql {
  if ("correlationId" in scope) return sql`event.metadata ->> 'correlationId' = ${scope.correlationId}`;
  if ("fromPosition" in scope) return sql`log.position BETWEEN ${scope.fromPosition} AND ${scope.toPosition}`;
  const { streamId, afterVersion = 0, toVersion } = scope;
  const until = toVersion === undefined ? sql`true` : sql`event.version <= ${toVersion}`;
  return sql`log.stream_id = ${streamId} AND event.stream_id = ${streamId} AND event.version > ${afterVersion} AND ${until}`;
}

/** Refuses a stream without events. */
export async function assertStream(tx: SqlExecutor, streamId: string): Promise<void> {
  const rows = await tx.query(sql`SELECT FROM events WHERE stream_id = ${streamId} LIMIT 1`);
  if (rows.length === 0) throw refuse("notFound", "STREAM_NOT_FOUND", `Stream ${streamId} does not exist.`);
}

/** All that the projection reads of these streams, up to a position, in the global order. Refuses more than can be held. */
export async function historyOf(
  tx: SqlExecutor,
  streamIds: readonly string[],
  types: readonly string[],
  upTo: number,
): Promise<readonly LoggedEvent[]> {
  const rows = await tx.query<EventRow & { readonly position: number }>(sql`
    SELECT log.position, ${EVENT_COLUMNS} FROM event_log log JOIN events event USING (event_id)
    WHERE log.stream_id = ANY(${streamIds}::text[]) AND log.type = ANY(${types}::text[]) AND log.position <= ${upTo}
    ORDER BY log.position LIMIT ${HISTORY_EVENTS_MAX + 1}`);
  if (rows.length > HISTORY_EVENTS_MAX)
    throw refuse(
      "unprocessable",
      "HISTORY_TOO_LONG",
      `The streams of these events have more than ${HISTORY_EVENTS_MAX} events up to there. Choose fewer streams, or rebuild the projection.`,
    );
  return rows.map((row) => ({ ...toStoredEvent(row), position: row.position }));
}

/** As the live projection took them: what operators discarded or edited counts so, and what waits as a dead letter is left out. */
export async function asTaken(
  tx: SqlExecutor,
  { name }: Projection,
  catalogue: EventCatalogue,
  events: readonly LoggedEvent[],
): Promise<readonly LoggedEvent[]> {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return events;
  const rows = await tx.query<{ eventId: string }>(sql`
    SELECT event_id AS "eventId" FROM dead_letters
    WHERE consumer = ${name} AND position BETWEEN ${first.position} AND ${last.position} AND ${OPEN}`);
  const open = new Set(rows.map(({ eventId }) => eventId));
  const taken = events.filter(({ eventId }) => !open.has(eventId));
  return withResolutions(tx, name, catalogue, taken);
}

/** How far the live projection has read. */
export async function readUpTo(tx: SqlExecutor, name: string): Promise<number> {
  const rows = await tx.query<{ position: number }>(
    sql`SELECT position FROM projection_checkpoints WHERE projection = ${name}`,
  );
  return rows[0]?.position ?? 0;
}
