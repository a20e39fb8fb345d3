import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { expect, it } from "vitest";
import type { StoredEvent } from "../event/definition.ts";
import { appendEvents } from "../store/append.ts";
import { Added, testMetadata } from "../testing/counter.ts";
import { createDatabaseWithEffects, effect } from "../testing/effects.ts";
import { AT_ONCE, consumerThat, deadLetterOf, ONCE, release, untilNothingIsDue } from "../testing/releasing.ts";
import type { EventRetryPolicy } from "../subscription/retry-policy.ts";
import { publish, stepper } from "../testing/subscribing.ts";
import { listDeadLetters, listRetries } from "../dead-letters/queries.ts";
import { requestRetry, stopRetry } from "../dead-letters/retries.ts";

const ACTOR = { actor: "user:op", reason: "fixed" };

const append = (db: Database, streamId: string) =>
  appendEvents(db, {
    streamId,
    streamType: "counter",
    expectedVersion: "new",
    events: [Added.create({ by: 1 })],
    metadata: testMetadata,
  });

const order = async (db: Database) =>
  (await db.query<{ name: string }>(sql`SELECT name FROM effects ORDER BY id`)).map(({ name }) => name);
const statuses = async (db: Database) =>
  (await listDeadLetters(db, { status: "all", limit: 100 }))
    .toReversed()
    .map(({ eventId, status }) => [eventId, status]);

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
  const [head] = await listDeadLetters(database, { status: "parked", limit: 10 });
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
  expect(await listDeadLetters(database, { limit: 10 })).toEqual([]);
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

it("many workers at one blocked stream deliver it once and in order", async () => {
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
  expect(await listDeadLetters(database, { limit: 10 })).toMatchObject([
    { eventId: "b:1", status: "parked", attempts: 2 },
  ]);
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
  expect((await listDeadLetters(database, { status: "parked", limit: 10 })).length).toBe(3);
});

it("a retry may be stopped by hand, and one of nothing is refused", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"]);
  const consumer = consumerThat(() => true);
  await stepper(database, consumer)();
  const nothing = requestRetry(database, {
    ...ACTOR,
    selection: { ids: [99] },
    perSecond: 1,
    stopOnFailure: false,
  });
  await expect(nothing).rejects.toMatchObject({ code: "NOTHING_PARKED" });
  const retry = await requestRetry(database, { ...ACTOR, selection: { limit: 1 }, perSecond: 1, stopOnFailure: false });
  expect(await stopRetry(database, retry.retryId)).toBeUndefined();
  expect(await statuses(database)).toEqual([["a:1", "parked"]]);
  await expect(stopRetry(database, retry.retryId)).rejects.toMatchObject({ code: "RETRY_OVER" });
});

it("what is blocked for a paused consumer waits until it is resumed", async () => {
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

it("a consumer is told when an event it waits for is parked: at once, after its last attempt, after a retry that fails, or behind another", async () => {
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
    selection: { ids: [await deadLetterOf(database, "a:1")] },
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
