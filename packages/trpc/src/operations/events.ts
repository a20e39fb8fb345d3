/** The event history: the global log, one event, one stream. */
import type { EventCatalogue, EventMetadata, Projection } from "@tillstream/eventing";
import { refuse } from "@tillstream/eventing";
import { empty, join, keyset, sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor, TimeOrder } from "@tillstream/runtime";
import { z } from "zod";
import { identifier, instant, nothing, text, timeOrder } from "../input.ts";
import { listCursor, placeNumber } from "../list-cursor.ts";
import { procedureFor, router } from "../procedures.ts";
import { withActorNames } from "./actor-names.ts";

const PAGE_MAX = 200;
/** A count of what is newer stops here: more than this is "many". */
const NEWER_MAX = 1_000;
/** Payloads have no index: a page looks through no more of the log than this, and says how far it came. */
const PAYLOADS_SEARCHED_MAX = 20_000;

export interface HistoryEntry {
  readonly position: number;
  readonly eventId: string;
  readonly streamId: string;
  readonly streamType: string;
  readonly version: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly metadata: EventMetadata;
  /** ISO 8601 in UTC. */
  readonly recordedAt: string;
}

export interface HistoryRow extends Omit<HistoryEntry, "recordedAt"> {
  readonly recordedAt: Date;
}

const toEntry = <Row extends HistoryRow>(row: Row) => ({ ...row, recordedAt: row.recordedAt.toISOString() });

/** What a row of the history is made of; `log` and `event` are the two tables. */
export const ENTRY = sql`
  log.position, event.event_id AS "eventId", event.stream_id AS "streamId", event.stream_type AS "streamType", event.version,
  event.type, event.schema_version AS "schemaVersion", event.metadata, event.recorded_at AS "recordedAt"`;

const filters = z.strictObject({
  /** Or several, with commas between them. */
  type: identifier().optional(),
  streamId: identifier().optional(),
  correlationId: identifier().optional(),
  actor: identifier().optional(),
  from: instant.optional(),
  to: instant.optional(),
  /** A field of the payload by its path, and the text that it has: `lines.0.sku=mug-moss`. */
  payload: text(300)
    .regex(/^[\w.]+=./s, "must be a field and its value, such as total=1200")
    .optional(),
});
/** A position: the page has what follows it in the list. */
const pages = listCursor("events.list", placeNumber);
const listInput = filters
  .extend({
    cursor: pages.input.optional(),
    limit: z.int().min(1).max(PAGE_MAX).default(50),
    order: timeOrder,
    /** Each with what it says, as stored. */
    withData: z.boolean().default(false),
  })
  .prefault({});

const isOneOf = (types: readonly string[]): Sql =>
  types.length === 1 ? sql`log.type = ${types[0] ?? ""}` : sql`log.type = ANY(${types}::text[])`;

function payloadMatches(payload: string): Sql {
  const end = payload.indexOf("=");
  const path = payload.slice(0, end).split(".");
  return sql`event.data #>> ${path}::text[] = ${payload.slice(end + 1)}`;
}

function matches(input: z.output<typeof filters>): Sql {
  const conditions = [
    input.type === undefined ? undefined : isOneOf(input.type.split(",")),
    input.streamId === undefined ? undefined : sql`log.stream_id = ${input.streamId}`,
    input.from === undefined ? undefined : sql`log.recorded_at >= ${input.from}::timestamptz`,
    input.to === undefined ? undefined : sql`log.recorded_at < ${input.to}::timestamptz`,
    input.correlationId === undefined ? undefined : sql`event.metadata ->> 'correlationId' = ${input.correlationId}`,
    input.actor === undefined ? undefined : sql`event.metadata ->> 'actor' = ${input.actor}`,
    input.payload === undefined ? undefined : payloadMatches(input.payload),
  ].filter((condition) => condition !== undefined);
  return conditions.length === 0 ? sql`true` : join(conditions, " AND ");
}

/** The keyset page's SQL; exported so that its plan can be looked at. */
export function historyQuery(input: Omit<z.output<typeof listInput>, "cursor">, after?: number, end?: number): Sql {
  const { follows, direction } = keyset(input.order);
  const later = after === undefined ? sql`true` : sql`log.position ${follows} ${after}`;
  const within = end === undefined ? sql`true` : sql`NOT log.position ${follows} ${end}`;
  return sql`
    SELECT ${ENTRY}${input.withData ? sql`, event.data` : empty} FROM event_log log JOIN events event USING (event_id)
    WHERE ${later} AND ${within} AND ${matches(input)} ORDER BY log.position ${direction} LIMIT ${input.limit + 1}`;
}

interface Search {
  readonly payload?: string | undefined;
  /** The position that the page follows. */
  readonly after?: number | undefined;
  readonly order: TimeOrder;
}

