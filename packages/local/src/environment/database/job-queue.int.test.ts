import { createPool } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { Logger, makeWorkerUtils, run } from "graphile-worker";
import { expect, test } from "vitest";
import { migrateJobQueue } from "./job-queue.ts";

const logger = new Logger(() => () => undefined);

test("the role of the processes can add, run, fail and repeat jobs", async () => {
  await using db = await createTestDatabase();
  // One of our own, whose end is waited for before the database is dropped.
  const pool = createPool({ url: db.appUrl, max: 5, applicationName: "test" });
  const connection = { pgPool: pool, logger };
  const done = Promise.withResolvers<unknown>();
  const runner = await run({
    ...connection,
    pollInterval: 100,
    noHandleSignals: true,
    taskList: {
      first: async (_payload, { addJob }) => void (await addJob("second", { from: "first" })),
      second: async (payload) => {
        done.resolve(payload);
      },
      failing: async () => {
        throw new Error("refused");
      },
    },
  });
  const utils = await makeWorkerUtils(connection);
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
    await runner.stop();
    await pool.end();
  }
});

test("migrating the job queue again changes nothing", async () => {
  await using db = await createTestDatabase();
  await expect(migrateJobQueue(db.url)).resolves.toBeUndefined();
});
