import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { createGate } from "../testing/gate.ts";
import { manualScheduler } from "../testing/manual-scheduler.ts";
import { testEngine, tripRun, tripSaga, tripSteps } from "../testing/trip-saga.ts";
import type { TripInput, TripLog } from "../testing/trip-saga.ts";
import type { SagaStep, StepContext } from "./definition.ts";
import { beginRun, LostLeaseError } from "./state.ts";
import type { StepRef } from "./state.ts";
import { sweepOnce } from "./sweeper.ts";

const FLIGHT: StepRef = { sagaId: "trip:1", step: "flight", kind: "action" };
const HOTEL: StepRef = { ...FLIGHT, step: "hotel" };

const expireLeases = (db: Database) =>
  db.query(sql`UPDATE saga_steps SET lease_expires_at = now() - interval '1 second' WHERE status = 'running'`);

/** Each step records that it was done; the inbox serves as its table. */
const recording = (step: SagaStep<TripInput>): SagaStep<TripInput> => ({
  ...step,
  timeoutMs: 10_000,
  action: {
    ...step.action,
    record: async (tx, { attempt }) => {
      await tx.query(
        sql`INSERT INTO processed_events (consumer, event_id) VALUES (${step.name}, ${`attempt ${attempt}`})`,
      );
    },
  },
});

const records = async (db: Database) =>
  (await db.query<{ record: string }>(sql`SELECT consumer || ' ' || event_id AS record FROM processed_events`)).map(
    ({ record }) => record,
  );

it("an owner that slept past its lease records nothing, and the step is done once by who took over", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const gate = createGate();
  const saga = tripSaga(
    [],
    (what, attempt) => (what === "flight" && attempt === 1 ? gate.wait() : undefined),
    recording,
  );
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  const sleeper = testEngine(database, saga).runStep(FLIGHT);
  await gate.reached;
  await testEngine(database, saga).runStep(FLIGHT);
  expect(await records(database)).toEqual([]); // the lease is still good
  await expireLeases(database);
  await testEngine(database, saga).runStep(FLIGHT);
  gate.open();
  await sleeper;
  expect(await records(database)).toEqual(["flight attempt 2"]);
  expect(await tripSteps(database)).toEqual([
    ["flight", "action", "completed"],
    ["hotel", "action", "pending"],
  ]);
});

it("an owner that failed after it lost its lease does not undo what its successor did", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const gate = createGate();
  const behave = async (what: string, attempt: number) => {
    if (what !== "flight" || attempt > 1) return;
    await gate.wait();
    throw new Error("too late");
  };
  const saga = tripSaga([], behave, recording);
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  const sleeper = testEngine(database, saga).runStep(FLIGHT);
  await gate.reached;
  await expireLeases(database);
  await testEngine(database, saga).runStep(FLIGHT);
  gate.open();
  await sleeper;
  expect(await tripSteps(database)).toEqual([
    ["flight", "action", "completed"],
    ["hotel", "action", "pending"],
  ]);
});

it("the heartbeat keeps a long call's lease, and tells a call whose lease is lost", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const gate = createGate();
  let reason: unknown;
  const saga = tripSaga([], undefined, (step) => ({
    ...step,
    timeoutMs: 10_000,
    action: {
      call: async (_, signal) => {
        signal.addEventListener("abort", () => (reason = signal.reason));
        await gate.wait();
      },
    },
  }));
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  const scheduler = manualScheduler();
  const running = testEngine(database, saga, { scheduler }).runStep(FLIGHT);
  await gate.reached;
  await expireLeases(database);
  await scheduler.tick();
  expect(await sweepOnce(database, [tripSaga([])])).toBe(0);
  await database.query(sql`UPDATE saga_steps SET fence = fence + 1 WHERE status = 'running'`);
  await scheduler.tick();
  expect(reason).toBeInstanceOf(LostLeaseError);
  gate.open();
  await running;
  expect(await tripSteps(database)).toEqual([["flight", "action", "running"]]);
});

