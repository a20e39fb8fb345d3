import { createTestDatabase } from "@tillstream/db/testing";
import { expect, it } from "vitest";
import { outOfOrder, runOrdering } from "./ordering.ts";
import type { OrderingOptions } from "./ordering.ts";

const HOT: Omit<OrderingOptions, "db"> = {
  writers: 8,
  streams: 8,
  rollbackShare: 0.1,
  seconds: 10,
  openTransactionMs: 2_500,
  consumers: 3,
  hints: true,
};

it("polling by id loses late commits: every consumer of ours has every event once, each stream in order, and the naive reader loses some", async () => {
  await using test = await createTestDatabase();
  const run = await runOrdering({ ...HOT, db: test.database });
  expect(run.committed.size).toBeGreaterThan(100);
  for (const seen of run.seen) {
    expect(new Set(seen)).toEqual(run.committed);
    expect(seen.length).toBe(run.committed.size);
    expect(outOfOrder(seen)).toEqual([]);
  }
  // The event of the transaction that stayed open is one of those that a cursor by id has passed by.
  expect(run.seenNaively.has("late:1")).toBe(false);
}, 120_000);

it("a lost wake-up hides behind no poll: with every hint dropped everything still arrives", async () => {
  await using test = await createTestDatabase();
  const run = await runOrdering({
    ...HOT,
    db: test.database,
    seconds: 3,
    openTransactionMs: 0,
    hints: false,
    eventsPerSecond: 50,
  });
  for (const seen of run.seen) {
    expect(new Set(seen)).toEqual(run.committed);
    expect(outOfOrder(seen)).toEqual([]);
  }
}, 60_000);
