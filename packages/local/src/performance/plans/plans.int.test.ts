import { createTestDatabase } from "@tillstream/db/testing";
import { publishAll } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { explain, explainGeneric, tablesAbove } from "./explain.ts";
import { fillHistory } from "./fill.ts";
import { hotStatements } from "./hot-statements.ts";
import { questions } from "./questions.ts";

const EVENTS = 20_000;
const BIG_ROWS = 4_000;

it("every question of the hot paths and the console is answered from its index, as is every statement of an order, and one without an index is found out", async () => {
  await using test = await createTestDatabase();
  await fillHistory(test.database, EVENTS);
  const big = await tablesAbove(test.database, BIG_ROWS);
  const plans = [];
  for (const question of questions(EVENTS)) plans.push(await explain(test.database, question, big));
  expect(
    plans.filter(({ asExpected }) => !asExpected).map(({ question, lines }) => [question.title, ...lines]),
  ).toEqual([]);
  const unindexed = {
    title: "none",
    sql: sql`SELECT * FROM events WHERE data ->> 'total' = '7'`,
    indexes: ["events_pkey"],
  };
  expect((await explain(test.database, unindexed, big)).asExpected).toBe(false);

  // As usually: with a backlog as large as a tenth of the log, reading the log whole is right.
  await publishAll(test.database);
  await test.database.query(sql`ANALYZE outbox_events`);
  const { ofOrders } = await hotStatements();
  const hot = await explainGeneric(test.database, ofOrders, big);
  expect(hot.filter(({ readWhole }) => readWhole.length > 0)).toEqual([]);
  expect(hot.map(({ text }) => text)).toContainEqual(expect.stringContaining("INSERT INTO orders"));
  const [found] = await explainGeneric(test.database, new Map([["SELECT FROM orders WHERE total = $1", 1]]), big);
  expect(found?.readWhole).toEqual(["orders"]);
}, 120_000);
