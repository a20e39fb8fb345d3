/** graphile-worker over some of the tasks, restarted by itself when Postgres was away, and stopped by our signal. */
import type { Logger, Scheduler } from "@tillstream/runtime";
import { Logger as GraphileLogger, run } from "graphile-worker";
import type { Runner, RunnerOptions, TaskList } from "graphile-worker";

const POLL_MS = 500;
const RESTART_MS = 1_000;

export interface JobsOptions {
  readonly pool: NonNullable<RunnerOptions["pgPool"]>;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  /** Jobs at work at once. */
  readonly concurrency: number;
  readonly tasks: TaskList;
  /**
   * Fetch and complete jobs many at a time: for short jobs. Those fetched wait for a free slot of this process and for
   * no other; when it is killed they stay locked, so something else must bring their work back.
   */
  readonly batched?: boolean;
}

/** Runs until `signal` aborts and the jobs under way are done. */
export async function runJobs(options: JobsOptions): Promise<void> {
  const { logger, scheduler, signal } = options;
  while (!signal.aborted) {
    try {
      await runOnce(options);
    } catch (error) {
      logger.warn({ err: (error as Error).message }, "graphile-worker stopped, starting it again");
      await scheduler.sleep(RESTART_MS, signal);
    }
  }
}

async function runOnce({ pool, logger, signal, concurrency, tasks, batched = false }: JobsOptions): Promise<void> {
  const runner: Runner = await run({
    pgPool: pool,
    taskList: tasks,
    concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: graphileLogger(logger),
    ...(batched && { preset: { worker: { localQueue: { size: concurrency }, completeJobBatchDelay: 0 } } }),
  });
  const stop = () => void runner.stop().catch(() => undefined); // it was stopping already
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    await runner.promise;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function graphileLogger(logger: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message) => {
    if (level === "error") logger.error(message);
    else if (level === "warning") logger.warn(message);
    else logger.trace(message);
  });
}
