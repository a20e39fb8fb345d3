/** Failures of Postgres that say nothing about what was asked, made by Postgres itself. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

/** Lock timeout, statement timeout or cancellation, serialization failure, deadlock. */
export const CONTENTION = ["55P03", "57014", "40001", "40P01"] as const;

/** Fails with an error of this SQLSTATE. */
export async function failWith(tx: SqlExecutor, sqlState: string): Promise<void> {
  await tx.query(sql`SELECT set_config('test.sqlstate', ${sqlState}, true)`);
  await tx.query(
    sql`DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = current_setting('test.sqlstate'); END $$`,
  );
}
