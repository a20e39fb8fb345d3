/** A rebuild fills a projection's tables in the schema `rebuild` and merges them into the live ones: they have to be alike (ADR 8). */
import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { modules } from "./modules.ts";

const projected = modules.flatMap(({ projections }) => projections.flatMap(({ tables }) => tables)).toSorted();

/** What a table takes and refuses, a line for each of it: columns, primary key, unique indexes and checks. */
async function shapesOf(db: SqlExecutor, schema: "public" | "rebuild"): Promise<Map<string, string[]>> {
  const rows = await db.query<{ table: string; shape: string[] }>(sql`
    WITH part AS (
      SELECT attrelid AS of, format('column %s %s%s default %s', attname, format_type(atttypid, atttypmod),
               CASE WHEN attnotnull THEN ' not null' END, coalesce(pg_get_expr(adbin, adrelid), 'none')) AS line
      FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE attnum > 0 AND NOT attisdropped
      UNION ALL
      SELECT indrelid, format('%s (%s)%s', CASE WHEN indisprimary THEN 'primary key' ELSE 'unique' END,
               (SELECT string_agg(pg_get_indexdef(indexrelid, ordinal, true), ', ' ORDER BY ordinal) FROM generate_series(1, indnkeyatts) ordinal),
               ' where ' || pg_get_expr(indpred, indrelid))
      FROM pg_index WHERE indisunique
      UNION ALL
      SELECT conrelid, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'
    )
    SELECT relname::text AS table, array_agg(part.line ORDER BY part.line) AS shape
    FROM pg_class JOIN part ON part.of = pg_class.oid
    WHERE relkind = 'r' AND relnamespace = ${schema}::regnamespace GROUP BY relname`);
  return new Map(rows.map(({ table, shape }) => [table, shape]));
}

it("every table that a projection fills has a shadow of its shape, and no other table has one", async () => {
  await using test = await createTestDatabase();
  const [live, shadows] = [await shapesOf(test.database, "public"), await shapesOf(test.database, "rebuild")];
  expect([...shadows.keys()].toSorted()).toEqual(projected);
  for (const table of projected) expect([table, shadows.get(table)]).toEqual([table, live.get(table)]);
});

it.each([
  "ADD COLUMN extra INT",
  "DROP COLUMN units",
  "ALTER COLUMN orders TYPE BIGINT",
  "ALTER COLUMN units DROP NOT NULL",
  "ALTER COLUMN orders SET DEFAULT 7",
  "DROP CONSTRAINT sales_by_day_pkey",
  "ADD UNIQUE (orders)",
  "ADD CHECK (orders >= 0)",
])("a shadow that drifted would be found: %s", async (change) => {
  await using test = await createTestDatabase();
  const before = (await shapesOf(test.database, "rebuild")).get("sales_by_day");
  await test.pool.query(`ALTER TABLE rebuild.sales_by_day ${change}`);
  expect((await shapesOf(test.database, "rebuild")).get("sales_by_day")).not.toEqual(before);
});
