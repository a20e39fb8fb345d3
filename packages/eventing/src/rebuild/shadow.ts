/**
 * The shadow tables of a projection (schema `rebuild`, same names) and how their rows get into the live ones: a range at a
 * time, and only those that differ. Readers are never locked out, and rows that did not change are not written.
 *
 * A range is one of values of the first column of the primary key, the leading key, over all tables of the projection: rows
 * with the same value go together, since an event may change one of them by another (`Projection.leadingKey`).
 */
import { join, raw, sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { identifier } from "../postgres/identifier.ts";

const REBUILD_SCHEMA = "rebuild";

/**
 * To the end of the transaction, unqualified tables are the shadows where there are any, and the commit does not wait for the
 * disk: should Postgres crash, rows, position and dead letters are back where they were together, and the last steps are taken again.
 */
export async function workOnShadows(tx: SqlExecutor): Promise<void> {
  await tx.query(sql`
    SELECT set_config('search_path', ${`${REBUILD_SCHEMA}, public`}, true), set_config('synchronous_commit', 'off', true)`);
}

export async function emptyShadows(tx: SqlExecutor, tables: readonly string[]): Promise<void> {
  await tx.query(sql`TRUNCATE ${join(tables.map((table) => sql`rebuild.${identifier(table)}`))}`);
}

/** Which rows to merge. */
export interface Merge {
  /** Merged before; null at the beginning. Leading keys are texts, as Postgres writes them. */
  readonly after: string | null;
  /** The range reaches so far that it has about so many rows of a table, of those that share a leading key all. */
  readonly rows: number;
  /** Leading keys that are merged as well, wherever they are. */
  readonly others: readonly string[];
}

/** Makes a range of the live tables equal to their shadows; returns its last leading key, null when nothing lies beyond. */
export async function mergeShadows(tx: SqlExecutor, tables: readonly string[], merge: Merge): Promise<string | null> {
  const shapes: TableShape[] = [];
  for (const table of tables) shapes.push(await describeTable(tx, table, REBUILD_SCHEMA));
  const to = await endOfRange(tx, shapes, merge);
  for (const shape of shapes) {
    const { leading, type } = shape;
    const beyond = merge.after === null ? sql`true` : sql`${leading} > ${merge.after}::${type}`;
    await mergeRows(tx, shape, to === null ? beyond : sql`${beyond} AND ${leading} <= ${to}::${type}`);
    if (merge.others.length > 0) await mergeRows(tx, shape, sql`${leading} = ANY(${merge.others}::text[]::${type}[])`);
  }
  return to;
}

/** The nearest leading key that is the `rows`th of a table or of its shadow; null when none has so many. */
async function endOfRange(
  tx: SqlExecutor,
  shapes: readonly TableShape[],
  { after, rows }: Merge,
): Promise<string | null> {
  const ends = shapes.flatMap(({ live, shadow, leading, type }) =>
    [live, shadow].map(
      (table) => sql`
        (SELECT ${leading} FROM ${table} WHERE ${after === null ? sql`true` : sql`${leading} > ${after}::${type}`}
         ORDER BY ${leading} OFFSET ${rows - 1} LIMIT 1)`,
    ),
  );
  const found = await tx.query<{ to: string | null }>(sql`SELECT least(${join(ends)})::text AS "to"`);
  return found[0]?.to ?? null;
}

/** Makes a range of a live table equal to its shadow. */
export async function mergeRows(
  tx: SqlExecutor,
  { live, shadow, columns, key }: TableShape,
  range: Sql,
): Promise<void> {
  const of = (names: readonly string[], row: string) => join(names.map((name) => sql`${raw(row)}.${identifier(name)}`));
  const list = (names: readonly string[]) => join(names.map(identifier));
  const sameKey = sql`(${of(key, "live")}) = (${of(key, "shadow")})`;
  // Row by row: the planner knows little of a shadow, and may compare each row of a range with each.
  await tx.query(sql`
    DELETE FROM ${live} live WHERE ${range} AND NOT EXISTS (SELECT FROM ${shadow} shadow WHERE ${sameKey} OFFSET 0)`);
  // Rows that are equal are left out before: those that conflict are locked, which is a write of its own.
  await tx.query(sql`
    INSERT INTO ${live} (${list(columns)})
    SELECT ${of(columns, "shadow")}
    FROM (SELECT * FROM ${shadow} WHERE ${range}) shadow
    LEFT JOIN LATERAL (SELECT * FROM ${live} live WHERE ${sameKey} OFFSET 0) live ON true
    WHERE (${of(columns, "live")}) IS DISTINCT FROM (${of(columns, "shadow")})
    ON CONFLICT (${list(key)}) DO UPDATE SET ${join(columns.map((name) => sql`${identifier(name)} = excluded.${identifier(name)}`))}`);
}

/** A table of a projection and its shadow. */
export interface TableShape {
  readonly table: string;
  readonly live: Sql;
  readonly shadow: Sql;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  /** The first column of the key. */
  readonly leading: Sql;
  readonly type: Sql;
}

/** @param schema that of the shadow */
export async function describeTable(tx: SqlExecutor, table: string, schema: string): Promise<TableShape> {
  const rows = await tx.query<{ name: string; type: string; inKey: number | null }>(sql`
    SELECT attribute.attname::text AS name, format_type(attribute.atttypid, attribute.atttypmod) AS type,
           array_position(key.indkey::int2[], attribute.attnum) AS "inKey"
    FROM pg_attribute attribute
    LEFT JOIN pg_index key ON key.indrelid = attribute.attrelid AND key.indisprimary
    WHERE attribute.attrelid = ${`public.${table}`}::regclass AND attribute.attnum > 0 AND NOT attribute.attisdropped
    ORDER BY attribute.attnum`);
  const key = rows
    .filter(({ inKey }) => inKey !== null)
    .toSorted((one, other) => (one.inKey ?? 0) - (other.inKey ?? 0));
  const [first] = key;
  if (first === undefined) throw new Error(`${table} has no primary key, so that its rows cannot be told apart`);
  return {
    table,
    live: sql`public.${identifier(table)}`,
    shadow: sql`${identifier(schema)}.${identifier(table)}`,
    columns: rows.map(({ name }) => name),
    key: key.map(({ name }) => name),
    leading: identifier(first.name),
    type: raw(first.type),
  };
}
