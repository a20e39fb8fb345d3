/**
 * What the servers change in a database, table by table: a trigger on every table notes a digest of each row that comes, and of each
 * that goes, in the transaction that does it, so that what is rolled back was never noted. Together they are the difference of a sum
 * over all tables before and after, without reading them. What the test itself writes is not noted.
 */
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";

export interface Written {
  /** The tables that hold something else than at the last call. */
  changed(): Promise<readonly string[]>;
}

/** @param db the owner's */
export async function noteWrites(db: Database): Promise<Written> {
  await db.query(sql`CREATE SCHEMA noted`);
  await db.query(sql`CREATE TABLE noted.writes (relation text NOT NULL, digest bigint NOT NULL, by numeric NOT NULL)`);
  // Runs as the owner, no matter which role writes.
  await db.query(sql`
    CREATE FUNCTION noted.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      IF session_user = current_user THEN RETURN NULL; END IF;
      IF TG_OP <> 'DELETE' THEN INSERT INTO noted.writes VALUES (TG_TABLE_NAME, hashtextextended(NEW::text, 0), 1); END IF;
      IF TG_OP <> 'INSERT' THEN INSERT INTO noted.writes VALUES (TG_TABLE_NAME, hashtextextended(OLD::text, 0), -1); END IF;
      RETURN NULL;
    END $$`);
  await db.query(sql`
    DO $$
    DECLARE one regclass;
    BEGIN
      FOR one IN SELECT oid FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
        AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'noted')
      LOOP
        EXECUTE format('CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION noted.note()', one);
      END LOOP;
    END $$`);
  return {
    async changed() {
      const rows = await db.query<{ relation: string }>(sql`
        WITH noted AS (DELETE FROM noted.writes RETURNING *), differing AS (
          SELECT relation FROM noted GROUP BY relation, digest HAVING sum(by) <> 0
        ) SELECT DISTINCT relation FROM differing ORDER BY relation`);
      return rows.map(({ relation }) => relation);
    },
  };
}
