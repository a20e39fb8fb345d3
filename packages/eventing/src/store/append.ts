/**
 * Appending to the store: the events and their outbox rows in one statement, so that neither can be
 * there without the other. `(stream_id, version)` is unique: of two writers that saw the same
 * version, one gets `ConcurrencyError`. An event's time is when its transaction began, or the time of the event before it
 * if that is later: within a stream time never runs backwards, even when transactions overlap or clocks go back.
 */
import { activeTraceparent, empty, sql, validTraceparent } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import type { EventMetadata, NewEvent } from "../event/definition.ts";
import { isUniqueViolation } from "../postgres/sql-errors.ts";

/** What the stream must be like for the append to go ahead; a number is the exact current version. */
export type ExpectedVersion = number | "new" | "exists";

/** Events for the end of one stream, and the version at which it is expected to be. */
export interface Append {
  readonly streamId: string;
  readonly streamType: string;
  readonly expectedVersion: ExpectedVersion;
  readonly events: readonly NewEvent[];
  readonly metadata: EventMetadata;
}

/** The stream is not at the expected version: another writer appended first. */
export class ConcurrencyError extends Error {
  override readonly name = "ConcurrencyError";
}

/** At most this many events in one append. */
export const APPEND_EVENTS_MAX = 1_000;

/** The id of an event is its place: the stream and the version in it. */
export function eventIdOf(streamId: string, version: number): string {
  return `${streamId}:${version}`;
}

/**
 * The common table expressions that append events of a known version, to be composed into a larger
 * statement (`WITH <these> SELECT ...`). Named `incoming`, `appended` and `outboxed`. With `guard`, nothing
 * is written unless that condition holds. The events go on with the active trace, or else with the one that the metadata
 * names, such as that of the event which they follow.
 */
export function appendExpressions(append: Append & { expectedVersion: number | "new" }, guard: Sql = sql`true`): Sql {
  const { streamId, streamType } = append;
  const { traceparent: given, ...named } = append.metadata;
  const traceparent = activeTraceparent() ?? validTraceparent(given);
  const metadata: EventMetadata = { ...named, ...(traceparent !== undefined && { traceparent }) };
  if (append.events.length === 0) throw new RangeError("an append needs at least one event");
  if (append.events.length > APPEND_EVENTS_MAX)
    throw new RangeError(`an append may have at most ${APPEND_EVENTS_MAX} events`);
  const base = append.expectedVersion === "new" ? 0 : append.expectedVersion;
  const recordedAt =
    base === 0
      ? sql`now()`
      : sql`greatest(now(), (SELECT recorded_at FROM events WHERE event_id = ${eventIdOf(streamId, base)}))`;
  const rows = append.events.map((event, index) => ({
    event_id: eventIdOf(streamId, base + index + 1),
    version: base + index + 1,
    type: event.type,
    schema_version: event.schemaVersion,
    data: event.data,
  }));
  return sql`
    incoming AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS row(event_id text, version int, type text, schema_version int, data jsonb)
      WHERE ${guard}
    ), appended AS (
      INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at)
      SELECT event_id, ${streamId}, ${streamType}, version, type, schema_version, data, ${JSON.stringify(metadata)}::jsonb, ${recordedAt}
      FROM incoming ORDER BY version
    ), outboxed AS (
      INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload)
      SELECT event_id, type, ${streamId}, data FROM incoming ORDER BY version
    )`;
}

/**
 * Appends and returns the stream's new version. Throws `ConcurrencyError` when the expectation does not hold; the caller's transaction
 * must not be committed then.
 * @param beside a statement that changes rows with the events
 */
export async function appendEvents(tx: SqlExecutor, append: Append, beside?: Sql): Promise<number> {
  const { streamId, events } = append;
  const base = append.expectedVersion === "exists" ? await existingVersion(tx, streamId) : append.expectedVersion;
  const version = base === "new" ? 0 : base;
  const current = sql`(SELECT coalesce(max(version), 0) FROM events WHERE stream_id = ${streamId})`;
  const expressions = appendExpressions({ ...append, expectedVersion: base }, sql`${current} = ${version}`);
  try {
    const rows = await tx.query<{ count: number }>(
      sql`WITH ${expressions}${beside === undefined ? empty : sql`, beside AS (${beside})`} SELECT count(*)::int AS count FROM incoming`,
    );
    if (rows[0]?.count === events.length) return version + events.length;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ConcurrencyError(`stream ${streamId} is not at version ${version}`, { cause: error });
  }
  throw new ConcurrencyError(`stream ${streamId} is not at version ${version}`);
}

async function existingVersion(tx: SqlExecutor, streamId: string): Promise<number> {
  const rows = await tx.query<{ version: number | null }>(
    sql`SELECT max(version) AS version FROM events WHERE stream_id = ${streamId}`,
  );
  const version = rows[0]?.version ?? null;
  if (version === null) throw new ConcurrencyError(`stream ${streamId} does not exist`);
  return version;
}
