import { fork } from "node:child_process";
import { once } from "node:events";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { defineModule } from "../deployment/module.ts";
import { startModules } from "../deployment/start-modules.ts";
import type { RunningModules } from "../deployment/start-modules.ts";
import { appendEvents } from "../store/append.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import { Added, testMetadata } from "../testing/counter.ts";
import { createDatabaseWithEffects, effect, effectsIn } from "../testing/effects.ts";
import { createGate } from "../testing/gate.ts";
import { tripSaga } from "../testing/trip-saga.ts";
import type { TripLog } from "../testing/trip-saga.ts";
import { drainWorker, listWorkers, resumeWorker } from "./workers.ts";

const WAIT = { timeout: 20_000, interval: 25 };

let test: Awaited<ReturnType<typeof createDatabaseWithEffects>>;
let running: RunningModules[];
beforeEach(async () => {
  test = await createDatabaseWithEffects();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await test[Symbol.asyncDispose]();
});

/** A worker with one consumer, whose effects have the worker's name. */
async function start(
  name: string,
  meanwhile: () => Promise<void> = async () => undefined,
  consumer = "counting",
): Promise<RunningModules> {
  const counting = defineConsumer(consumer, [
    on(Added, async (tx) => {
      await meanwhile();
      await tx.query(effect(name));
    }),
  ]);
  const modules = [defineModule({ name: "counter", events: [Added], consumers: () => [counting] })];
  const started = await startModules(modules, {}, { url: test.url, version: "1.2.3" });
  running.push(started);
  await becomes(started.worker, { state: "running" });
  return started;
}

const rowOf = async (id: string) => (await listWorkers(test.database)).find((one) => one.id === id);
const becomes = (id: string, state: object) =>
  vi.waitFor(async () => expect(await rowOf(id)).toMatchObject(state), WAIT);
const drain = (worker: string, last = false) =>
  drainWorker(test.database, { worker, by: "Omar", reason: "a new disk", last });

async function append(db: Database, streams: readonly string[]): Promise<void> {
  for (const streamId of streams) {
    const events = [Added.create({ by: 1 })];
    await appendEvents(db, {
      streamId,
      streamType: "counter",
      expectedVersion: "new",
      events,
      metadata: testMetadata,
    });
  }
}

const streams = (name: string) => Array.from({ length: 20 }, (_, index) => `${name}-${index}`);
const sumOf = (effects: Readonly<Record<string, number>>) => Object.values(effects).reduce((sum, one) => sum + one, 0);
const total = async () => sumOf(await effectsIn(test.database));

it("drained, the worker that relays lets go of everything; the other delivers all of it, each event once; resumed, it takes over", async () => {
  const workers = { one: await start("one"), other: await start("other") };
  const leader = await vi.waitFor(async () => {
    const found = (await listWorkers(test.database)).find(({ relayEpoch }) => relayEpoch !== null);
    return found?.id ?? expect.fail("nobody relays");
  }, WAIT);
  const [drained, rest] = leader === workers.one.worker ? (["one", "other"] as const) : (["other", "one"] as const);
  const { db } = workers[rest];

  const writing = append(db, streams("while draining"));
  await drain(leader);
  await becomes(leader, { state: "drained", relayEpoch: null, drainedBy: "Omar", drainReason: "a new disk" });
  await becomes(workers[rest].worker, { state: "running", relayEpoch: expect.any(Number) });
  await writing;
  const { [drained]: before = 0 } = await effectsIn(db);
  await append(db, streams("drained"));
  await vi.waitFor(async () => expect(await total()).toBe(40), WAIT);
  expect((await effectsIn(db))[drained] ?? 0).toBe(before);

  await resumeWorker(db, leader);
  await becomes(leader, { state: "running", drainedBy: null });
  await drain(workers[rest].worker);
  await becomes(leader, { relayEpoch: expect.any(Number) });
  await append(db, streams("resumed"));
  await vi.waitFor(async () => expect(await total()).toBe(60), WAIT);
  expect((await effectsIn(db))[drained]).toBe(before + 20);
  const inbox = await db.query(sql`SELECT FROM processed_events WHERE consumer = 'counting'`);
  expect(inbox).toHaveLength(60);
});

it("what a drained worker has in hand it finishes first", async () => {
  const gate = createGate();
  const { worker, db } = await start("one", gate.wait);
  await append(db, ["a"]);
  await gate.reached;
  await drain(worker, true);
  await becomes(worker, { state: "draining", drainedAt: null });
  gate.open();
  await becomes(worker, { state: "drained" });
  expect(await total()).toBe(1);
  await append(db, ["b"]);
  await resumeWorker(db, worker);
  await vi.waitFor(async () => expect(await total()).toBe(2), WAIT);
});

