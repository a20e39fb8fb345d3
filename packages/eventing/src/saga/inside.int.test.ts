/** Step operations that call nobody: claim, record and end are one transaction, together with those that follow and call nobody. */
import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { refuse } from "../event/refusal.ts";
import { createGate } from "../testing/gate.ts";
import { driveTrip, testEngine, tripRun, tripSaga, tripSteps } from "../testing/trip-saga.ts";
import type { TripInput } from "../testing/trip-saga.ts";
import type { Saga, StepContext } from "./definition.ts";
import { compensateRun } from "./operate.ts";
import { beginRun } from "./state.ts";

const FLIGHT = { sagaId: "trip:1", step: "flight", kind: "action" } as const;

/** A trip whose steps only record; `during` runs between a step's record and its end. */
function recordingSaga(during: (step: string, attempt: number) => void | Promise<void> = () => undefined): Saga {
  const operation = (name: string) => ({
    record: async (tx: SqlExecutor, { attempt }: StepContext<TripInput>) => {
      await tx.query(sql`INSERT INTO processed_events (consumer, event_id) VALUES (${name}, ${`attempt ${attempt}`})`);
      await during(name, attempt);
    },
  });
  return tripSaga([], undefined, (step) => ({
    ...step,
    action: operation(step.name),
    compensation: operation(`undo ${step.name}`),
  }));
}

const ALL = ["flight attempt 1", "hotel attempt 1", "car attempt 1"];

/** A database that counts its transactions. */
function counted(database: Database) {
  const counting = {
    ...database,
    transactions: 0,
    transaction: ((work) => {
      counting.transactions += 1;
      return database.transaction(work);
    }) as Database["transaction"],
  };
  return counting;
}

const recordsIn = async (db: Database) =>
  (
    await db.query<{ record: string }>(sql`
      SELECT consumer || ' ' || event_id AS record FROM processed_events ORDER BY processed_at, ctid`)
  ).map(({ record }) => record);

const flightIn = async (db: Database) =>
  (
    await db.query<{ status: string; attempt: number }>(
      sql`SELECT status, attempt FROM saga_steps WHERE step = 'flight'`,
    )
  )[0];

it("nobody sees such a step under way, and one whose connection is lost leaves nothing behind", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const gate = createGate();
  const saga = recordingSaga((_, attempt) => (attempt === 1 ? gate.wait() : undefined));
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  const engine = testEngine(database, saga);
  const atWork = engine.runStep(FLIGHT);
  await gate.reached;
  expect(await flightIn(database)).toEqual({ status: "pending", attempt: 0 });
  await database.query(sql`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'idle in transaction'`);
  gate.open();
  await atWork;
  expect(await flightIn(database)).toEqual({ status: "pending", attempt: 0 });
  expect(await recordsIn(database)).toEqual([]);
  await database.query(sql`UPDATE saga_steps SET run_at = now()`);
  await engine.runStep(FLIGHT);
  expect(await flightIn(database)).toEqual({ status: "completed", attempt: 1 });
  expect(await recordsIn(database)).toEqual(ALL);
});

it("those that follow and call nobody are carried out in the transaction of the first", async () => {
  await using test = await createTestDatabase();
  const database = counted(test.database);
  const saga = recordingSaga();
  await test.database.transaction((tx) => beginRun(tx, saga, tripRun));
  await testEngine(database, saga).runStep(FLIGHT);
  expect(database.transactions).toBe(1);
  expect(await recordsIn(database)).toEqual(ALL);
  expect(await database.query(sql`SELECT status FROM sagas`)).toEqual([{ status: "completed" }]);
  const steps = await database.query(sql`SELECT status, attempt, fence FROM saga_steps`);
  expect(steps).toEqual(Array(ALL.length).fill({ status: "completed", attempt: 1, fence: 1 }));
});

it("one of them that fails leaves the first recorded once, and is settled by itself", async () => {
  await using test = await createTestDatabase();
  const database = counted(test.database);
  let refused = 0;
  const saga = recordingSaga((step) => {
    if (step !== "hotel") return;
    refused += 1;
    throw refuse("conflict", "FULL", "no room left");
  });
  await test.database.transaction((tx) => beginRun(tx, saga, tripRun));
  await testEngine(database, saga).runStep(FLIGHT);
  expect(database.transactions).toBe(2); // the second without those that follow
  expect(await tripSteps(database)).toEqual([
    ["flight", "action", "completed"],
    ["hotel", "action", "pending"],
  ]);
  expect(await recordsIn(database)).toEqual(["flight attempt 1"]);
  expect(await driveTrip(test.database, saga)).toBe("compensated");
  expect(await recordsIn(database)).toEqual(["flight attempt 1", "undo flight attempt 1"]);
  expect(refused).toBe(2);
});

