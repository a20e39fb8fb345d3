import { createTestDatabase } from "@tillstream/db/testing";
import { createWakeUp, sql, systemScheduler } from "@tillstream/runtime";
import type { Database, Scheduler } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { defineEvent } from "../event/definition.ts";
import { appendEvents } from "../store/append.ts";
import { Added, counterEvents, Reset, testMetadata } from "../testing/counter.ts";
import { createGate } from "../testing/gate.ts";
import { untilSomebodyWaitsForALock } from "../testing/locks.ts";
import { sharedRow, sharedSum } from "../testing/shared-row.ts";
import { createDatabaseWithSums } from "../testing/sums.ts";
import { publish, stepper, subscriptionOptions } from "../testing/subscribing.ts";
import { lockProjection, registerSubscription, setSubscriptionStatus } from "./checkpoint.ts";
import { runSubscription } from "./runner.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import { defineProjection } from "../subscription/projection.ts";

const effects = (db: Database) =>
  db.query<{ stream: string; total: number }>(
    sql`SELECT stream, sum(by)::int AS total FROM effects GROUP BY stream ORDER BY stream`,
  );
const effect = (stream: string, by: number) => sql`INSERT INTO effects (stream, by) VALUES (${stream}, ${by})`;

/** A database with a place for the effects of the consumers under test. */
async function createEffectsDatabase() {
  const test = await createTestDatabase();
  await test.database.query(sql`CREATE TABLE effects (stream text NOT NULL, by int NOT NULL)`);
  return test;
}

const counting = (fails: (streamId: string) => boolean = () => false) =>
  defineConsumer(
    "counting",
    [
      on(Added, async (tx, event) => {
        await tx.query(effect(event.streamId, event.data.by));
        if (fails(event.streamId)) throw new Error(`cannot take ${event.streamId}`);
      }),
    ],
    { partitions: 1 },
  );

it("an event takes effect once, though the checkpoint was set back", async () => {
  await using test = await createEffectsDatabase();
  const { database } = test;
  await publish(database, ["a", "b"]);
  const step = stepper(database, counting());
  expect((await step()).passed).toBe(2);
  await database.query(sql`UPDATE consumer_checkpoints SET position = 0`);
  expect((await step()).passed).toBe(2);
  expect(await effects(database)).toEqual([
    { stream: "a", total: 1 },
    { stream: "b", total: 1 },
  ]);
});

it("two workers at once give one effect", async () => {
  await using test = await createEffectsDatabase();
  const { database } = test;
  await publish(
    database,
    Array.from({ length: 40 }, (_, index) => `s${index}`),
  );
  const step = stepper(database, counting());
  await step();
  await publish(database, ["x", "y", "z"]);
  await Promise.all([step(), step(), step(), step()]);
  const rows = await effects(database);
  expect(rows.length).toBe(43);
  expect(rows.every(({ total }) => total === 1)).toBe(true);
});

it("a failing event blocks its stream, what follows waits behind it, and no other stream does", async () => {
  await using test = await createEffectsDatabase();
  const { database } = test;
  await publish(database, ["good", "bad", "fine"]);
  const step = stepper(
    database,
    counting((streamId) => streamId === "bad"),
  );
  await step();
  await publish(database, ["bad", "good"]);
  await step();
  expect(await effects(database)).toEqual([
    { stream: "fine", total: 1 },
    { stream: "good", total: 2 },
  ]);
  const letters = await database.query(sql`SELECT event_id, status, attempts FROM dead_letters ORDER BY position`);
  expect(letters).toEqual([
    { event_id: "bad:1", status: "retrying", attempts: 1 },
    { event_id: "bad:2", status: "waiting", attempts: 0 },
  ]);
  const inbox = await database.query<{ event_id: string }>(
    sql`SELECT event_id FROM processed_events ORDER BY event_id`,
  );
  expect(inbox.map((row) => row.event_id)).toEqual(["fine:1", "good:1", "good:2"]);
});

