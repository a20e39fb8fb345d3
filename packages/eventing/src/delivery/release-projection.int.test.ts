import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { rebuildNext, requestRebuild } from "../rebuild/rebuild.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { createGate } from "../testing/gate.ts";
import { untilSomebodyWaitsForALock } from "../testing/locks.ts";
import { release } from "../testing/releasing.ts";
import { sharedRow, sharedSum } from "../testing/shared-row.ts";
import { createDatabaseWithSums } from "../testing/sums.ts";
import { publish, stepper } from "../testing/subscribing.ts";
import { listDeadLetters } from "../dead-letters/queries.ts";
import { requestRetry } from "../dead-letters/retries.ts";

const POISON = 13;

/** Blocks these streams at their first event, by a projection that fails on everything. */
async function block(db: Database, streams: readonly string[]): Promise<void> {
  await publish(db, streams, POISON);
  await stepper(db, sharedRow({ fails: (by) => by === POISON }))();
  expect((await listDeadLetters(db, { limit: 100 })).length).toBe(streams.length);
  await db.query(sql`UPDATE dead_letters SET status = 'parked', next_attempt_at = NULL`);
}

async function makeDue(db: Database): Promise<void> {
  await requestRetry(db, {
    actor: "op",
    reason: "fixed",
    selection: { limit: 100 },
    perSecond: 1e6,
    stopOnFailure: false,
  });
}

/** The projection as it is after the fix; its first read of the row waits at a gate. */
function waitingOnce() {
  const gate = createGate();
  let first = true;
  const onRead = async () => {
    const waits = first;
    first = false;
    if (waits) await gate.wait();
  };
  return { gate, projection: sharedRow({ onRead }) };
}

it("dead letters of many streams that share a row of a read model all count when they are released together", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  const streams = Array.from({ length: 16 }, (_, index) => `s${index}`);
  await block(database, streams);
  await makeDue(database);
  const fixed = sharedRow();
  const workers = () => Promise.all([release(database, fixed), release(database, fixed)]);
  while (Math.max(...(await workers())) > 0);
  expect(await listDeadLetters(database, { limit: 100 })).toEqual([]);
  expect(await sharedSum(database)).toBe(16 * POISON);
});

it("the runner of a projection neither writes beside a release nor waits for it", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  await block(database, ["blocked"]);
  await publish(database, ["live"]);
  await makeDue(database);
  const { gate, projection } = waitingOnce();
  const step = stepper(database, projection);
  const releasing = release(database, projection);
  await gate.reached;
  expect((await step()).passed).toBe(0);
  gate.open();
  expect(await releasing).toBe(1);
  expect((await step()).passed).toBe(1);
  expect(await sharedSum(database)).toBe(POISON + 1);
});

it("a release under way when a rebuild is swapped in counts once, and nothing that it read goes over the healed row", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  await block(database, ["blocked"]);
  await publish(database, ["live"]);
  await stepper(database, sharedRow())();
  await database.query(sql`UPDATE sums SET n = 1000`);
  await makeDue(database);
  const { gate, projection } = waitingOnce();
  await requestRebuild(database, [projection], projection.name, "test");
  const releasing = release(database, projection);
  await gate.reached;
  const swapping = rebuildNext(database, projection, catalogueOf(projection), 100);
  await Promise.race([swapping, untilSomebodyWaitsForALock(database)]);
  gate.open();
  await releasing;
  expect(await swapping).toEqual({ swapped: true });
  expect(await sharedSum(database)).toBe(POISON + 1);
  expect(await listDeadLetters(database, { limit: 100 })).toEqual([]);
});

it("what a swap has brought back is not released on top of it", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  await block(database, ["blocked"]);
  await makeDue(database);
  const { gate, projection } = waitingOnce();
  await requestRebuild(database, [projection], projection.name, "test");
  const swapping = rebuildNext(database, projection, catalogueOf(projection), 100);
  await gate.reached;
  const releasing = release(database, projection);
  await Promise.race([releasing, untilSomebodyWaitsForALock(database)]);
  gate.open();
  await swapping;
  expect(await releasing).toBe(0);
  expect(await sharedSum(database)).toBe(POISON);
});
