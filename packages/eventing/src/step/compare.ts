/**
 * A projection's stored rows beside those that its events make of nothing, both as of the position that the live projection has
 * read: one snapshot has the rows, the checkpoint that was committed with them, and the events up to it. Where they part, the events
 * are taken once more, one by one, to find since which of them they do.
 */
import { join, monotonicMs, sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import type { EventCatalogue } from "../event/catalogue.ts";
import { refuse } from "../event/refusal.ts";
import { readHistory } from "../rebuild/history.ts";
import type { TableShape } from "../rebuild/shadow.ts";
import { changesBetween } from "../replay/replay.ts";
import type { StateChange } from "../replay/replay.ts";
import { identifier } from "../postgres/identifier.ts";
import type { LoggedEvent } from "../store/read.ts";
import type { Projection } from "../subscription/projection.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { createPartings } from "./partings.ts";
import type { Parting } from "./partings.ts";
import { emptyPrivateTables, idOf, keyedRow, onPrivateTables, withLeadingKeys } from "./private-tables.ts";
import type { Row } from "./private-tables.ts";
import { asTaken, assertStream, historyOf, readUpTo } from "./select-events.ts";
import { createStepper, pass } from "./step.ts";

const BATCH_EVENTS = 1_000;
/** Rows that are listed where they part, and traced to their events. */
const ROWS_LISTED_MAX = 50;
/** For the answer to a page, which a transaction of the web's has to end with. */
const READING_MS_MAX = 5_000;
const TRACING_MS_MAX = 2_500;

/** The rows that a stream's events lead to, those of one leading key, those of several as Postgres writes them, or all. */
export type CompareScope =
  | { readonly streamId: string }
  | { readonly key: string }
  | { readonly keys: readonly string[] }
  | "all";

/** A row that is not stored as the events have it. */
export interface PartedRow {
  readonly table: string;
  readonly key: Row;
  /** As the events make it; null where they make none. */
  readonly stepped: Row | null;
  /** Null where there is none. */
  readonly stored: Row | null;
  /** From the stored row to the stepped one. */
  readonly changes: readonly StateChange[];
  /** Since which event the two part, for each column; empty where no event made the row, or finding out took too long. */
  readonly parts: readonly Parting[];
}

/** What was found. */
export interface Comparison {
  /** The position that the live projection has read: later events are no part of it. */
  readonly asOf: number;
  readonly shared: boolean;
  readonly agrees: boolean;
  /** How many rows the events make. */
  readonly compared: number;
  /** How many of all part. */
  readonly parted: number;
  /** The first of them. */
  readonly rows: readonly PartedRow[];
}

export interface CompareOptions {
  /** Takes as long as it takes; by default some seconds, and what takes longer is refused. */
  readonly isUnbounded?: boolean;
  /** Called with each position that was read to, where the whole history is read. */
  readonly onProgress?: (position: number, of: number) => void;
}

/** Reads only. What waits as a dead letter is left out on both sides. */
export async function compareProjection(
  db: Database,
  projection: Projection,
  scope: CompareScope,
  options: CompareOptions = {},
): Promise<Comparison> {
  return onPrivateTables(db, projection, async (tx, shapes) => {
    const compared: Compared = { tx, projection, catalogue: catalogueOf(projection), shapes };
    const asOf = await readUpTo(tx, projection.name);
    const keys = await keysIn(compared, scope, asOf);
    const isLate = deadline(READING_MS_MAX, options);
    for await (const { events, to } of eventsOf(compared, keys, asOf)) {
      if (isLate()) throw tooMuch(projection.name, to, asOf);
      await pass(tx, projection, compared.catalogue, events);
      options.onProgress?.(to, asOf);
    }
    const found = await differences(compared, keys);
    if (scope !== "all" && "key" in scope && found.compared + found.parted === 0)
      throw refuse(
        "notFound",
        "ROW_NOT_FOUND",
        `${projection.name} has no row of the key ${scope.key}, and no event makes one.`,
      );
    const rows = await traced(compared, found.rows, asOf, deadline(TRACING_MS_MAX, options));
    return { asOf, shared: projection.streamOf === undefined, agrees: found.parted === 0, ...found, rows };
  });
}

function deadline(msMax: number, { isUnbounded = false }: CompareOptions): () => boolean {
  const until = isUnbounded ? Number.POSITIVE_INFINITY : monotonicMs() + msMax;
  return () => monotonicMs() > until;
}

interface Compared {
  readonly tx: SqlExecutor;
  readonly projection: Projection;
  readonly catalogue: EventCatalogue;
  readonly shapes: readonly TableShape[];
}

/** Leading keys; undefined for all. */
async function keysIn(compared: Compared, scope: CompareScope, asOf: number): Promise<readonly string[] | undefined> {
  if (scope === "all") return undefined;
  if ("keys" in scope) return scope.keys;
  const { tx, projection, catalogue, shapes } = compared;
  if ("key" in scope) return [await asWritten(tx, shapes, scope.key)];
  await assertStream(tx, scope.streamId);
  return leadingKeysOf(tx, projection, catalogue, scope.streamId, asOf);
}

/** The key as Postgres writes it. Refuses what is none of the column's type. */
async function asWritten(tx: SqlExecutor, [shape]: readonly TableShape[], key: string): Promise<string> {
  if (shape === undefined) return key;
  const { type } = shape;
  const [read] = await tx.query<{ isOne: boolean }>(sql`SELECT pg_input_is_valid(${key}, ${type.sql}) AS "isOne"`);
  if (read?.isOne !== true) {
    const message = `key: is not a value of the type ${type.sql}`;
    throw refuse("invalid", "INVALID_INPUT", message, { fields: [{ field: "key", rule: type.sql, message }] });
  }
  const [written] = await tx.query<{ key: string }>(sql`SELECT ${key}::text::${type}::text AS key`);
  return written?.key ?? key;
}

/** Those of the rows that the events of a stream change. */
export async function leadingKeysOf(
  tx: SqlExecutor,
  projection: Projection,
  catalogue: EventCatalogue,
  streamId: string,
  asOf: number,
): Promise<readonly string[]> {
  const events = await historyOf(tx, [streamId], [...catalogue.definitions.keys()], asOf);
  return [...new Set(events.flatMap((event) => leadingKeyOf(projection, catalogue, event) ?? []))];
}

/** Of the rows that an event changes; undefined for one that the projection does not take. */
export function leadingKeyOf(
  projection: Projection,
  catalogue: EventCatalogue,
  event: LoggedEvent,
): string | undefined {
  const readable = catalogue.read(event);
  return readable && projection.leadingKey(projection.key(readable as never)); // of the projection's own catalogue
}

interface Batch {
  readonly events: readonly LoggedEvent[];
  /** The position that was read to. */
  readonly to: number;
}

/** The events that the live projection has taken and that lead to these rows, in the global order, batch by batch. */
async function* eventsOf(
  { tx, projection, catalogue }: Compared,
  keys: readonly string[] | undefined,
  asOf: number,
): AsyncGenerator<Batch> {
  const types = [...catalogue.definitions.keys()];
  const { streamOf } = projection;
  if (keys !== undefined && streamOf !== undefined) {
    const events = await historyOf(
      tx,
      keys.map((key) => streamOf(key)),
      types,
      asOf,
    );
    yield { events: await asTaken(tx, projection, catalogue, events), to: asOf };
    return;
  }
  const wanted = keys && new Set<string | undefined>(keys);
  const read = readHistory(tx);
  for (let after = 0; after < asOf;) {
    const page = await read(after, BATCH_EVENTS, types);
    if (page.to <= after) return;
    const events = page.events.filter(
      (event) =>
        event.position <= asOf && (wanted === undefined || wanted.has(leadingKeyOf(projection, catalogue, event))),
    );
    after = page.to;
    yield { events: await asTaken(tx, projection, catalogue, events), to: Math.min(after, asOf) };
  }
}

const tooMuch = (name: string, to: number, asOf: number) =>
  refuse(
    "unprocessable",
    "HISTORY_TOO_LONG",
    `${name} has read ${asOf} events, and in ${READING_MS_MAX / 1_000} s only ${to} could be compared. Compare one stream, or all from a terminal.`,
  );

type Differing = Omit<PartedRow, "parts"> & { readonly leadingKey: string };

/** The rows that are not the same on both sides, among those of these leading keys. */
async function differences(
  { tx, shapes }: Compared,
  keys: readonly string[] | undefined,
): Promise<{ readonly compared: number; readonly parted: number; readonly rows: readonly Differing[] }> {
  const rows: Differing[] = [];
  let compared = 0;
  let parted = 0;
  for (const shape of shapes) {
    const { live, shadow, columns, key, leading } = shape;
    const range = withLeadingKeys(shape, keys);
    const of = (row: string) => join(columns.map((name) => sql`${identifier(row)}.${identifier(name)}`));
    const whole = (row: string) =>
      sql`CASE WHEN ${identifier(row)}.${leading} IS NULL THEN NULL ELSE to_json(${identifier(row)}) END`;
    const [held] = await tx.query<{ count: number }>(sql`SELECT count(*)::int AS count FROM ${shadow}`);
    const found = await tx.query<{ stepped: Row | null; stored: Row | null; leadingKey: string; parted: number }>(sql`
      SELECT ${whole("stepped")} AS stepped, ${whole("stored")} AS stored, ${leading}::text AS "leadingKey", count(*) OVER ()::int AS parted
      FROM (SELECT * FROM ${shadow} WHERE ${range}) stepped
      FULL JOIN (SELECT * FROM ${live} WHERE ${range}) stored USING (${join(key.map(identifier))})
      WHERE (${of("stepped")}) IS DISTINCT FROM (${of("stored")})
      ORDER BY ${join(key.map(identifier))} LIMIT ${ROWS_LISTED_MAX}`);
    compared += held?.count ?? 0;
    parted += found[0]?.parted ?? 0;
    for (const { stepped, stored, leadingKey } of found) {
      const changes = stepped === null || stored === null ? [] : changesBetween(stored, stepped);
      rows.push({ ...keyedRow(shape, stepped ?? stored ?? {}), leadingKey, stepped, stored, changes });
    }
  }
  return { compared, parted, rows: rows.slice(0, ROWS_LISTED_MAX) };
}

/** Takes the events that lead to these rows once more, one by one, unless it gets late. */
async function traced(
  compared: Compared,
  rows: readonly Differing[],
  asOf: number,
  isLate: () => boolean,
): Promise<readonly PartedRow[]> {
  const { tx, projection, catalogue, shapes } = compared;
  await emptyPrivateTables(tx, shapes);
  const stepper = createStepper(tx, projection, catalogue, shapes);
  const partings = createPartings(rows);
  const keys = [...new Set(rows.map(({ leadingKey }) => leadingKey))];
  for await (const { events } of keys.length === 0 ? [] : eventsOf(compared, keys, asOf))
    for (const event of events) {
      if (isLate()) return rows.map(({ leadingKey: _, ...row }) => ({ ...row, parts: [] }));
      partings.see(await stepper.step(event));
    }
  return rows.map(({ leadingKey: _, ...row }) => ({ ...row, parts: partings.of(idOf(row)) }));
}
