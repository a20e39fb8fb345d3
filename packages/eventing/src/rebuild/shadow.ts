/**
 * The shadow tables of a projection (schema `rebuild`, same names) and the swap. The swap writes the difference between
 * shadow and live into the live tables: readers are never locked out, and rows that did not change are not written.
 */
import { join, raw, sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";

export const REBUILD_SCHEMA = "rebuild";
const IDENTIFIER = /^[a-z][a-z0-9_]*$/;

/** A table name as SQL; ours only, so anything unusual is a bug. */
function identifier(name: string): Sql {
  if (!IDENTIFIER.test(name)) throw new Error(`not a table or column of ours: ${name}`);
  return raw(`"${name}"`);
}

/** From here to the end of the transaction, unqualified tables are the shadows where there are any. */
export async function writeToShadows(tx: SqlExecutor): Promise<void> {
  await tx.query(sql`SELECT set_config('search_path', ${`${REBUILD_SCHEMA}, public`}, true)`);
}

export async function writeToLive(tx: SqlExecutor): Promise<void> {
  await tx.query(sql`SELECT set_config('search_path', 'public', true)`);
}

export async function emptyShadows(tx: SqlExecutor, tables: readonly string[]): Promise<void> {
  await tx.query(sql`TRUNCATE ${join(tables.map((table) => sql`rebuild.${identifier(table)}`))}`);
}

/** Makes each live table equal to its shadow, by its difference only. */
export async function mergeShadows(tx: SqlExecutor, tables: readonly string[]): Promise<void> {
  for (const table of tables) await mergeShadow(tx, table);
}

async function mergeShadow(tx: SqlExecutor, table: string): Promise<void> {
  const { columns, key } = await describeTable(tx, table);
  const live = sql`public.${identifier(table)}`;
  const shadow = sql`rebuild.${identifier(table)}`;
  const list = (names: readonly string[], prefix = "") =>
    join(names.map((name) => sql`${raw(prefix)}${identifier(name)}`));
  const sameKey = join(
    key.map((name) => sql`shadow.${identifier(name)} = live.${identifier(name)}`),
    " AND ",
  );
  await tx.query(sql`DELETE FROM ${live} live WHERE NOT EXISTS (SELECT FROM ${shadow} shadow WHERE ${sameKey})`);
  const others = columns.filter((column) => !key.includes(column));
  const assignments = join(others.map((name) => sql`${identifier(name)} = excluded.${identifier(name)}`));
  await tx.query(sql`
    INSERT INTO ${live} AS live (${list(columns)}) SELECT ${list(columns)} FROM ${shadow}
    ON CONFLICT (${list(key)}) DO UPDATE SET ${assignments}
      WHERE (${list(others, "live.")}) IS DISTINCT FROM (${list(others, "excluded.")})`);
}

interface TableShape {
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

async function describeTable(tx: SqlExecutor, table: string): Promise<TableShape> {
  const rows = await tx.query<{ name: string; inKey: boolean }>(sql`
    SELECT attribute.attname::text AS name, coalesce(attribute.attnum = ANY(key.indkey), false) AS "inKey"
    FROM pg_attribute attribute
    LEFT JOIN pg_index key ON key.indrelid = attribute.attrelid AND key.indisprimary
    WHERE attribute.attrelid = ${`public.${table}`}::regclass AND attribute.attnum > 0 AND NOT attribute.attisdropped
    ORDER BY attribute.attnum`);
  return { columns: rows.map(({ name }) => name), key: rows.filter(({ inKey }) => inKey).map(({ name }) => name) };
}