it("an event of a version that is not known yet is blocked, not misread", async () => {
  await using test = await createEffectsDatabase();
  const { database } = test;
  await publish(database, ["a"]);
  await database.query(sql`
    INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata)
    VALUES ('future:1', 'future', 'counter', 1, 'Added', 9, '{}', '{}')`);
  await database.query(
    sql`INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload) VALUES ('future:1', 'Added', 'future', '{}')`,
  );
  await publish(database, ["b"]);
  await stepper(database, counting())();
  expect(await effects(database)).toEqual([
    { stream: "a", total: 1 },
    { stream: "b", total: 1 },
  ]);
  const letters = await database.query<{ error: string }>(sql`SELECT error FROM dead_letters`);
  expect(letters[0]?.error).toContain("Added v9 is not known here");
});

it("a paused subscription reads nothing, and goes on where it was when resumed", async () => {
  await using test = await createEffectsDatabase();
  const { database } = test;
  await publish(database, ["a"]);
  const step = stepper(database, counting());
  await step();
  await setSubscriptionStatus(database, "consumer", "counting", "paused");
  await publish(database, ["b"]);
  expect((await step()).passed).toBe(0);
  await setSubscriptionStatus(database, "consumer", "counting", "running");
  expect((await step()).passed).toBe(1);
});

it("a batch is folded to one row a key, and each event counts", async () => {
  await using test = await createEffectsDatabase();
  const { database } = test;
  const writes: number[] = [];
  const totals = defineProjection<number, typeof counterEvents>({
    name: "totals",
    definitions: counterEvents,
    tables: [],
    key: (event) => event.streamId,
    project: (view = 0, event) => (event.type === "Added" ? view + event.data.by : 0),
    load: async (tx, keys) => {
      const rows = await tx.query<{ id: string; n: number }>(
        sql`SELECT stream_id AS id, (state ->> 'n')::int AS n FROM snapshots WHERE stream_id = ANY(${keys}::text[])`,
      );
      return new Map(rows.map((row) => [row.id, row.n]));
    },
    store: async (tx, views) => {
      writes.push(views.size);
      for (const [key, value] of views) {
        await tx.query(sql`
          INSERT INTO snapshots (stream_id, version, state_version, state) VALUES (${key}, 0, 0, ${JSON.stringify({ n: value })}::jsonb)
          ON CONFLICT (stream_id, version) DO UPDATE SET state = excluded.state`);
      }
    },
  });
  const step = stepper(database, totals);
  await publish(database, ["a", "b", "a", "a"], 2);
  expect((await step()).changedKeys).toEqual(["a", "b"]);
  await publish(database, ["a"], 5);
  await step();
  const rows = await database.query(sql`SELECT stream_id, state FROM snapshots ORDER BY stream_id`);
  expect(rows).toEqual([
    { stream_id: "a", state: { n: 11 } },
    { stream_id: "b", state: { n: 2 } },
  ]);
  expect(writes).toEqual([2, 1]);
});

it("a type that the subscription does not read still moves its checkpoint", async () => {
  await using test = await createEffectsDatabase();
  const { database } = test;
  await appendEvents(database, {
    streamId: "a",
    streamType: "counter",
    expectedVersion: "new",
    events: [Reset.create({})],
    metadata: testMetadata,
  });
  await publish(database, []);
  const Other = defineEvent("Other", Added.schemas[0] ?? expect.fail());
  expect(
    (await stepper(database, defineConsumer("other", [on(Other, () => expect.fail())], { partitions: 1 }))()).passed,
  ).toBe(1);
});

it("a subscription whose checkpoint another transaction has goes on as soon as that ends, without a wake-up or its poll", async () => {
  await using test = await createDatabaseWithSums();
  const { database } = test;
  const projection = sharedRow();
  await registerSubscription(database, projection);
  await publish(database, ["a"]);
  const gate = createGate();
  const holding = database.transaction(async (tx) => {
    await lockProjection(tx, projection.name);
    await gate.wait();
  });
  await gate.reached;
  const stop = new AbortController();
  const scheduler: Scheduler = {
    ...systemScheduler,
    sleep: (_, signal) => new Promise((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true })),
  };
  const options = { scheduler, signal: stop.signal, wakeUp: () => createWakeUp(scheduler) };
  const running = runSubscription(projection, subscriptionOptions(database, options));
  await untilSomebodyWaitsForALock(database);
  gate.open();
  await holding;
  await vi.waitFor(async () => expect(await sharedSum(database)).toBe(1));
  stop.abort();
  await running;
});
