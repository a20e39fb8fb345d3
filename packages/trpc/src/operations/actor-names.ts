/** Who did it, by name: the logins among the actors of a page, in one query. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

const PERSON = "user:";

interface Named {
  /** Null for an actor without a login. */
  readonly actorName: string | null;
}

/** Each row with the name of its actor. */
export async function withActorNames<Row>(
  db: SqlExecutor,
  rows: readonly Row[],
  actorOf: (row: Row) => string | null,
): Promise<(Row & Named)[]> {
  const people = rows.map(actorOf).flatMap((actor) => (actor?.startsWith(PERSON) ? [actor.slice(PERSON.length)] : []));
  const names = await namesOf(db, [...new Set(people)]);
  return rows.map((row) => ({ ...row, actorName: names.get(actorOf(row) ?? "") ?? null }));
}

async function namesOf(db: SqlExecutor, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const logins = await db.query<{ id: string; name: string }>(sql`
    SELECT id, name FROM auth_users WHERE id = ANY(${ids}::text[])`);
  return new Map(logins.map(({ id, name }) => [`${PERSON}${id}`, name]));
}
