/** Asks Postgres how it answers a question, having it answer once. */
import { raw, sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import type { Question } from "./questions.ts";

export interface Plan {
  readonly question: Question;
  readonly lines: readonly string[];
  readonly milliseconds: number;
  /** Whether the index that it must use is used, and no big table is read whole. */
  readonly asExpected: boolean;
}

const BIG_TABLES =
  /Seq Scan on (events|event_log|outbox_events|orders|shipments|order_view|processed_events|sagas|saga_steps)\b/;

export async function explain(db: Database, question: Question): Promise<Plan> {
  const statement = sql`${raw("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ")}${question.sql}`;
  await db.query(statement); // warms the cache
  const rows = await db.query<{ "QUERY PLAN": string }>(statement);
  const lines = rows.map((row) => row["QUERY PLAN"]);
  const text = lines.join("\n");
  const milliseconds = Number(/Execution Time: ([\d.]+) ms/.exec(text)?.[1] ?? "0");
  const usesIndex = question.indexes === undefined || question.indexes.some((index) => text.includes(index));
  return { question, lines, milliseconds, asExpected: usesIndex && !BIG_TABLES.test(text) };
}
