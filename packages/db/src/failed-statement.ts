/**
 * Postgres answers the COMMIT of a transaction in which a statement failed with a rollback and no error: work that
 * swallowed the failure would be told that it was written. Here it fails with what it swallowed.
 */
import type { SqlExecutor } from "@tillstream/runtime";

export async function failWithFailedStatement<Result>(
  tx: SqlExecutor,
  work: (tx: SqlExecutor) => Promise<Result>,
): Promise<Result> {
  const failures: unknown[] = [];
  const result = await work({
    async query(statement, options) {
      try {
        return await tx.query(statement, options);
      } catch (error) {
        failures.push(error);
        throw error;
      }
    },
  });
  if (failures.length > 0) throw failures[0];
  return result;
}
