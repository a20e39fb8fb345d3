import { createTestDatabase } from "@tillstream/db/testing";
import type { TestDatabase } from "@tillstream/db/testing";
import { createLogger, sql, systemScheduler } from "@tillstream/runtime";
import type { Scheduler } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import type { JobsPool } from "./patient-pool.ts";
import { RESTART_MS, runJobs, STILL_MS } from "./run-jobs.ts";
import type { JobsOptions } from "./run-jobs.ts";

const logger = createLogger("test", "silent");
const HANGS = new Promise<never>(() => undefined);

function start({ pool }: TestDatabase, options: Partial<JobsOptions> & Pick<JobsOptions, "tasks">) {
  const stopped = new AbortController();
  const rest = { logger, scheduler: systemScheduler, concurrency: 2, batched: true };
  const ended = runJobs({ pool, ...rest, ...options, signal: stopped.signal });
  return {
    async stop() {
      stopped.abort();
      await ended;
    },
  };
}

const add = ({ database }: TestDatabase, task: string, count = 1) =>
  database.query(sql`SELECT graphile_worker.add_job(${task}, '{}'::json)::text FROM generate_series(1, ${count}::int)`);
const jobsIn = ({ database }: TestDatabase) =>
  database.query<{ error: string | null }>(sql`SELECT last_error AS error FROM graphile_worker.jobs`);

it.for([true, false])("connections that end in the middle of it are nothing to jobs, batched: %s", async (batched) => {
  await using test = await createTestDatabase();
  let done = 0;
  const jobs = start(test, { batched, tasks: { count: () => undefined, later: () => void (done += 1) } });
  for (let round = 1; round <= 20; round += 1) {
    await add(test, "count", 10);
    await test.database.query(sql`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`);
  }
  // Those fetched for an answer that got lost stay locked: their sender brings the work back.
  const waiting = () => test.database.query(sql`SELECT FROM graphile_worker.jobs WHERE locked_at IS NULL`);
  await vi.waitFor(async () => expect(await waiting()).toEqual([]));
  await add(test, "later", 10);
  await vi.waitFor(() => expect(done).toBe(10));
  await jobs.stop();
  expect(await waiting()).toEqual([]);
});

it("a stalled runner is left behind, and another runs the jobs", async () => {
  await using test = await createTestDatabase();
  let stuck = false;
  const connect = () => {
    if (!stuck) return test.pool.connect();
    hanging.resolve();
    return HANGS;
  };
  const hanging = Promise.withResolvers<void>();
  let looks = new AbortController();
  const scheduler: Scheduler = {
    ...systemScheduler,
    sleep(ms, signal) {
      if (ms === RESTART_MS) stuck = false;
      if (ms < STILL_MS) return systemScheduler.sleep(ms, signal);
      return systemScheduler.sleep(ms, AbortSignal.any([looks.signal, ...(signal === undefined ? [] : [signal])]));
    },
  };
  const look = () => {
    looks.abort();
    looks = new AbortController();
  };
  let done = 0;
  const pool = Object.create(test.pool, { connect: { value: connect } }) as JobsPool;
  const jobs = start(test, { pool, scheduler, tasks: { count: () => void (done += 1) } });
  await add(test, "count");
  await vi.waitFor(() => expect(done).toBe(1));
  look();
  stuck = true;
  await add(test, "count");
  await hanging.promise;
  await vi.waitFor(() => {
    look();
    expect(done).toBe(2);
  });
  await jobs.stop();
});

it("a job that takes longer than its bound counts as failed, and another takes its slot", async () => {
  await using test = await createTestDatabase();
  let done = 0;
  const tasks = { hang: () => HANGS, count: () => void (done += 1) };
  const jobs = start(test, { concurrency: 1, jobMsMax: 50, tasks });
  await add(test, "hang");
  await add(test, "count");
  await vi.waitFor(() => expect(done).toBe(1));
  await jobs.stop();
  expect(await jobsIn(test)).toEqual([{ error: "job hang took longer than 50 ms" }]);
});
