import { createLogger, sql, systemScheduler } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { createEventCatalogue } from "../event/catalogue.ts";
import type { StoredEvent } from "../event/definition.ts";
import { isRefusal } from "../event/refusal.ts";
import { appendEvents } from "../store/append.ts";
import type { EventRetryPolicy } from "../subscription/retry-policy.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import type { Consumer } from "../subscription/consumer.ts";
import { Added, counterEvents, testMetadata } from "../testing/counter.ts";
import { createDatabaseWithEffects, effect, effectsIn } from "../testing/effects.ts";
import { publish, stepper } from "../testing/subscribing.ts";
import { letterById, listLetters, listRetries } from "./queries.ts";
import { releaseDue } from "./release.ts";
import { discardLetter, editAndRetry, requestRetry, stopRetry } from "./retries.ts";

const AT_ONCE: EventRetryPolicy = { attempts: 3, backoffMs: 0, factor: 1, backoffMsMax: 0 };
const ONCE: EventRetryPolicy = { ...AT_ONCE, attempts: 1 };
const ACTOR = { actor: "user:op", reason: "fixed" };
const catalogue = createEventCatalogue(counterEvents);

/** Writes down every effect in order; fails while `fails` says so. */
function consumerThat(fails: (eventId: string, by: number) => boolean, retry = ONCE): Consumer {
  return defineConsumer(
    "ledger",
    [
      on(Added, async (tx, event) => {
        await tx.query(effect(event.eventId, event.data.by));
        if (fails(event.eventId, event.data.by)) throw new Error(`cannot take ${event.eventId}`);
      }),
    ],
    { retry },
  );
}

const append = (db: Database, streamId: string) =>
  appendEvents(db, {
    streamId,
    streamType: "counter",
    expectedVersion: "new",
    events: [Added.create({ by: 1 })],
    metadata: testMetadata,
  });

const release = (db: Database, consumer: Consumer) =>
  releaseDue({
    db,
    logger: createLogger("test", "silent"),
    scheduler: systemScheduler,
    signal: new AbortController().signal,
    subscriptions: [consumer],
  });

async function untilNothingIsDue(db: Database, consumer: Consumer): Promise<void> {
  while ((await release(db, consumer)) > 0);
}

const order = async (db: Database) =>
  (await db.query<{ name: string }>(sql`SELECT name FROM effects ORDER BY id`)).map(({ name }) => name);
const idOf = async (db: Database, eventId: string) => {
  const rows = await db.query<{ id: number }>(sql`SELECT id FROM dead_letters WHERE event_id = ${eventId}`);
  return rows[0]?.id ?? expect.fail(`no letter for ${eventId}`);
};
const statuses = async (db: Database) =>
  (await listLetters(db, { status: "all", limit: 100 })).toReversed().map(({ eventId, status }) => [eventId, status]);

it("poison event: a failing aggregate is parked after its retries while 1,000 others finish; a retry delivers its whole sequence in order", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  const others = Array.from({ length: 1_000 }, (_, index) => `s${index}`);
  await publish(database, ["bad"]);
  await Promise.all(others.map((streamId) => append(database, streamId)));
  await publish(database, ["bad", "bad"]);
  let broken = true;
  const consumer = consumerThat((eventId) => broken && eventId === "bad:1", AT_ONCE);
  const step = stepper(database, consumer);
  while ((await step()).passed > 0);
  await untilNothingIsDue(database, consumer);
  expect((await order(database)).length).toBe(1_000);
  const [head] = await listLetters(database, { status: "parked", limit: 10 });
  expect(head).toMatchObject({ eventId: "bad:1", eventType: "Added", attempts: 3, status: "parked" });
  expect(head?.error).toContain("cannot take bad:1");
  expect(head?.firstFailedAt.getTime()).toBeLessThanOrEqual(head?.lastFailedAt.getTime() ?? 0);
  expect(await statuses(database)).toEqual([
    ["bad:1", "parked"],
    ["bad:2", "waiting"],
    ["bad:3", "waiting"],
  ]);
  broken = false;
  await requestRetry(database, { ...ACTOR, selection: { limit: 10 }, perSecond: 100, stopOnFailure: false });
  await untilNothingIsDue(database, consumer);
  expect((await order(database)).slice(-3)).toEqual(["bad:1", "bad:2", "bad:3"]);
  expect(await listLetters(database, { limit: 10 })).toEqual([]);
});

