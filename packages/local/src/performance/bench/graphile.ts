/** The job queue alone, without anything of ours: what a developer would take in its place. */
import { sql, systemScheduler } from "@tillstream/runtime";
import { Logger, run } from "graphile-worker";
import type { Runner, Task } from "graphile-worker";
import type { BenchShop } from "./shop.ts";

/** As many as the worker's own. */
export const CONCURRENCY = 12;
const LOOK_MS = 20;
const TASK = "bench";

interface QueueOptions {
  readonly task: Task;
  /** Fetch and complete so many jobs at once; one by one without. */
  readonly localQueue?: number;
}

type Queue = Pick<BenchShop, "database" | "pool">;

/** Takes jobs of the task `bench` until it is stopped. */
export function runQueue({ pool }: Queue, { task, localQueue }: QueueOptions): Promise<Runner> {
  return run({
    pgPool: pool,
    taskList: { [TASK]: task },
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
    ...(localQueue !== undefined && {
      preset: { worker: { localQueue: { size: localQueue }, completeJobBatchDelay: 0 } },
    }),
  });
}

/** From the start of the queue until all of so many jobs are gone that waited. */
export async function jobsPerSecond(queue: Queue, jobs: number, options: QueueOptions): Promise<number> {
  const { database: db } = queue;
  await db.query(sql`SELECT graphile_worker.add_job(${TASK}, '{}'::json) FROM generate_series(1, ${jobs}::int)`);
  const started = performance.now();
  const runner = await runQueue(queue, options);
  await queueIsEmpty(queue);
  const seconds = (performance.now() - started) / 1_000;
  await runner.stop();
  return jobs / seconds;
}

export async function queueIsEmpty({ database: db }: Pick<Queue, "database">): Promise<void> {
  const left = () => db.query(sql`SELECT FROM graphile_worker.jobs WHERE task_identifier = ${TASK} LIMIT 1`);
  while ((await left()).length > 0) await systemScheduler.sleep(LOOK_MS);
}
