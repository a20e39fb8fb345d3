import { systemScheduler } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { Refusal } from "../event/refusal.ts";
import { testMetadata } from "../testing/counter.ts";
import { outcomeOf } from "../testing/outcome-of.ts";
import { firstStepWhere } from "./expression.ts";
import type { ReplayStep } from "./replay.ts";

/** Of a counter that each event counts up by one. */
async function* counted(count: number): AsyncGenerator<ReplayStep> {
  for (let version = 1; version <= count; version += 1) {
    const event = {
      eventId: `counter-1:${version}`,
      streamId: "counter-1",
      streamType: "counter",
      version,
      type: "Added",
      schemaVersion: 1,
      data: { by: 1 },
      metadata: testMetadata,
      recordedAt: new Date(0),
    };
    yield await Promise.resolve({ event, state: { total: version }, changes: [] });
  }
}

it.each([
  ['$contains("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)', "takes too long"],
  ["($again := function() { $again() }; $again())", "takes too long"],
  ['$length($pad("x", 5e8))', "takes too"],
  ["[1..9999999].[1..9999999]", "takes too"],
])("%s ends by itself, and nothing else waits for it", async (expression, problem) => {
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 5);
  const outcome = await outcomeOf(firstStepWhere(counted(3), expression, systemScheduler));
  clearInterval(turning);
  expect(outcome).toMatchObject({ code: "EXPRESSION_INVALID", message: expect.stringContaining(problem) });
  expect(turns).toBeGreaterThan(2);
  await expect(firstStepWhere(counted(250), "total = 205", systemScheduler)).resolves.toMatchObject({
    state: { total: 205 },
  });
});

it("evaluates for a few at once, and asks the others to wait", async () => {
  const asked = await Promise.all(
    [1, 2, 3, 4].map((total) => outcomeOf(firstStepWhere(counted(5), `total = ${total}`, systemScheduler))),
  );
  expect(asked.map((outcome) => (outcome instanceof Refusal ? outcome.code : "found")).toSorted()).toEqual([
    "EXPRESSIONS_BUSY",
    "EXPRESSIONS_BUSY",
    "found",
    "found",
  ]);
});
