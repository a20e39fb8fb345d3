/**
 * A projection's tables once more, empty and seen by one transaction alone: its own `load` and `store` work on them as they are, at
 * a pace of our choosing. Temporary tables of the same name come first in the search path.
 *
 * The path names `pg_temp`, although Postgres would search it first anyway: a statement that a connection has prepared gets a new
 * plan only when the search path has changed, and would otherwise go on writing to the live table.
 */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { refuse } from "../event/refusal.ts";
import { identifier } from "../postgres/identifier.ts";
import { describeTable } from "../rebuild/shadow.ts";
import type { TableShape } from "../rebuild/shadow.ts";
import type { Projection } from "../subscription/projection.ts";

const PRIVATE_SCHEMA = "pg_temp";
/** Of this process, for all who ask: each holds a connection for as long as it works. */
const AT_ONCE_MAX = 4;
const BUSY = refuse("limited", "STEPPING_BUSY", "Other projections are being stepped through. Try again in a moment.", {
  retryAfterSeconds: 1,
});
const UNDONE = new Error("what was done on private tables is undone");

let atOnce = 0;

/**
 * Works on private tables in one snapshot of the database, read only towards everything else: Postgres itself refuses to write to
 * a live table. No lock is taken that the live projection waits for, and all is undone at the end.
 */
export async function onPrivateTables<Result>(
  db: Database,
  projection: Projection,
  work: (tx: SqlExecutor, shapes: readonly TableShape[]) => Promise<Result>,
): Promise<Result> {
  if (atOnce >= AT_ONCE_MAX) throw BUSY;
  let done: { readonly result: Result } | undefined;
  atOnce += 1;
  try {
    await db.transaction(async (tx) => {
      await tx.query(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`);
      const shapes = await makePrivateTables(tx, projection);
      await tx.query(sql`SET TRANSACTION READ ONLY`);
      done = { result: await work(tx, shapes) };
      throw UNDONE;
    });
  } catch (error) {
    if (done === undefined) throw error;
  } finally {
    atOnce -= 1;
  }
  if (done === undefined) throw UNDONE;
  return done.result;
}

/** Works on private tables within a transaction that goes on without them. */
export async function withPrivateTables<Result>(
  tx: SqlExecutor,
  projection: Projection,
  work: (shapes: readonly TableShape[]) => Promise<Result>,
): Promise<Result> {
  const [before] = await tx.query<{ path: string }>(sql`SELECT current_setting('search_path') AS path`);
  const shapes = await makePrivateTables(tx, projection);
  const result = await work(shapes);
  for (const { shadow } of shapes) await tx.query(sql`DROP TABLE ${shadow}`);
  await tx.query(sql`SELECT set_config('search_path', ${before?.path ?? "public"}, true)`);
  return result;
}

async function makePrivateTables(tx: SqlExecutor, { tables }: Projection): Promise<readonly TableShape[]> {
  const shapes: TableShape[] = [];
  for (const table of tables) {
    await tx.query(sql`
      CREATE TEMPORARY TABLE ${identifier(table)} (LIKE public.${identifier(table)} INCLUDING ALL) ON COMMIT DROP`);
    shapes.push(await describeTable(tx, table, PRIVATE_SCHEMA));
  }
  await tx.query(sql`SELECT set_config('search_path', ${`${PRIVATE_SCHEMA}, public`}, true)`);
  return shapes;
}

/** Empties them. */
export async function emptyPrivateTables(tx: SqlExecutor, shapes: readonly TableShape[]): Promise<void> {
  for (const { shadow } of shapes) await tx.query(sql`DELETE FROM ${shadow}`);
}

/** A row as JSON, by its columns in the table's order. */
export type Row = Readonly<Record<string, unknown>>;

/** A row of one of several tables. */
export interface KeyedRow {
  readonly table: string;
  /** The columns of its primary key. */
  readonly key: Row;
  readonly row: Row;
}

export function keyedRow({ table, key }: TableShape, row: Row): KeyedRow {
  return { table, key: Object.fromEntries(key.map((name) => [name, row[name]])), row };
}

/** Tells rows of all tables apart. */
export const idOf = ({ table, key }: Pick<KeyedRow, "table" | "key">): string => JSON.stringify([table, key]);

/** Rows with one of these leading keys, or all. */
export function withLeadingKeys({ leading, type }: TableShape, keys: readonly string[] | undefined) {
  return keys === undefined ? sql`true` : sql`${leading} = ANY(${keys}::text[]::${type}[])`;
}

export interface WrittenRows {
  readonly rows: readonly KeyedRow[];
  /** How many the tables hold now. */
  readonly count: number;
  /** For the next question. */
  readonly upTo: number;
}

/**
 * The rows of private tables that were written since the question before. Within a transaction `cmin` is the command that wrote the
 * row, and grows from one to the next.
 * @param since -1 at first, for all rows
 */
export async function rowsWritten(tx: SqlExecutor, shapes: readonly TableShape[], since: number): Promise<WrittenRows> {
  const rows: KeyedRow[] = [];
  let count = 0;
  let upTo = since;
  for (const shape of shapes) {
    const found = await tx.query<{ count: number; row: Row | null; command: number | null }>(sql`
      SELECT count, "row", command
      FROM (SELECT count(*)::int AS count FROM ${shape.shadow}) held
      LEFT JOIN (
        SELECT to_json(written) AS "row", written.cmin::text::bigint AS command FROM ${shape.shadow} written WHERE written.cmin::text::bigint > ${since}
      ) written ON true
      ORDER BY command`);
    count += found[0]?.count ?? 0;
    for (const { row, command } of found) {
      if (row === null) continue;
      rows.push(keyedRow(shape, row));
      upTo = Math.max(upTo, command ?? 0);
    }
  }
  return { rows, count, upTo };
}
