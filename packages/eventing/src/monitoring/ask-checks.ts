/** Asks checks: those of the database in one statement, and each by itself where that fails, to know which cannot be asked. */
import { join, sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import type { Check, Reading } from "./check.ts";

/** What a check answered, or why it could not be asked. */
export type Answer = { readonly readings: readonly Reading[] } | { readonly problem: string };

const PROBLEM_LENGTH_MAX = 300;

type OfDatabase = Check & { readonly readings: Sql };
type ReadingRow = Reading & { readonly name: string };

const isOfDatabase = (check: Check): check is OfDatabase => typeof check.readings !== "function";

/** The answers by name. Rejects when the database does not answer at all. */
export async function askChecks(db: SqlExecutor, checks: readonly Check[]): Promise<ReadonlyMap<string, Answer>> {
  const ofDatabase = checks.filter(isOfDatabase);
  const asked = checks.flatMap(({ name, readings }) =>
    typeof readings === "function" ? [answerOf(readings).then((answer) => [name, answer] as const)] : [],
  );
  const together = await askTogether(db, ofDatabase).catch(() => undefined);
  const answers = new Map(await Promise.all(asked));
  for (const check of ofDatabase) {
    const readings = together?.filter(({ name }) => name === check.name);
    answers.set(check.name, readings === undefined ? await answerOf(() => askTogether(db, [check])) : { readings });
  }
  if (ofDatabase.length > 0 && ofDatabase.every(({ name }) => "problem" in (answers.get(name) ?? {})))
    await askTogether(db, ofDatabase);
  return answers;
}

async function askTogether(db: SqlExecutor, checks: readonly OfDatabase[]): Promise<readonly ReadingRow[]> {
  if (checks.length === 0) return [];
  const parts = checks.map(
    ({ name, readings }) => sql`
      SELECT ${name} AS name, reading.subject, reading.value, reading.detail
      FROM (${readings}) AS reading(subject, value, detail)`,
  );
  return db.query<ReadingRow>(join(parts, " UNION ALL "));
}

async function answerOf(ask: () => Promise<readonly Reading[]>): Promise<Answer> {
  try {
    return { readings: await ask() };
  } catch (error) {
    return { problem: (error instanceof Error ? error.message : String(error)).slice(0, PROBLEM_LENGTH_MAX) };
  }
}
