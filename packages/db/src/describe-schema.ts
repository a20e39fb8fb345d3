/**
 * The schema as SQL that can be run: what Prisma cannot express (triggers, functions, checks, partial and expression indexes) as
 * well as what it can. The job queue's schema, Prisma's `_prisma_migrations`, and the roles and their grants are left out.
 */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";

/** Functions first, as indexes and triggers use them; then table by table; last the keys from one table to another. */
const statements = (among: Sql): Sql => sql`
  WITH ours AS (
    SELECT oid, relkind, oid::regclass::text AS name, ' WITH (' || array_to_string(reloptions, ', ') || ')' AS settings FROM pg_class
    WHERE relnamespace::regnamespace::text IN ('public', 'rebuild') AND relname <> '_prisma_migrations' AND ${among}
  ), columns AS (
    SELECT attrelid, string_agg(format(E'\n  %I %s%s%s', attname, format_type(atttypid, atttypmod),
             ' DEFAULT ' || pg_get_expr(adbin, adrelid), CASE WHEN attnotnull THEN ' NOT NULL' END), ',' ORDER BY attnum) AS list
    FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attnum > 0 AND NOT attisdropped GROUP BY attrelid
  ), statement AS (
    SELECT '' AS of, 0 AS step, format('CREATE EXTENSION IF NOT EXISTS %I', extname) AS text FROM pg_extension WHERE extname <> 'plpgsql' AND ${among === ALL}
    UNION ALL
    SELECT '', 1, trim(E'\n' FROM pg_get_functiondef(oid)) FROM pg_proc
    WHERE pronamespace::regnamespace::text IN ('public', 'rebuild')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
      AND (oid IN (SELECT tgfoid FROM pg_trigger JOIN ours ON ours.oid = tgrelid) OR ${among === ALL})
    UNION ALL
    SELECT name, step, text
    FROM pg_sequence JOIN pg_depend ON objid = seqrelid AND deptype = 'a' JOIN ours ON ours.oid = refobjid
    JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid, LATERAL (VALUES
      (1, format('CREATE SEQUENCE %s AS %s', seqrelid::regclass, format_type(seqtypid, NULL))),
      (3, format('ALTER SEQUENCE %s OWNED BY %s.%I', seqrelid::regclass, name, attname))) AS made(step, text)
    UNION ALL
    SELECT name, 2, format(E'CREATE TABLE %s (%s\n)%s', name, list, settings) FROM ours JOIN columns ON attrelid = oid WHERE relkind = 'r'
    UNION ALL
    SELECT name, 2, format(E'CREATE VIEW %s AS\n%s', name, trim(';' FROM pg_get_viewdef(oid))) FROM ours WHERE relkind IN ('v', 'm')
    UNION ALL
    SELECT name, CASE contype WHEN 'f' THEN 6 ELSE 3 END, format('ALTER TABLE %s ADD CONSTRAINT %I %s', name, conname, pg_get_constraintdef(pg_constraint.oid))
    FROM pg_constraint JOIN ours ON ours.oid = conrelid WHERE contype <> 'n'
    UNION ALL
    SELECT name, 4, pg_get_indexdef(indexrelid) FROM pg_index JOIN ours ON ours.oid = indrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)
    UNION ALL
    SELECT name, 5, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN ours ON ours.oid = tgrelid WHERE NOT tgisinternal
  )
  SELECT text FROM statement ORDER BY step = 6, of COLLATE "C", step, text COLLATE "C"`;

const ALL = sql`true`;

/**
 * Always in the same order.
 * @param tables without them all of `public` and `rebuild`
 */
export async function describeSchema(db: SqlExecutor, tables?: readonly string[]): Promise<string> {
  const rows = await db.query<{ text: string }>(
    statements(tables === undefined ? ALL : sql`relname = ANY(${tables}::name[])`),
  );
  return rows.map(({ text }) => `${text};\n`).join("\n");
}
