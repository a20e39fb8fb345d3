import { createTestDatabase } from "@tillstream/db/testing";
import { systemScheduler } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { Refusal } from "../event/refusal.ts";
import { outcomeOf } from "../testing/outcome-of.ts";
import { appendEvents } from "../store/append.ts";
import { loadAggregate } from "../aggregate/load.ts";
import { writeSnapshot } from "../aggregate/snapshots.ts";
import { Added, counterAggregate, Reset, testMetadata } from "../testing/counter.ts";
import { firstStepWhere } from "./expression.ts";
import { replayStream } from "./replay.ts";

const events = [Added.create({ by: 5 }), Added.create({ by: -9 }), Reset.create({}), Added.create({ by: 1 })];

it("each step shows the state after its event and what changed", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await appendEvents(database, {
    streamId: "counter-1",
    streamType: "counter",
    expectedVersion: "new",
    events,
    metadata: testMetadata,
  });
  const steps = await Array.fromAsync(replayStream(database, counterAggregate(), "counter-1", { version: 3 }));
  expect(steps.map(({ event, state, changes }) => ({ version: event.version, state, changes }))).toEqual([
    {
      version: 1,
      state: { total: 5, additions: 1 },
      changes: [
        { path: "/total", before: 0, after: 5 },
        { path: "/additions", before: 0, after: 1 },
      ],
    },
    {
      version: 2,
      state: { total: -4, additions: 2 },
      changes: [
        { path: "/total", before: 5, after: -4 },
        { path: "/additions", before: 1, after: 2 },
      ],
    },
    { version: 3, state: { total: 0, additions: 2 }, changes: [{ path: "/total", before: -4, after: 0 }] },
  ]);
});

it("finds the first event after which something is true, or says that nothing ever was", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await appendEvents(database, {
    streamId: "counter-1",
    streamType: "counter",
    expectedVersion: "new",
    events,
    metadata: testMetadata,
  });
  const first = async (text: string) => {
    const steps = replayStream(database, counterAggregate(), "counter-1");
    const step = await outcomeOf(firstStepWhere(steps, text, systemScheduler));
    return step instanceof Refusal ? step.message : step?.event.version;
  };
  expect(await first("total < 0")).toBe(2);
  expect(await first("additions = 3 and $event.type = 'Added'")).toBe(4);
  expect(await first("total > 100")).toBeUndefined();
  expect(await first("$error('no')")).toMatch(/not understood: after counter-1:1, no/);
  expect(await first("total <")).toMatch(/at character/);
});

it("from the middle each step is as it is from the beginning, from wherever the snapshots are", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const counter = counterAggregate();
  await appendEvents(database, {
    streamId: "counter-1",
    streamType: "counter",
    expectedVersion: "new",
    events: Array.from({ length: 30 }, (_, at) => Added.create({ by: at })),
    metadata: testMetadata,
  });
  const stepsOf = (range: { afterVersion?: number; version?: number }) =>
    Array.fromAsync(replayStream(database, counter, "counter-1", range));
  const all = await stepsOf({});
  for (const version of [10, 20]) {
    await writeSnapshot(
      database,
      counter,
      "counter-1",
      await loadAggregate(database, counter, "counter-1", { version }),
    );
    for (const afterVersion of [0, 9, 10, 15, 29, 30, 99])
      expect(await stepsOf({ afterVersion, version: afterVersion + 5 })).toEqual(
        all.slice(afterVersion, afterVersion + 5),
      );
  }
});
