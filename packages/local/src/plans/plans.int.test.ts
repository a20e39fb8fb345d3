import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { explain } from "./explain.ts";
import { fillHistory } from "./fill.ts";
import { questions } from "./questions.ts";

const EVENTS = 40_000;

it("every question of the hot paths and the console is answered from its index, and one without an index is found out", async () => {
  await using test = await createTestDatabase();
  await fillHistory(test.database, EVENTS);
  const plans = [];
  for (const question of questions(EVENTS)) plans.push(await explain(test.database, question));
  expect(
    plans.filter(({ asExpected }) => !asExpected).map(({ question, lines }) => [question.title, ...lines]),
  ).toEqual([]);
  const unindexed = {
    title: "none",
    sql: sql`SELECT * FROM events WHERE data ->> 'total' = '7'`,
    indexes: ["events_pkey"],
  };
  expect((await explain(test.database, unindexed)).asExpected).toBe(false);
}, 60_000);
