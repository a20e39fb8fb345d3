import { createWakeUp, sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { appendEvents } from "../store/append.ts";
import { Added } from "../testing/counter.ts";
import { createDatabaseWithEffects, effect, effectsIn } from "../testing/effects.ts";
import { createGate } from "../testing/gate.ts";
import { publish, stepper, subscriptionOptions } from "../testing/subscribing.ts";
import { registerSubscription } from "./checkpoint.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import { runSubscription } from "./runner.ts";

const onePartition = (handlers: Parameters<typeof defineConsumer>[1]) =>
  defineConsumer("effects", handlers, { partitions: 1 });

async function progress(db: Database) {
  const rows = await db.query<{ position: number; inbox: number }>(sql`
    SELECT position::int, (SELECT count(*)::int FROM processed_events) AS inbox FROM consumer_checkpoints`);
  return { ...rows[0], effects: await effectsIn(db) };
}

it("effect, inbox and checkpoint are committed together or not at all", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a", "b", "c"]);
  let away = true;
  const consumer = onePartition([
    on(Added, async (tx, event) => {
      await tx.query(effect(event.eventId));
      if (away && event.streamId === "b") await tx.query(sql`SELECT pg_terminate_backend(pg_backend_pid())`);
    }),
  ]);
  const step = stepper(database, consumer);
  await expect(step()).rejects.toThrow();
  expect(await progress(database)).toEqual({ position: 0, inbox: 0, effects: {} });
  away = false;
  await step();
  expect(await progress(database)).toEqual({ position: 3, inbox: 3, effects: { "a:1": 1, "b:1": 1, "c:1": 1 } });
});

it("Postgres going away blocks nothing", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"]);
  const away: Database = {
    ...database,
    transaction: (work) =>
      database.transaction((tx) =>
        work({
          query: (statement) =>
            statement.text.includes("effects")
              ? Promise.reject(Object.assign(new Error("terminating connection"), { code: "57P01" }))
              : tx.query(statement),
        }),
      ),
  };
  const consumer = onePartition([on(Added, async (tx, event) => void (await tx.query(effect(event.eventId))))]);
  await expect(stepper(away, consumer)()).rejects.toThrow("terminating connection");
  expect(await progress(database)).toEqual({ position: 0, inbox: 0, effects: {} });
  expect(await database.query(sql`SELECT FROM dead_letters`)).toEqual([]);
});

it("an outside service that refuses the connection blocks one stream, not the whole consumer", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a", "b"]);
  const consumer = onePartition([
    on(Added, async (tx, event) => {
      if (event.streamId === "a") throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
      await tx.query(effect(event.eventId));
    }),
  ]);
  await stepper(database, consumer)();
  expect(await progress(database)).toEqual({ position: 2, inbox: 1, effects: { "b:1": 1 } });
  expect(await database.query(sql`SELECT event_id, status FROM dead_letters`)).toEqual([
    { event_id: "a:1", status: "retrying" },
  ]);
});

it("a consumer that calls outside repeats no call when another event of the page fails", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a", "b", "c"]);
  const calls: string[] = [];
  const call = on(Added, async (tx, event) => {
    calls.push(event.streamId);
    await tx.query(effect(event.eventId));
    if (event.streamId === "c") throw new Error("no answer");
  });
  await stepper(database, defineConsumer("effects", [call], { partitions: 1, callsOutside: true }))();
  expect(calls).toEqual(["a", "b", "c"]);
  expect(await progress(database)).toEqual({ position: 3, inbox: 2, effects: { "a:1": 1, "b:1": 1 } });
});

it("the relay is told when a consumer appended, and only then", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["silent", "loud"]);
  let told = 0;
  const consumer = onePartition([
    on(Added, async (tx, event) => {
      if (event.streamId !== "loud" || event.metadata.actor === "echo") return;
      const events = [Added.create({ by: 1 })];
      const metadata = { ...event.metadata, actor: "echo" };
      await appendEvents(tx, { streamId: "echo", streamType: "counter", expectedVersion: "new", events, metadata });
    }),
  ]);
  const step = stepper(database, consumer, { batchSize: 1, onAppended: () => (told += 1) });
  expect((await step()).appended).toBe(false);
  expect(told).toBe(0);
  expect((await step()).appended).toBe(true);
  expect(told).toBe(1);
});

it("of two workers at one failing event, the slower one does not block the event after it", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["bad", "good"]);
  const consumer = onePartition([
    on(Added, async (tx, event) => {
      if (event.streamId === "bad") throw new Error("cannot take it");
      await tx.query(effect(event.eventId));
    }),
  ]);
  // The slow worker has seen the event fail in its batch and alone; before it blocks the stream, the fast one does.
  const HOLDING = 3;
  const gate = createGate();
  let transactions = 0;
  const slow: Database = {
    ...database,
    async transaction(work) {
      transactions += 1;
      if (transactions === HOLDING) await gate.wait();
      return database.transaction(work);
    },
  };
  await registerSubscription(database, consumer);
  const slowly = stepper(slow, consumer)();
  await gate.reached;
  await stepper(database, consumer, { batchSize: 1 })();
  gate.open();
  await slowly;
  const letters = await database.query(sql`SELECT event_id, status FROM dead_letters`);
  expect(letters).toEqual([{ event_id: "bad:1", status: "retrying" }]);
  await stepper(database, consumer)();
  expect(await progress(database)).toMatchObject({ position: 2, effects: { "good:1": 1 } });
});

it("while one worker is at a batch, another neither waits for it nor does anything", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"]);
  const gate = createGate();
  const consumer = onePartition([
    on(Added, async (tx, event) => {
      await gate.wait();
      await tx.query(effect(event.eventId));
    }),
  ]);
  const step = stepper(database, consumer);
  const first = step();
  await gate.reached;
  expect(await step()).toEqual({ passed: 0, changedKeys: [], appended: false });
  gate.open();
  expect((await first).passed).toBe(1);
});

it("a running subscription goes on after Postgres failed it, and needs no wake-up", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  const stop = new AbortController();
  let failures = 2;
  const flaky: Database = {
    ...database,
    transaction: (work) =>
      (failures -= 1) >= 0 ? Promise.reject(new Error("Connection terminated")) : database.transaction(work),
  };
  const consumer = onePartition([on(Added, async (tx, event) => void (await tx.query(effect(event.eventId))))]);
  const quickly = { ...systemScheduler, sleep: () => systemScheduler.sleep(1) };
  const running = runSubscription(
    consumer,
    subscriptionOptions(flaky, {
      signal: stop.signal,
      scheduler: quickly,
      wakeUp: () => createWakeUp(quickly),
      batchSize: 2,
    }),
  );
  await publish(database, ["a", "b", "c"]);
  await vi.waitFor(async () => expect(await effectsIn(database)).toEqual({ "a:1": 1, "b:1": 1, "c:1": 1 }));
  await publish(database, ["d"]);
  await vi.waitFor(async () => expect(await effectsIn(database)).toHaveProperty(["d:1"], 1));
  stop.abort();
  await running;
});
