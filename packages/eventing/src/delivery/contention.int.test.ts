/** Postgres fails a handler's statement for a reason that is not the event's: it never waits for an operator because of that. */
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { listRetries } from "../dead-letters/queries.ts";
import { requestRetry } from "../dead-letters/retries.ts";
import { Added } from "../testing/counter.ts";
import { createDatabaseWithEffects, effect, effectsIn } from "../testing/effects.ts";
import { CONTENTION, failWith } from "../testing/failures.ts";
import { deadLetterOf, ONCE, release, untilNothingIsDue } from "../testing/releasing.ts";
import { publish, stepper } from "../testing/subscribing.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import type { EventRetryPolicy } from "../subscription/retry-policy.ts";

const ATTEMPTS = 10;

/** Fails for stream `a` as `failure` says. */
function consumerOf(failure: () => string | undefined, retry: EventRetryPolicy) {
  return defineConsumer(
    "ledger",
    [
      on(Added, async (tx, { streamId }) => {
        await tx.query(effect(streamId));
        const sqlState = streamId === "a" ? failure() : undefined;
        if (sqlState === "own") throw new Error("cannot take it");
        // A handler may make its own of what it was told.
        if (sqlState !== undefined)
          await failWith(tx, sqlState).catch(() => Promise.reject(new Error("could not write")));
      }),
    ],
    { retry, partitions: 1 },
  );
}

const makeDue = (db: Database) =>
  db.query(sql`UPDATE dead_letters SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL`);
const letters = (db: Database) => db.query(sql`SELECT event_id, status, attempts FROM dead_letters ORDER BY position`);

it.for(CONTENTION)(
  "%s: the event is blocked and retried until it works, others go on, and no attempt is used up",
  async (sqlState) => {
    await using test = await createDatabaseWithEffects();
    const { database } = test;
    await publish(database, ["a", "a", "b"]);
    let failing = true;
    const consumer = consumerOf(() => (failing ? sqlState : undefined), ONCE);
    const step = stepper(database, consumer);
    await step();
    expect(await effectsIn(database)).toEqual({ b: 1 });
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      expect(await release(database, consumer)).toBe(0); // not before its wait is over
      await makeDue(database);
      expect(await release(database, consumer)).toBe(1);
    }
    expect(await letters(database)).toEqual([
      { event_id: "a:1", status: "retrying", attempts: 0 },
      { event_id: "a:2", status: "waiting", attempts: 0 },
    ]);
    failing = false;
    await makeDue(database);
    await untilNothingIsDue(database, consumer);
    expect(await effectsIn(database)).toEqual({ a: 2, b: 1 });
    expect(await letters(database)).toMatchObject([{ status: "resolved" }, { status: "resolved" }]);
  },
);

it("the wait grows with the time that a lock has been in the way, up to ten seconds", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"]);
  const consumer = consumerOf(() => "55P03", ONCE);
  await stepper(database, consumer)();
  const waitSeconds = async () => {
    const [letter] = await database.query<{ wait: number }>(
      sql`SELECT extract(epoch FROM next_attempt_at - last_failed_at)::float8 AS wait FROM dead_letters`,
    );
    return letter?.wait ?? expect.fail();
  };
  expect(await waitSeconds()).toBeLessThan(2);
  for (const [failingFor, atLeast, below] of [
    ["5 seconds", 5, 7.6],
    ["3 minutes", 10, 12.6], // a quarter of jitter at most
  ] as const) {
    await database.query(
      sql`UPDATE dead_letters SET next_attempt_at = now(), first_failed_at = now() - ${failingFor}::interval`,
    );
    await release(database, consumer);
    expect(await waitSeconds()).toBeGreaterThanOrEqual(atLeast);
    expect(await waitSeconds()).toBeLessThan(below);
  }
});

it("a failure of the event's own is counted from the first of these", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"]);
  let failure = "40P01";
  const consumer = consumerOf(() => failure, { ...ONCE, attempts: 2 });
  await stepper(database, consumer)();
  failure = "own";
  await makeDue(database);
  await release(database, consumer);
  expect(await letters(database)).toMatchObject([{ status: "retrying", attempts: 1 }]);
  await makeDue(database);
  await release(database, consumer);
  expect(await letters(database)).toMatchObject([{ status: "parked", attempts: 2 }]);
});

it("a retry that an operator asked for is not over before it has been made", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"]);
  let failure: string | undefined = "own";
  const consumer = consumerOf(() => failure, ONCE);
  await stepper(database, consumer)();
  expect(await letters(database)).toMatchObject([{ status: "parked" }]);
  const selection = { ids: [await deadLetterOf(database, "a:1")] };
  await requestRetry(database, { actor: "user:op", reason: "again", selection, perSecond: 10, stopOnFailure: true });
  failure = "55P03";
  await release(database, consumer);
  expect(await letters(database)).toMatchObject([{ status: "retrying", attempts: 1 }]);
  expect(await listRetries(database, 1)).toMatchObject([{ status: "running", pending: 1 }]);
  failure = undefined;
  await makeDue(database);
  await release(database, consumer);
  expect(await listRetries(database, 1)).toMatchObject([{ status: "completed", delivered: 1 }]);
});
