/** What operators say about a run or a dead letter is kept for good: the shop takes out the names of persons. */
import type { Sql, SqlExecutor } from "@tillstream/runtime";

/**
 * What was said, as it may be kept.
 * @param subjects what it is about: subjects of runs, ids of streams
 */
export type Redact = (db: SqlExecutor, subjects: readonly string[], said: string) => Promise<string>;

/** The input, its reason without the names of persons; `about` selects one column, `subject`. */
export function redacting<Input extends { readonly reason: string }>(
  redact: Redact | undefined,
  about: (input: Input) => Sql,
): (db: SqlExecutor, input: Input) => Promise<Input> {
  return async (db, input) => {
    if (redact === undefined) return input;
    const rows = await db.query<{ subject: string }>(about(input));
    return {
      ...input,
      reason: await redact(
        db,
        rows.map(({ subject }) => subject),
        input.reason,
      ),
    };
  };
}