/** The position that a search through payloads comes to, from where the page begins or from its end of the log; undefined where all is looked at. */
async function endOfSearch(db: SqlExecutor, { payload, after, order }: Search): Promise<number | undefined> {
  if (payload === undefined) return undefined;
  const [head] = await db.query<{ position: number }>(
    sql`SELECT coalesce(max(position), 0) AS position FROM event_log`,
  );
  const newest = head?.position ?? 0;
  if (order === "oldest") {
    const end = (after ?? 0) + PAYLOADS_SEARCHED_MAX;
    return end < newest ? end : undefined;
  }
  const end = (after ?? newest + 1) - PAYLOADS_SEARCHED_MAX;
  return end > 1 ? end : undefined;
}

export function eventsRouter(catalogue: EventCatalogue, projections: readonly Projection[]) {
  return router({
    list: procedureFor("viewer")
      .input(listInput)
      .query(async ({ ctx, input: { cursor, ...input } }) => {
        const { limit, withData: _, ...list } = input;
        const [after] = pages.placeIn(list, cursor) ?? [];
        const end = await endOfSearch(ctx.db, { ...list, after });
        const rows = await ctx.db.query<HistoryRow & { data?: unknown }>(historyQuery(input, after, end));
        const named = await withActorNames(ctx.db, rows.slice(0, limit), ({ metadata }) => metadata.actor);
        const items = named.map(toEntry);
        const next = rows.length > limit ? items.at(-1)?.position : end;
        return { items, nextCursor: pages.after(list, next === undefined ? undefined : [next]) };
      }),

    /** How many events came after a position, for the line that new rows wait behind; at most `NEWER_MAX`. */
    newer: procedureFor("viewer")
      .input(filters.extend({ after: z.int().min(0) }))
      .query(async ({ ctx, input }) => {
        const end = await endOfSearch(ctx.db, { payload: input.payload, order: "newest" });
        const rows = await ctx.db.query<{ count: number }>(sql`
          SELECT count(*)::int AS count FROM (
            SELECT FROM event_log log JOIN events event USING (event_id)
            WHERE log.position > ${Math.max(input.after, (end ?? 0) - 1)} AND ${matches(input)} LIMIT ${NEWER_MAX}) newer`);
        return { count: rows[0]?.count ?? 0 };
      }),

    /** The types that there are, for the filter. */
    types: procedureFor("viewer")
      .input(nothing)
      .query(() => [...catalogue.definitions.keys()].toSorted()),

    byId: procedureFor("viewer")
      .input(z.strictObject({ eventId: identifier() }))
      .query(async ({ ctx, input }) => {
        const rows = await ctx.db.query<
          Omit<HistoryRow, "position"> & { position: number | null; data: unknown; publishedAt: Date | null }
        >(sql`
          SELECT ${ENTRY}, event.data, outbox.published_at AS "publishedAt"
          FROM events event LEFT JOIN event_log log USING (event_id) LEFT JOIN outbox_events outbox USING (event_id)
          WHERE event.event_id = ${input.eventId}`);
        const [row] = await withActorNames(ctx.db, rows, ({ metadata }) => metadata.actor);
        if (row === undefined) throw refuse("notFound", "EVENT_NOT_FOUND", `Event ${input.eventId} does not exist.`);
        const processed = await ctx.db.query<{ consumer: string; processedAt: Date }>(sql`
          SELECT consumer, processed_at AS "processedAt" FROM processed_events WHERE event_id = ${input.eventId} ORDER BY processed_at`);
        const parked = await ctx.db.query<{ consumer: string; status: string }>(sql`
          SELECT consumer, status FROM dead_letters WHERE event_id = ${input.eventId} AND status IN ('retrying', 'parked', 'waiting') ORDER BY consumer`);
        const newest = await ctx.db.query<{ version: number }>(sql`
          SELECT max(version) AS version FROM events WHERE stream_id = ${row.streamId}`);
        return {
          ...row,
          recordedAt: row.recordedAt.toISOString(),
          publishedAt: row.publishedAt?.toISOString() ?? null,
          ...upcastForDisplay(catalogue, row),
          processedBy: processed.map(({ consumer, processedAt }) => ({
            consumer,
            processedAt: processedAt.toISOString(),
          })),
          /** The projections that read this type: each has it as soon as its checkpoint has passed the position. */
          projections: projections
            .filter(({ definitions }) => definitions.some(({ type }) => type === row.type))
            .map((projection) => projection.name),
          parkedFor: parked,
          streamVersion: newest[0]?.version ?? row.version,
        };
      }),
  });
}

/** The data as the latest version reads it, or why it cannot be read. */
function upcastForDisplay(catalogue: EventCatalogue, row: { type: string; schemaVersion: number; data: unknown }) {
  const definition = catalogue.definitions.get(row.type);
  if (definition === undefined)
    return {
      latestVersion: null,
      upcastData: null,
      upcastError: `The type ${row.type} is not known to this deployment.`,
    };
  try {
    return {
      latestVersion: definition.latestVersion,
      upcastData: definition.upcast(row.data, row.schemaVersion) as unknown,
      upcastError: null,
    };
  } catch (error) {
    return { latestVersion: definition.latestVersion, upcastData: null, upcastError: (error as Error).message };
  }
}
