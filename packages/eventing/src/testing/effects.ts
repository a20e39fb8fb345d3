/** A table of a test's own, in which every time something took effect shows. */
import { createTestDatabase } from "@tillstream/db/testing";
import type { TestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database, Sql, SqlExecutor } from "@tillstream/runtime";

export async function createDatabaseWithEffects(): Promise<TestDatabase> {
  const test = await createTestDatabase();
  await test.database.query(
    sql`CREATE TABLE effects (id int GENERATED ALWAYS AS IDENTITY, name text NOT NULL, amount int NOT NULL)`,
  );
  return test;
}

export function effect(name: string, amount = 1): Sql {
  return sql`INSERT INTO effects (name, amount) VALUES (${name}, ${amount}::int)`;
}

/** The sum of the amounts by name, in the order of names. */
export async function effectsIn(db: SqlExecutor): Promise<Record<string, number>> {
  const rows = await db.query<{ name: string; amount: number }>(
    sql`SELECT name, sum(amount)::int AS amount FROM effects GROUP BY name ORDER BY name`,
  );
  return Object.fromEntries(rows.map(({ name, amount }) => [name, amount]));
}

/** A database of its own for a bus under test. */
export async function databaseForBus(): Promise<{ readonly db: Database } & AsyncDisposable> {
  const test = await createTestDatabase();
  return { db: test.database, [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
}
