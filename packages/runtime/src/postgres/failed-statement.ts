/**
 * Postgres answers the COMMIT of a transaction in which a statement failed with a rollback and no error: work that
 * swallowed the failure would be told that it was written. Here it fails with what it swallowed.
 */
import type { Sql, SqlExecutor } from "../sql.ts";

export async function failWithFailedStatement<Result>(
  tx: SqlExecutor,
  work: (tx: SqlExecutor) => Promise<Result>,
): Promise<Result> {
  const failures: unknown[] = [];
  const result = await work({
    async query<Row>(statement: Sql) {
      try {
        const rows = await tx.query<Row>(statement);
        if (statement.text.startsWith("ROLLBACK TO SAVEPOINT")) failures.length = 0; // undone, failures and all
        return rows;
      } catch (error) {
        failures.push(error);
        throw error;
      }
    },
  });
  if (failures.length > 0) throw failures[0];
  return result;
}
