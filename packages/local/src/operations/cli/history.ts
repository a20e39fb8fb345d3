/** Looking at history: the latest events, one stream, a replay. */
import { aggregates, eventCatalogue } from "@tillstream/commerce";
import { firstStepWhere, loadAggregate, readStream, Refusal, replayStream } from "@tillstream/eventing";
import type { AnyAggregate, ReplayStep } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { parseMoment, UsageError } from "./moment.ts";
import { print, table } from "./output.ts";

interface EventRow {
  readonly position: number;
  readonly event_id: string;
  readonly type: string;
  readonly schema_version: number;
  readonly recorded_at: Date;
  readonly correlation_id: string;
}

export interface EventsOptions {
  readonly type?: string;
  readonly stream?: string;
  readonly limit: string;
  readonly json?: boolean;
}

const EVENTS_MAX = 10_000;

export async function showEvents(db: Database, { type, stream, limit, json }: EventsOptions): Promise<void> {
  if (type !== undefined && !eventCatalogue.definitions.has(type)) {
    throw new UsageError(
      `--type: the event type ${type} does not exist. Known: ${[...eventCatalogue.definitions.keys()].join(", ")}`,
    );
  }
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > EVENTS_MAX)
    throw new UsageError(`--limit takes a number from 1 to ${EVENTS_MAX}, not: ${limit}`);
  const byType = type === undefined ? sql`true` : sql`log.type = ${type}`;
  const byStream = stream === undefined ? sql`true` : sql`log.stream_id = ${stream}`;
  const rows = await db.query<EventRow>(sql`
    SELECT log.position, event.event_id, event.type, event.schema_version, event.recorded_at, event.metadata ->> 'correlationId' AS correlation_id
    FROM event_log log JOIN events event USING (event_id) WHERE ${byType} AND ${byStream} ORDER BY log.position DESC LIMIT ${count}`);
  const columns = [
    { title: "position", value: (row: EventRow) => row.position },
    { title: "time", value: (row: EventRow) => row.recorded_at.toISOString() },
    { title: "type", value: (row: EventRow) => `${row.type} v${row.schema_version}` },
    { title: "event", value: (row: EventRow) => row.event_id },
    { title: "correlation", value: (row: EventRow) => row.correlation_id },
  ];
  print(rows, table(rows, columns, "No events match."), json);
}

async function aggregateOf(db: Database, streamId: string): Promise<AnyAggregate> {
  const rows = await db.query<{ type: string }>(
    sql`SELECT stream_type AS type FROM events WHERE stream_id = ${streamId} AND version = 1`,
  );
  if (rows[0] === undefined)
    throw new UsageError(
      `The stream ${streamId} does not exist. Streams have names such as order-<id> and account-<id>.`,
    );
  const aggregate = aggregates.find(({ streamType }) => streamType === rows[0]?.type);
  if (aggregate === undefined) throw new UsageError(`Streams of the type ${rows[0].type} have no state to replay.`);
  return aggregate;
}

export async function showStream(
  db: Database,
  streamId: string,
  { at, json }: { at?: string; json?: boolean },
): Promise<void> {
  const moment = parseMoment("--at", at);
  const aggregate = await aggregateOf(db, streamId);
  const { state, version } = await loadAggregate(db, aggregate, streamId, moment);
  const events = await readStream(db, streamId, { toVersion: version });
  const lines = events.map(
    (event) =>
      `${String(event.version).padStart(5)}  ${event.recordedAt.toISOString()}  ${event.type} v${event.schemaVersion}  ${JSON.stringify(event.data)}`,
  );
  const text = [...lines, "", `state at version ${version}:`, JSON.stringify(state, null, 2)].join("\n");
  print({ streamId, version, events, state: state as unknown }, text, json);
}

export interface ReplayOptions {
  readonly until?: string;
  readonly where?: string;
  readonly json?: boolean;
}

/** Resolves to the exit code: 1 when `--where` is never true. */
export async function replay(db: Database, streamId: string, { until, where, json }: ReplayOptions): Promise<number> {
  const steps = replayStream(db, await aggregateOf(db, streamId), streamId, parseMoment("--until", until));
  if (where === undefined) {
    for await (const step of steps) print(step, stepText(step), json);
    return 0;
  }
  const step = await firstStepWhere(steps, where, systemScheduler).catch((error: unknown) => {
    throw error instanceof Refusal ? new UsageError(`--where: ${error.message}`) : error;
  });
  print(
    step ?? null,
    step === undefined ? `${where} is never true of ${streamId}.` : `${where} is first true after:\n${stepText(step)}`,
    json,
  );
  return step === undefined ? 1 : 0;
}

function stepText({ event, state, changes }: ReplayStep): string {
  const show = (value: unknown) => JSON.stringify(value) ?? "nothing";
  return [
    `${event.eventId}  ${event.recordedAt.toISOString()}  ${event.type}  ${JSON.stringify(event.data)}`,
    ...changes.map(({ path, before, after }) => `    ${path}: ${show(before)} -> ${show(after)}`),
    `    state: ${JSON.stringify(state)}`,
  ].join("\n");
}
