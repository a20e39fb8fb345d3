import { createLogger, sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { discardDeadLetter, editAndRetry } from "../dead-letters/resolve.ts";
import { deadLetterById, listDeadLetters } from "../dead-letters/queries.ts";
import { catchUp, publishAll } from "../deployment/drain.ts";
import { createEventCatalogue } from "../event/catalogue.ts";
import { appendEvents } from "../store/append.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { defineProjection } from "../subscription/projection.ts";
import type { Projection } from "../subscription/projection.ts";
import { Added, counterEvents, testMetadata } from "../testing/counter.ts";
import { createGate } from "../testing/gate.ts";
import { untilSomebodyWaitsForALock } from "../testing/locks.ts";
import { untilNothingIsDue } from "../testing/releasing.ts";
import { sharedRow, sharedSum } from "../testing/shared-row.ts";
import { createDatabaseWithSums, sumsView } from "../testing/sums.ts";
import type { Sum } from "../testing/sums.ts";
import { publish as publishTo, stepper } from "../testing/subscribing.ts";
import { listRebuilds, rebuildNext, requestRebuild } from "./rebuild.ts";

/** Sums per stream. */
const sums = defineProjection<Sum, typeof counterEvents>({
  ...sumsView,
  name: "sums",
  definitions: counterEvents,
  key: (event) => event.streamId,
  project: (row, event) => ({ id: event.streamId, n: event.type === "Added" ? (row?.n ?? 0) + event.data.by : 0 }),
});

async function publish(db: Database, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const streamId = `s${index % 7}`;
    const known = await db.query(sql`SELECT FROM events WHERE stream_id = ${streamId} LIMIT 1`);
    const expectedVersion = known.length > 0 ? "exists" : "new";
    await appendEvents(db, {
      streamId,
      streamType: "counter",
      expectedVersion,
      events: [Added.create({ by: index + 1 })],
      metadata: testMetadata,
    });
  }
  await publishAll(db);
}

const follow = (db: Database) => catchUp(db, createLogger("test", "silent"), sums, 20);

const rows = (db: SqlExecutor, schema = sql`public`) => db.query(sql`SELECT id, n FROM ${schema}.sums ORDER BY id`);
const rebuild = (db: Database, batchSize: number) => rebuildNext(db, sums, catalogueOf(sums), batchSize);

it("restores contents that were dropped or spoilt by hand, exactly", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  await publish(database, 60);
  await follow(database);
  const good = await rows(database);
  await database.query(sql`DELETE FROM sums WHERE id = 's1'`);
  await database.query(sql`UPDATE sums SET n = 1 WHERE id = 's2'`);
  await database.query(sql`INSERT INTO sums VALUES ('ghost', 1)`);
  expect(await requestRebuild(database, [sums], "sums", "test")).toBe("started");
  while ((await rebuild(database, 10))?.swapped === false);
  expect(await rows(database)).toEqual(good);
  expect(await rows(database, sql`rebuild`)).toEqual([]);
  expect((await listRebuilds(database))[0]).toMatchObject({ status: "swapped", position: 60 });
});

it("the live rows serve unchanged until the swap, and events that arrive meanwhile are in it", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  await publish(database, 50);
  await follow(database);
  const before = await rows(database);
  await requestRebuild(database, [sums], "sums", "test");
  expect(await rebuild(database, 10)).toEqual({ swapped: false });
  expect(await rebuild(database, 10)).toEqual({ swapped: false });
  expect(await rows(database)).toEqual(before);
  await publish(database, 30);
  await follow(database);
  const live = await rows(database);
  while ((await rebuild(database, 10))?.swapped === false);
  expect(await rows(database)).toEqual(live);
});

it("goes on where it was after a kill, and asking again while it runs changes nothing", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  await publish(database, 50);
  await follow(database);
  await requestRebuild(database, [sums], "sums", "test");
  await rebuild(database, 10);
  await rebuild(database, 10);
  expect(await requestRebuild(database, [sums], "sums", "test")).toBe("running");
  expect((await listRebuilds(database))[0]).toMatchObject({ status: "running", position: 20, startedAgainst: 50 });
  await rebuild(database, 10);
  expect((await listRebuilds(database))[0]).toMatchObject({ position: 30 });
});

