/** Which database this is: another one after a reset or a move, and another for each copy. */
import { sql } from "../sql.ts";
import type { SqlExecutor } from "../sql.ts";

export async function databaseIdentity(db: SqlExecutor): Promise<string> {
  const rows = await db.query<{ identity: string }>(
    sql`SELECT id || '/' || current_database() AS identity FROM database_identity`,
  );
  if (rows[0] === undefined) throw new Error("database_identity is empty: the database is not migrated");
  return rows[0].identity;
}
