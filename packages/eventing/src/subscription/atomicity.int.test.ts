import { createWakeUp, sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { Added } from "../testing/counter.ts";
import { createDatabaseWithEffects, effect, effectsIn } from "../testing/effects.ts";
import { createGate } from "../testing/gate.ts";
import { publish, stepper, subscriptionOptions } from "../testing/subscribing.ts";
import { defineConsumer, on } from "./consumer.ts";
import { EVENT_ATTEMPTS_MAX, runSubscription } from "./runner.ts";

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
  const consumer = defineConsumer("effects", [
    on(Added, async (tx, event) => {
      await tx.query(effect(event.eventId));
      if (away && event.streamId === "b")
        throw Object.assign(new Error("server closed the connection"), { code: "57P01" });
    }),
  ]);
  const step = stepper(database, consumer);
  await expect(step()).rejects.toThrow("server closed the connection");
  expect(await progress(database)).toEqual({ position: 0, inbox: 0, effects: {} });
  away = false;
  await step();
  expect(await progress(database)).toEqual({ position: 3, inbox: 3, effects: { "a:1": 1, "b:1": 1, "c:1": 1 } });
});

it("Postgres going away parks nothing", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"]);
  const consumer = defineConsumer("effects", [
    on(Added, () => Promise.reject(Object.assign(new Error("terminating connection"), { code: "57P01" }))),
  ]);
  await expect(stepper(database, consumer)()).rejects.toThrow();
  expect(await database.query(sql`SELECT FROM dead_letters`)).toEqual([]);
});

it("an event that fails for a moment is not parked, and takes effect once", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a", "b"]);
  let failures = 3;
  const consumer = defineConsumer("effects", [
    on(Added, async (tx, event) => {
      await tx.query(effect(event.eventId));
      if (event.streamId === "a" && (failures -= 1) >= 0) throw new Error("busy");
    }),
  ]);
  await stepper(database, consumer)();
  expect(await progress(database)).toEqual({ position: 2, inbox: 2, effects: { "a:1": 1, "b:1": 1 } });
  expect(await database.query(sql`SELECT FROM dead_letters`)).toEqual([]);
});

it("of two workers at one failing event, the slower one does not park the event after it", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["bad", "good"]);
  const consumer = defineConsumer("effects", [
    on(Added, async (tx, event) => {
      if (event.streamId === "bad") throw new Error("cannot take it");
      await tx.query(effect(event.eventId));
    }),
  ]);
  // The slow worker has seen the event fail in its batch and in every attempt; before it parks it, the fast one does.
  const gate = createGate();
  let transactions = 0;
  const slow: Database = {
    ...database,
    async transaction(work) {
      transactions += 1;
      if (transactions === EVENT_ATTEMPTS_MAX + 2) await gate.wait();
      return database.transaction(work);
    },
  };
  const slowly = stepper(slow, consumer)();
  await gate.reached;
  await stepper(database, consumer, { batchSize: 1 })();
  gate.open();
  await slowly;
  const letters = await database.query(sql`SELECT event_id, status FROM dead_letters`);
  expect(letters).toEqual([{ event_id: "bad:1", status: "parked" }]);
  await stepper(database, consumer)();
  expect(await progress(database)).toMatchObject({ position: 2, effects: { "good:1": 1 } });
});

it("while one worker is at a batch, another neither waits for it nor does anything", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await publish(database, ["a"]);
  const gate = createGate();
  const consumer = defineConsumer("effects", [
    on(Added, async (tx, event) => {
      await gate.wait();
      await tx.query(effect(event.eventId));
    }),
  ]);
  const step = stepper(database, consumer);
  const first = step();
  await gate.reached;
  expect(await step()).toEqual({ passed: 0, changedKeys: [] });
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
  const consumer = defineConsumer("effects", [
    on(Added, async (tx, event) => void (await tx.query(effect(event.eventId)))),
  ]);
  const quickly = { ...systemScheduler, sleep: () => systemScheduler.sleep(1) };
  const running = runSubscription(
    consumer,
    subscriptionOptions(flaky, {
      signal: stop.signal,
      scheduler: quickly,
      wakeUp: createWakeUp(quickly),
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