it("the swap brings parked events of the projection back", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  await publish(database, 5);
  await follow(database);
  await database.query(sql`
    INSERT INTO dead_letters (consumer, event_id, stream_id, position, error, attempts) VALUES ('sums', 's1:1', 's1', 2, 'x', 4)`);
  await requestRebuild(database, [sums], "sums", "test");
  while ((await rebuild(database, 10))?.swapped === false);
  expect(await database.query(sql`SELECT status FROM dead_letters`)).toEqual([{ status: "resolved" }]);
});

it("a name that is not a projection is refused", async () => {
  await using test = await createDatabaseWithSums();
  const asked = requestRebuild(test.database, [sums], "nothing", "test");
  await expect(asked).rejects.toMatchObject({ code: "PROJECTION_NOT_FOUND" });
});

const ACTOR = { actor: "user:op", reason: "a mistake" };
const editable = createEventCatalogue(counterEvents);
const POISON = 13;

/** Blocks the projection's streams at the events that it cannot take; returns the oldest dead letter's id. */
async function holdOldest(db: Database, projection: Projection): Promise<number> {
  await stepper(db, projection)();
  const [letter] = (await listDeadLetters(db, { limit: 10 })).toReversed();
  return Number(letter?.id ?? expect.fail("nothing is blocked"));
}

async function rebuildToEnd(db: Database, projection: Projection): Promise<void> {
  while ((await rebuildNext(db, projection, catalogueOf(projection), 5))?.swapped === false);
  expect((await listRebuilds(db))[0]).toMatchObject({ status: "swapped" });
}

it("an event that was discarded for the projection has no part in its rebuild", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  const projection = sharedRow({ fails: (by) => by === POISON });
  await publishTo(database, ["bad"], POISON);
  await publishTo(database, ["good", "bad"]);
  expect(await discardDeadLetter(database, await holdOldest(database, projection), ACTOR)).toBeUndefined();
  await untilNothingIsDue(database, projection);
  await requestRebuild(database, [projection], projection.name, "test");
  await rebuildToEnd(database, projection);
  expect(await sharedSum(database)).toBe(2);
});

it("the edited copy of an event stays in its place, also before it is delivered", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  const projection = sharedRow({ fails: (by) => by === POISON });
  await publishTo(database, ["bad"], POISON);
  const id = await holdOldest(database, projection);
  expect(await editAndRetry(database, editable, id, { ...ACTOR, data: { by: 4 } })).toBeUndefined();
  await requestRebuild(database, [projection], projection.name, "test");
  await rebuildToEnd(database, projection);
  expect(await sharedSum(database)).toBe(4);
  expect(await deadLetterById(database, id)).toMatchObject({ status: "resolved" });
  await requestRebuild(database, [projection], projection.name, "test");
  await rebuildToEnd(database, projection);
  expect(await sharedSum(database)).toBe(4);
});

it("resolving an event that the shadow is just passing waits for the batch and has the shadow start over", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  await publishTo(database, ["bad"], POISON);
  const others = Array.from({ length: 20 }, (_, index) => `s${index}`);
  await publishTo(database, others);
  const id = await holdOldest(database, sharedRow({ fails: (by) => by === POISON }));
  const gate = createGate();
  const fixed = sharedRow({ onRead: gate.wait });
  await requestRebuild(database, [fixed], fixed.name, "test");
  const batch = rebuildNext(database, fixed, catalogueOf(fixed), 5);
  await gate.reached;
  const discarding = discardDeadLetter(database, id, ACTOR);
  await untilSomebodyWaitsForALock(database);
  gate.open();
  expect(await batch).toEqual({ swapped: false });
  expect(await discarding).toBeUndefined();
  expect((await listRebuilds(database))[0]).toMatchObject({ status: "running", position: 0 });
  await rebuildToEnd(database, fixed);
  expect(await sharedSum(database)).toBe(others.length);
});
