import { createTestDatabase } from "@tillstream/db/testing";
import { createLogger, sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { tripRun, tripSaga } from "../testing/trip-saga.ts";
import { beginRun } from "./state.ts";
import { createStepJobs } from "./step-jobs.ts";
import { sweepOnce } from "./sweeper.ts";

const logger = createLogger("test", "silent");
const RUNS = 20;
const stepsOf = (count: number) =>
  Array.from({ length: count }, (_, run) => ({ sagaId: `trip:${run}`, step: "flight", kind: "action" }) as const);

/** Runs at their first step, without its job. */
async function begin(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    for (let run = 0; run < RUNS; run += 1) await beginRun(tx, tripSaga([]), { ...tripRun, subject: String(run) });
  });
  await db.query(sql`DELETE FROM graphile_worker._private_jobs`);
}

const jobsIn = async (db: Database) => (await db.query(sql`SELECT FROM graphile_worker.jobs`)).length;

it("those that come while a statement is under way are queued together, each once", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await begin(database);
  let statements = 0;
  const counted: Database = {
    ...database,
    query(...args) {
      statements += 1;
      return database.query(...args);
    },
  };
  const jobs = createStepJobs(counted, logger);
  await Promise.all([...stepsOf(RUNS), ...stepsOf(RUNS)].map((step) => jobs.queue(step)));
  expect(await jobsIn(database)).toBe(RUNS);
  expect(statements).toBe(1);
});

it("one that cannot be queued is left to the sweeper, and those after it are queued", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await begin(database);
  let away = true;
  const flaky: Database = {
    ...database,
    query: (...args) => (away ? Promise.reject(new Error("connection refused")) : database.query(...args)),
  };
  const jobs = createStepJobs(flaky, logger);
  const [lost, ...others] = stepsOf(RUNS);
  if (lost !== undefined) await jobs.queue(lost);
  away = false;
  await Promise.all(others.map((step) => jobs.queue(step)));
  expect(await jobsIn(database)).toBe(RUNS - 1);
  await database.query(sql`UPDATE saga_steps SET run_at = now() - interval '6 seconds' WHERE status = 'pending'`);
  await sweepOnce(database, [tripSaga([])]);
  expect(await jobsIn(database)).toBe(RUNS);
});

it("a step that is over gets no job", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await begin(database);
  await database.query(sql`UPDATE saga_steps SET status = 'completed' WHERE ordinal = 0`);
  const jobs = createStepJobs(database, logger);
  await Promise.all(stepsOf(RUNS).map((step) => jobs.queue(step)));
  expect(await jobsIn(database)).toBe(0);
});