it("an event that fails for a moment is delivered by itself, and what waited follows in order", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a", "a", "a"]);
  let failures = 2;
  const consumer = consumerThat((eventId) => eventId === "a:1" && (failures -= 1) >= 0, AT_ONCE);
  await stepper(database, consumer)();
  await untilNothingIsDue(database, consumer);
  expect(await order(database)).toEqual(["a:1", "a:2", "a:3"]);
  expect(await statuses(database)).toEqual([
    ["a:1", "resolved"],
    ["a:2", "resolved"],
    ["a:3", "resolved"],
  ]);
});

it("the next attempt waits for its backoff", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"]);
  const consumer = consumerThat(() => true, { attempts: 3, backoffMs: 60_000, factor: 2, backoffMsMax: 600_000 });
  await stepper(database, consumer)();
  expect(await release(database, consumer)).toBe(0);
  await database.query(sql`UPDATE dead_letters SET next_attempt_at = now()`);
  expect(await release(database, consumer)).toBe(1);
  const [letter] = await database.query<{ attempts: number; waitSeconds: number }>(sql`
    SELECT attempts, extract(epoch FROM next_attempt_at - now())::float8 AS "waitSeconds" FROM dead_letters`);
  expect(letter?.attempts).toBe(2);
  expect(letter?.waitSeconds).toBeGreaterThan(110);
  expect(letter?.waitSeconds).toBeLessThan(151); // a quarter of jitter at most
});

it("many workers at one held stream deliver it once and in order", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(
    database,
    Array.from({ length: 12 }, () => "a"),
  );
  let broken = true;
  const consumer = consumerThat((eventId) => broken && eventId === "a:1", AT_ONCE);
  await stepper(database, consumer)();
  broken = false;
  for (let turn = 0; turn < 12; turn += 1) await Promise.all([1, 2, 3, 4].map(() => release(database, consumer)));
  expect(await order(database)).toEqual(Array.from({ length: 12 }, (_, index) => `a:${index + 1}`));
});

it("events that come while their stream is released lose neither their place nor themselves", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a", "a"]);
  let broken = true;
  const consumer = consumerThat((eventId) => broken && eventId === "a:1", AT_ONCE);
  const step = stepper(database, consumer);
  await step();
  broken = false;
  for (let turn = 0; turn < 10; turn += 1) {
    await publish(database, ["a"]);
    await Promise.all([step(), release(database, consumer), step()]);
  }
  await untilNothingIsDue(database, consumer);
  expect(await order(database)).toEqual(Array.from({ length: 12 }, (_, index) => `a:${index + 1}`));
});

it("a discarded event takes no effect, what waited behind it follows, and who did it is written down", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a", "a"]);
  const consumer = consumerThat((eventId) => eventId === "a:1");
  await stepper(database, consumer)();
  const id = await idOf(database, "a:1");
  expect(await discardLetter(database, id, { actor: "user:op", reason: "a test order" })).toBeUndefined();
  await untilNothingIsDue(database, consumer);
  expect(await order(database)).toEqual(["a:2"]);
  const letter = await letterById(database, id);
  expect(letter).toMatchObject({
    status: "discarded",
    actions: [{ action: "discard", actor: "user:op", reason: "a test order" }],
  });
  expect(await discardLetter(database, id, ACTOR)).toMatchObject({ code: "DEAD_LETTER_OVER" });
  await database.query(sql`UPDATE consumer_checkpoints SET position = 0`);
  await stepper(database, consumer)();
  expect(await order(database)).toEqual(["a:2"]);
});

it("an edited copy is delivered, the event stays as it was, and both are in the trace", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"], 13);
  const consumer = consumerThat((_, by) => by === 13);
  await stepper(database, consumer)();
  const id = await idOf(database, "a:1");
  expect(await editAndRetry(database, catalogue, id, { ...ACTOR, data: { by: "many" } })).toMatchObject({
    code: "INVALID_EVENT_DATA",
    fields: [{ field: "data.by" }],
  });
  expect(await editAndRetry(database, catalogue, id, { ...ACTOR, data: { by: 12 } })).toBeUndefined();
  await untilNothingIsDue(database, consumer);
  expect(await effectsIn(database)).toEqual({ "a:1": 12 });
  expect(await database.query(sql`SELECT data FROM events`)).toEqual([{ data: { by: 13 } }]);
  expect(await letterById(database, id)).toMatchObject({
    status: "resolved",
    actions: [{ action: "edit", detail: { before: { by: 13 }, after: { by: 12 } } }],
  });
});

