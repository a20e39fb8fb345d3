/** graphile-worker, restarted by itself when Postgres was away, and stopped by our signal. */
import { Logger as GraphileLogger, run } from "graphile-worker";
import type { Runner, TaskList } from "graphile-worker";
import type { Logger, Scheduler } from "@tillstream/runtime";
import type pg from "pg";

const POLL_MS = 500;
const RESTART_MS = 1_000;

export interface GraphileRunnerOptions {
  readonly pool: pg.Pool;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  readonly concurrency: number;
  readonly tasks: TaskList;
}

/** Runs until `signal` aborts and the jobs under way are done. */
export async function runGraphileWorker(options: GraphileRunnerOptions): Promise<void> {
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

async function runOnce({ pool, logger, signal, concurrency, tasks }: GraphileRunnerOptions): Promise<void> {
  const runner: Runner = await run({
    pgPool: pool,
    taskList: tasks,
    concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: graphileLogger(logger),
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