it("a run that was begun with steps that do nothing begins behind them", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const saga = tripSaga([], undefined, (step) => (step.name === "flight" ? { ...step, action: {} } : step));
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  expect(await tripSteps(database)).toEqual([
    ["flight", "action", "completed"],
    ["hotel", "action", "pending"],
  ]);
  expect(await driveTrip(database, saga)).toBe("completed");
  const idle = tripSaga([], undefined, (step) => ({ ...step, action: {} }));
  await database.transaction((tx) => beginRun(tx, idle, { ...tripRun, subject: "2" }));
  await driveTrip(database, idle);
  expect(await database.query(sql`SELECT FROM sagas WHERE status = 'completed'`)).toHaveLength(2);
});

it("of two workers at the same step the second waits, and then finds it done", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const gate = createGate();
  const saga = recordingSaga(() => gate.wait());
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  const both = [testEngine(database, saga).runStep(FLIGHT), testEngine(database, saga).runStep(FLIGHT)];
  await gate.reached;
  gate.open();
  await Promise.all(both);
  expect(await recordsIn(database)).toEqual(ALL);
});

it("faults use up its attempts, and then the run is undone; a refusal undoes it at once", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  let fault: Error = new Error("busy");
  const saga = recordingSaga((step) => {
    if (step === "hotel") throw fault;
  });
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  expect(await driveTrip(database, saga)).toBe("compensated");
  const undone = [
    ["flight", "action", "completed"],
    ["hotel", "action", "failed"],
    ["flight", "compensation", "completed"],
  ];
  expect(await tripSteps(database)).toEqual(undone);
  expect(await database.query(sql`SELECT attempt FROM saga_steps WHERE step = 'hotel'`)).toEqual([{ attempt: 3 }]);
  expect(await recordsIn(database)).toEqual(["flight attempt 1", "undo flight attempt 1"]);
  await database.query(sql`DELETE FROM processed_events`);
  await database.query(sql`DELETE FROM sagas`);
  fault = refuse("conflict", "FULL", "no room left");
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  expect(await driveTrip(database, saga)).toBe("compensated");
  expect(await database.query(sql`SELECT status, attempt FROM saga_steps WHERE step = 'hotel'`)).toEqual([
    { status: "refused", attempt: 1 },
  ]);
});

it("an operator who has the run undone waits for the step under way, and what it did is undone", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const gate = createGate();
  const recording = recordingSaga((step) => (step === "hotel" ? gate.wait() : undefined));
  const calls = { action: { call: async () => null } };
  const steps = recording.steps.map((step) => (step.name === "car" ? { ...step, ...calls } : step));
  const saga: Saga = { ...recording, steps };
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  const atWork = testEngine(database, saga).runStep(FLIGHT);
  await gate.reached;
  const undoing = compensateRun(database, FLIGHT.sagaId, { actor: "user:op", reason: "the traveller called" });
  gate.open();
  expect(await Promise.all([undoing, atWork])).toEqual([{ undoing: "hotel" }, undefined]);
  expect(await driveTrip(database, saga)).toBe("compensated");
  expect(await recordsIn(database)).toEqual([
    "flight attempt 1",
    "hotel attempt 1",
    "undo hotel attempt 1",
    "undo flight attempt 1",
  ]);
});

it("those that follow see the same result of a call as they would by themselves", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const seen: unknown[] = [];
  let fails = 1;
  const saga = tripSaga([], undefined, (step) =>
    step.name === "flight"
      ? { ...step, action: { call: async () => ({ at: new Date(0), seat: undefined }) } }
      : {
          ...step,
          action: {
            record: async (_, { results }) => {
              seen.push(results["flight"]);
              if (step.name === "hotel" && (fails -= 1) >= 0) throw new Error("not now");
            },
          },
        },
  );
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  expect(await driveTrip(database, saga)).toBe("completed");
  expect(seen).toStrictEqual(seen.map(() => ({ at: "1970-01-01T00:00:00.000Z" })));
});
