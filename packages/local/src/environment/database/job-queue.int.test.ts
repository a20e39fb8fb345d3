import { createPool } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { runJobs } from "@tillstream/eventing";
import { createLogger, systemScheduler } from "@tillstream/runtime";
import { Logger, makeWorkerUtils } from "graphile-worker";
import { expect, test } from "vitest";
import { migrateJobQueue } from "./job-queue.ts";

test("the role of the processes can add, run, fail and repeat jobs", async () => {
  await using db = await createTestDatabase();
  // One of our own, whose end is waited for before the database is dropped.
  const pool = createPool({ url: db.appUrl, max: 5, applicationName: "test" });
  const done = Promise.withResolvers<unknown>();
  const stopped = new AbortController();
  // A plain runner ends before its last job's completion is written, which then waits in vain for the ended pool.
  const running = runJobs({
    pool,
    logger: createLogger("test", "silent"),
    scheduler: systemScheduler,
    signal: stopped.signal,
    concurrency: 1,
    pollMs: 100,
    tasks: {
      first: async (_payload, { addJob }) => void (await addJob("second", { from: "first" })),
      second: async (payload) => {
        done.resolve(payload);
      },
      failing: async () => {
        throw new Error("refused");
      },
    },
  });
  const utils = await makeWorkerUtils({ pgPool: pool, logger: new Logger(() => () => undefined) });
  try {
    await utils.addJob("first", {}, { jobKey: "once", queueName: "orders" });
    await utils.addJob("first", {}, { jobKey: "once", queueName: "orders" });
    const failing = await utils.addJob("failing", {}, { runAt: new Date(Date.now() + 3_600_000) });
    expect(await done.promise).toEqual({ from: "first" });
    expect(await utils.permanentlyFailJobs([failing.id], "by hand")).toHaveLength(1);
    expect(await utils.rescheduleJobs([failing.id], { attempts: 0 })).toHaveLength(1);
    expect(await utils.completeJobs([failing.id])).toHaveLength(1);
  } finally {
    await utils.release();
    stopped.abort();
    await running;
    await pool.end();
  }
});

test("migrating the job queue again changes nothing", async () => {
  await using db = await createTestDatabase();
  await expect(migrateJobQueue(db.url)).resolves.toBeUndefined();
});