it("a drained worker goes on watching, and is drained also when its row got lost", async () => {
  const { worker, db } = await start("one");
  const startedAt = (await rowOf(worker))?.startedAt;
  await drain(worker, true);
  await becomes(worker, { state: "drained" });
  await db.query(sql`DELETE FROM workers`);
  await becomes(worker, { state: "drained", startedAt, drainedBy: "Omar", drainReason: "a new disk" });
  const watched = sql`SELECT FROM alerts, workers WHERE asked_at > drained_at LIMIT 1`;
  await vi.waitFor(async () => expect(await db.query(watched)).toHaveLength(1), WAIT);
});

it("the step of a saga that a drained worker has in hand is its last: all others are carried out elsewhere, each once", async () => {
  const gate = createGate();
  const start = async (log: TripLog, behave?: () => Promise<void>) => {
    const trip = tripSaga(log, behave, (step) => ({ ...step, timeoutMs: 20_000 }));
    const modules = [defineModule({ name: "travel", events: [Added], sagas: () => [trip] })];
    running.push(await startModules(modules, {}, { url: test.url }));
    return running.at(-1)?.worker ?? "";
  };
  const logs: Record<"one" | "other", TripLog> = { one: [], other: [] };
  const one = await start(logs.one, gate.wait);
  await append(test.database, ["a"]);
  await gate.reached;
  await becomes(await start(logs.other), { state: "running" });
  await drain(one);
  await becomes(one, { state: "draining", steps: 1 });
  await append(test.database, ["b"]);
  const completed = async () => (await test.database.query(sql`SELECT FROM sagas WHERE status = 'completed'`)).length;
  await vi.waitFor(async () => expect(await completed()).toBe(1), WAIT);
  gate.open();
  await becomes(one, { state: "drained", steps: 0 });
  await vi.waitFor(async () => expect(await completed()).toBe(2), WAIT);
  expect(logs.one).toEqual(["flight 1"]);
  expect(logs.other.toSorted()).toEqual(["car 1", "car 1", "flight 1", "hotel 1", "hotel 1"]);
});

it("the last worker is drained only when that is meant, and of two who drain the last two at once one is refused", async () => {
  const [{ worker: one }, { worker: other }] = [await start("one"), await start("other")];
  const outcomes = await Promise.allSettled([drain(one), drain(other)]);
  expect(outcomes.filter(({ status }) => status === "rejected")).toMatchObject([
    {
      reason: {
        code: "LAST_WORKER",
        message: expect.stringMatching(/^No other worker is running: nothing will be delivered until it is resumed\./),
      },
    },
  ]);
  await Promise.all([drain(one, true), drain(other, true)]);
  for (const id of [one, other]) await becomes(id, { state: "drained", alone: [] });
});

it("a worker that alone runs something is named what that is", async () => {
  const [{ worker }] = [await start("one"), await start("other", undefined, "of a newer release")];
  expect(await rowOf(worker)).toMatchObject({ alone: ["consumer counting"], version: "1.2.3", pid: process.pid });
  await expect(drain(worker)).rejects.toThrow(/^No other worker runs consumer counting:/);
});

it("a worker that is killed is gone since then, and the other delivers what it did not, each event once", async () => {
  const child = fork(new URL("../testing/counting-worker.ts", import.meta.url), [test.url]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const [killed] = (await once(child, "message")) as [string];
  await becomes(killed, { state: "running", relayEpoch: expect.any(Number) });
  const { worker, db } = await start("one");
  await append(db, streams("before"));
  await vi.waitFor(async () => expect(await total()).toBeGreaterThan(0), WAIT);
  child.kill("SIGKILL");
  await append(db, streams("after"));
  await becomes(worker, { relayEpoch: expect.any(Number) });
  await vi.waitFor(async () => expect(await total()).toBe(40), WAIT);
  await becomes(killed, { state: "gone", relayEpoch: null });
  expect(await rowOf(worker)).toMatchObject({ state: "running", alone: ["consumer counting", "relay"] });
}, 40_000);

it("a worker that stops is off the list; one that ended without a word is gone, and not there to be drained", async () => {
  const { worker, db } = await start("one");
  await db.query(sql`
    INSERT INTO workers (id, version, host, pid, runs, heartbeat_at) VALUES ('killed', '1', 'here', 1, '{relay}', now() - interval '1 minute')`);
  await db.query(sql`
    INSERT INTO workers (id, version, host, pid, runs, heartbeat_at) VALUES ('long ago', '1', 'here', 1, '{relay}', now() - interval '2 hours')`);
  await vi.waitFor(async () => {
    expect(await listWorkers(db)).toMatchObject([
      { id: worker, state: "running" },
      { id: "killed", state: "gone" },
    ]);
  }, WAIT);
  for (const id of ["killed", "nobody"]) await expect(drain(id)).rejects.toMatchObject({ code: "WORKER_NOT_FOUND" });
  await expect(resumeWorker(db, "nobody")).rejects.toMatchObject({ code: "WORKER_NOT_FOUND" });
  await drain(worker, true);
  await becomes(worker, { state: "drained" });
  await running.pop()?.stop();
  expect(await rowOf(worker)).toBeUndefined();
});