it("a paced retry is spread over time, keeps the outcome of each, and one that fails is parked again at once", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a", "b", "c"]);
  let broken = (_: string) => true;
  const consumer = consumerThat((eventId) => broken(eventId));
  await stepper(database, consumer)();
  broken = (eventId) => eventId === "b:1";
  const request = { ...ACTOR, selection: { consumer: "ledger", limit: 100 }, perSecond: 0.001, stopOnFailure: false };
  const retry = await requestRetry(database, request);
  expect(retry).toMatchObject({ letters: 3 });
  expect(await release(database, consumer)).toBe(1);
  expect(await release(database, consumer)).toBe(0);
  await database.query(sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying'`);
  await untilNothingIsDue(database, consumer);
  expect(await listRetries(database, 1)).toMatchObject([{ status: "completed", delivered: 2, failed: 1, pending: 0 }]);
  expect(await listLetters(database, { limit: 10 })).toMatchObject([{ eventId: "b:1", status: "parked", attempts: 2 }]);
});

it("a retry that is to stop at the first failure leaves the others parked", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a", "b", "c"]);
  const consumer = consumerThat(() => true);
  await stepper(database, consumer)();
  await requestRetry(database, { ...ACTOR, selection: { limit: 100 }, perSecond: 0.001, stopOnFailure: true });
  expect(await release(database, consumer)).toBe(1);
  expect(await listRetries(database, 1)).toMatchObject([{ status: "stopped", failed: 1, notTried: 2, pending: 0 }]);
  expect((await listLetters(database, { status: "parked", limit: 10 })).length).toBe(3);
});

it("a retry may be stopped by hand, and one of nothing is refused", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"]);
  const consumer = consumerThat(() => true);
  await stepper(database, consumer)();
  const nothing = await requestRetry(database, {
    ...ACTOR,
    selection: { ids: [99] },
    perSecond: 1,
    stopOnFailure: false,
  });
  expect(nothing).toMatchObject({ code: "NOTHING_PARKED" });
  const retry = await requestRetry(database, { ...ACTOR, selection: { limit: 1 }, perSecond: 1, stopOnFailure: false });
  if (isRefusal(retry)) throw new Error(retry.message);
  expect(await stopRetry(database, retry.retryId)).toBeUndefined();
  expect(await statuses(database)).toEqual([["a:1", "parked"]]);
  expect(await stopRetry(database, retry.retryId)).toMatchObject({ code: "RETRY_OVER" });
});

it("what is held for a paused consumer waits until it runs again", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"]);
  let broken = true;
  const consumer = consumerThat(() => broken, AT_ONCE);
  await stepper(database, consumer)();
  broken = false;
  await database.query(sql`UPDATE consumer_checkpoints SET status = 'paused'`);
  expect(await release(database, consumer)).toBe(0);
  await database.query(sql`UPDATE consumer_checkpoints SET status = 'running'`);
  expect(await release(database, consumer)).toBe(1);
});

it("whoever waits for an event is told when it is parked: at once, after its last attempt, after a retry that fails, or behind another", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  const told = (retry: EventRetryPolicy) => ({
    ...consumerThat(() => true, retry),
    onParked: async (tx: SqlExecutor, event: StoredEvent) => void (await tx.query(effect(`parked ${event.eventId}`))),
  });
  await publish(database, ["a"]);
  await stepper(database, told(ONCE))();
  expect(await order(database)).toEqual(["parked a:1"]);
  await requestRetry(database, {
    ...ACTOR,
    selection: { ids: [await idOf(database, "a:1")] },
    perSecond: 10,
    stopOnFailure: true,
  });
  await untilNothingIsDue(database, told(ONCE));
  expect(await order(database)).toEqual(["parked a:1", "parked a:1"]);
  await publish(database, ["a", "b"]);
  const step = stepper(database, told(AT_ONCE));
  while ((await step()).passed > 0);
  expect((await order(database)).slice(2)).toEqual(["parked a:2"]);
  await untilNothingIsDue(database, told(AT_ONCE));
  expect((await order(database)).slice(3)).toEqual(["parked b:1"]);
});
