/** Whatever fails and whatever operators try: outside, no step is in effect twice, and the books of the last run are right. */
import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import fc from "fast-check";
import { expect, it } from "vitest";
import { refuse } from "../event/refusal.ts";
import { outcomeOf } from "../testing/outcome-of.ts";
import { driveTrip, tripRun, tripSaga } from "../testing/trip-saga.ts";
import type { Saga, StepContext } from "./definition.ts";
import { forkRun } from "./fork.ts";
import { retryStep } from "./operate.ts";
import { beginRun } from "./state.ts";

const OPERATOR = { actor: "user:op", reason: "tries" };
const STEPS = ["flight", "hotel", "car"];

/** What the next call meets: an answer, a refusal that is kept for its key where nothing took effect, a fault before or after it took effect. */
const faults = fc.array(fc.constantFrom("none", "pinned", "before", "after"), { maxLength: 12 });
/** What operators try, one after the other: a fork at a step, or a retry. */
const tries = fc.array(fc.constantFrom(...STEPS, "retry"), { minLength: 1, maxLength: 8 });

function outsideWith(script: readonly string[]) {
  const coming = [...script];
  const pinned = new Set<string>();
  const booked = new Map<string, "booked" | "cancelled">();
  const answered = new Set<string>();
  async function meet(key: string, effect: () => void) {
    const fault = coming.shift() ?? "none";
    if (fault === "pinned" && !answered.has(key)) pinned.add(key);
    if (pinned.has(key)) throw refuse("unprocessable", "PINNED", `${key} is refused`);
    if (fault === "before") throw new Error("it was away");
    effect();
    answered.add(key);
    if (fault === "after") throw new Error("its answer was lost");
  }
  const steps = STEPS.map((name) => ({
    name,
    retry: { attempts: 2, backoffMs: 0, backoffMsMax: 0 },
    action: {
      call: ({ idempotencyKey: key }: StepContext<unknown>) =>
        meet(key, () => booked.set(key, booked.get(key) ?? "booked")),
    },
    compensation: {
      call: ({ idempotencyKey, actionKey }: StepContext<unknown>) =>
        meet(idempotencyKey, () => booked.has(actionKey) && booked.set(actionKey, "cancelled")),
    },
  }));
  const inEffect = (name: string) =>
    [...booked].filter(([key, state]) => key.endsWith(`:${name}:action`) && state === "booked").length;
  return { steps, inEffect: () => STEPS.map(inEffect) };
}

async function lastRun(db: Database, subject: string) {
  const [run] = await db.query<{ sagaId: string; status: string }>(sql`
    SELECT saga_id AS "sagaId", status FROM sagas run WHERE subject = ${subject}
      AND NOT EXISTS (SELECT FROM sagas fork WHERE fork.forked_from = run.saga_id)`);
  return run ?? expect.fail("there is no run");
}

it(
  "no step is in effect twice, whatever fails and however runs are forked and retried",
  { timeout: 60_000 },
  async () => {
    await using test = await createTestDatabase();
    const { database } = test;
    let subjects = 0;
    let forks = 0;
    const property = fc.asyncProperty(
      faults,
      tries,
      fc.option(fc.constantFrom("flight", "hotel")),
      async (...drawn) => {
        const [script, acts, pointOfNoReturn] = drawn;
        const subject = String((subjects += 1));
        const { steps, inEffect } = outsideWith(script);
        const saga: Saga = { ...tripSaga([]), steps, ...(pointOfNoReturn !== null && { pointOfNoReturn }) };
        await database.transaction((tx) => beginRun(tx, saga, { ...tripRun, subject }));
        await driveTrip(database, saga);
        for (const act of acts) {
          const { sagaId } = await lastRun(database, subject);
          const done =
            act === "retry"
              ? retryStep(database, sagaId, OPERATOR)
              : forkRun(database, [saga], sagaId, { fromStep: act }, OPERATOR);
          if ("sagaId" in (await outcomeOf<object>(done))) forks += 1;
          await driveTrip(database, saga);
          const { status } = await lastRun(database, subject);
          expect(Math.max(...inEffect())).toBeLessThanOrEqual(1);
          if (status === "completed") expect(inEffect()).toEqual([1, 1, 1]);
          if (status === "compensated") expect(inEffect()).toEqual([0, 0, 0]);
        }
      },
    );
    await fc.assert(property, { numRuns: 150, seed: 7 });
    expect(forks).toBeGreaterThan(20);
  },
);