it("every attempt passes the same key outward, and no two operations share one", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const seen: Pick<StepContext<TripInput>, "idempotencyKey" | "actionKey" | "attempt">[] = [];
  const saga = tripSaga([], undefined, (step) => {
    const call = async (context: StepContext<TripInput>) => {
      seen.push(context);
      if (step.name === "hotel") throw new Error("busy");
    };
    return { ...step, action: { call }, compensation: { call: async (context) => void seen.push(context) } };
  });
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  const engine = testEngine(database, saga);
  await engine.runStep(FLIGHT);
  for (let attempt = 1; attempt <= 3; attempt += 1) await engine.runStep(HOTEL);
  await engine.runStep({ ...HOTEL, kind: "compensation" });
  expect(seen.map(({ idempotencyKey, actionKey, attempt }) => [idempotencyKey, actionKey, attempt])).toEqual([
    ["trip:1:flight:action", "trip:1:flight:action", 1],
    ...[1, 2, 3].map((attempt) => ["trip:1:hotel:action", "trip:1:hotel:action", attempt]),
    ["trip:1:hotel:compensation", "trip:1:hotel:action", 1],
  ]);
});

it("the job of a step that is done runs again without effect", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const log: TripLog = [];
  const saga = tripSaga(log);
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  const engine = testEngine(database, saga);
  for (let time = 0; time < 3; time += 1) await engine.runStep(FLIGHT);
  expect(log).toEqual(["flight 1"]);
  expect(await tripSteps(database)).toEqual([
    ["flight", "action", "completed"],
    ["hotel", "action", "pending"],
  ]);
});

it("a step that is to be tried again later is not run before its time", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const log: TripLog = [];
  const behave = () => {
    throw new Error("busy");
  };
  const retry = { attempts: 5, backoffMs: 60_000, backoffMsMax: 90_000 };
  const saga = tripSaga(log, behave, (step) => ({ ...step, retry }));
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  const engine = testEngine(database, saga);
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await engine.runStep(FLIGHT);
    await engine.runStep(FLIGHT);
    const rows = await database.query<{ waitS: number; jobWaitS: number }>(sql`
      SELECT round(extract(epoch FROM step.run_at - now()))::int AS "waitS", round(extract(epoch FROM job.run_at - now()))::int AS "jobWaitS"
      FROM saga_steps step, graphile_worker.jobs job WHERE step.status = 'pending'`);
    expect(rows.map(({ waitS, jobWaitS }) => waitS - jobWaitS)).toEqual([0]); // one job, due when the step is
    waits.push(rows[0]?.waitS ?? 0);
    await database.query(sql`UPDATE saga_steps SET run_at = now() WHERE status = 'pending'`);
  }
  expect(log).toEqual(["flight 1", "flight 2", "flight 3"]);
  expect(waits).toEqual([60, 90, 90]);
});

it("the next step's job is there exactly when the step before is recorded", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const saga = tripSaga([], undefined, recording);
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  await database.query(sql`INSERT INTO processed_events (consumer, event_id) VALUES ('flight', 'attempt 1')`);
  const jobs = async () => {
    const rows = await database.query<{ key: string }>(sql`SELECT key FROM graphile_worker.jobs ORDER BY key`);
    return rows.map(({ key }) => key);
  };
  await testEngine(database, saga).runStep(FLIGHT); // its record fails on the row that is there
  expect(await tripSteps(database)).toEqual([["flight", "action", "pending"]]);
  expect(await jobs()).toEqual(["saga:trip:1:flight:action"]);
  await testEngine(database, saga).runStep(FLIGHT);
  expect(await jobs()).toContain("saga:trip:1:hotel:action");
});

it("a step of a saga that this worker does not know is left to one that does", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const log: TripLog = [];
  const saga = tripSaga(log);
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  const older = testEngine(database, { ...saga, version: 2 });
  await older.runStep(FLIGHT);
  await testEngine(database, saga).runStep(FLIGHT);
  expect(await tripSteps(database)).toContainEqual(["flight", "action", "completed"]);
});
