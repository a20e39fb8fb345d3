/** A read model of the kernel's own tests: a sum by key, in a table that has a shadow. */
import { createTestDatabase } from "@tillstream/db/testing";
import type { TestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import { tableView } from "../subscription/table-view.ts";
import type { RowOf } from "../subscription/table-view.ts";

export const sumsView = tableView({ table: "sums", key: ["id"], columns: { id: "text", n: "integer" } });
export type Sum = RowOf<typeof sumsView>;

export async function createDatabaseWithSums(): Promise<TestDatabase> {
  const test = await createTestDatabase();
  for (const schema of [sql`public`, sql`rebuild`])
    await test.database.query(sql`CREATE TABLE ${schema}.sums (id text PRIMARY KEY, n integer NOT NULL)`);
  return test;
}
