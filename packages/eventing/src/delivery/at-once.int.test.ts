import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { createEventCatalogue } from "../event/catalogue.ts";
import { Refusal } from "../event/refusal.ts";
import { outcomeOf } from "../testing/outcome-of.ts";
import { rebuildNext, requestRebuild } from "../rebuild/rebuild.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { counterEvents } from "../testing/counter.ts";
import { release } from "../testing/releasing.ts";
import { sharedRow, sharedSum } from "../testing/shared-row.ts";
import { createDatabaseWithSums } from "../testing/sums.ts";
import { publish, stepper } from "../testing/subscribing.ts";
import { discardDeadLetter, editAndRetry } from "../dead-letters/resolve.ts";
import { listDeadLetters } from "../dead-letters/queries.ts";
import { requestRetry, stopRetry } from "../dead-letters/retries.ts";

const ACTOR = { actor: "user:op", reason: "a busy day" };
const ALL = { ...ACTOR, selection: { limit: 100 }, perSecond: 500 };
const STREAMS = ["a", "b", "c", "d", "e"];
const ROUNDS_HELD = 10;
/** Until then enough of everything has happened at the same time. */
const ROUNDS_MAX = 100;
const FAILS_EVERY = 3;
const DISCARDS = 4;
const SWAPS = 2;
const catalogue = createEventCatalogue(counterEvents);

/** What waits for its backoff waits for an operator now. */
const park = (db: Database) =>
  db.query(sql`
    WITH open AS (SELECT id FROM dead_letters WHERE status = 'retrying' AND retry_id IS NULL ORDER BY position, id FOR UPDATE)
    UPDATE dead_letters letter SET status = 'parked', next_attempt_at = NULL FROM open WHERE letter.id = open.id`);

it("partitions, releases, rebuilds, retries and resolutions at once never deadlock, and everything counts once", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  let calls = 0;
  const projection = sharedRow({ fails: () => (calls += 1) % FAILS_EVERY === 0 });
  const steady = sharedRow();
  const step = stepper(db, projection, { batchSize: 4 });
  let running = true;
  let discarded = 0;
  let swaps = 0;
  let rounds = 0;

  async function untilDone(work: () => Promise<unknown>): Promise<void> {
    try {
      while (running) await work();
    } finally {
      running = false;
    }
  }
  async function rebuild(): Promise<void> {
    await requestRebuild(db, [steady], steady.name, "test");
    const progress = await rebuildNext(db, steady, catalogueOf(steady), 25);
    if (progress?.swapped === true) swaps += 1;
  }
  async function retry(stopping: boolean): Promise<void> {
    await park(db);
    const asked = await outcomeOf(requestRetry(db, { ...ALL, stopOnFailure: true }));
    if (stopping && !(asked instanceof Refusal)) await outcomeOf(stopRetry(db, asked.retryId));
  }
  async function resolve(): Promise<void> {
    if (discarded >= DISCARDS) return void (await outcomeOf(requestRetry(db, { ...ALL, stopOnFailure: false })));
    const [newest, next] = await listDeadLetters(db, { limit: 2 });
    if (newest !== undefined && (await outcomeOf(discardDeadLetter(db, Number(newest.id), ACTOR))) === undefined)
      discarded += 1;
    if (next !== undefined)
      await outcomeOf(editAndRetry(db, catalogue, Number(next.id), { ...ACTOR, data: { by: 1 } }));
  }
  async function publishRound(): Promise<void> {
    await publish(db, STREAMS);
    rounds += 1;
  }
  async function publishUntilEnough(): Promise<void> {
    while (rounds < ROUNDS_MAX && (discarded < DISCARDS || swaps < SWAPS)) await publishRound();
    running = false;
  }
  while (rounds < ROUNDS_HELD) await publishRound();
  await stepper(db, sharedRow({ fails: () => true }))();
  const releaseFlaky = () => release(db, projection);
  const retries = [() => retry(false), () => retry(true)];
  const loops = [step, step, releaseFlaky, releaseFlaky, rebuild, ...retries, resolve];
  await Promise.all([publishUntilEnough(), ...loops.map(untilDone)]);

  const last = stepper(db, steady);
  while ((await last()).passed > 0);
  for (let open = 1; open > 0; open = (await listDeadLetters(db, { limit: 10 })).length) {
    await retry(false);
    await release(db, steady);
  }
  const expected = rounds * STREAMS.length - discarded;
  expect(await sharedSum(db)).toBe(expected);
  await requestRebuild(db, [steady], steady.name, "test");
  while ((await rebuildNext(db, steady, catalogueOf(steady), 50))?.swapped === false);
  expect(await sharedSum(db)).toBe(expected);
  expect(await db.query(sql`SELECT FROM dead_letter_retries WHERE status = 'running'`)).toEqual([]);
  expect(discarded).toBeGreaterThanOrEqual(DISCARDS);
  expect(swaps).toBeGreaterThanOrEqual(SWAPS);
});
