/** graphile-worker over some of the tasks: it outlasts Postgres, is restarted when it stalls, and stops on our signal. */
import { repeat, withTimeout } from "@tillstream/runtime";
import type { Logger, Scheduler } from "@tillstream/runtime";
import { Logger as GraphileLogger, run } from "graphile-worker";
import type { Task, TaskList } from "graphile-worker";
import { patientPool } from "./patient-pool.ts";
import type { JobsPool } from "./patient-pool.ts";

const POLL_MS = 500;
export const RESTART_MS = 1_000;
/** A runner with a free slot asks for jobs at every poll: one that has not asked for so long is stalled. */
export const STILL_MS = 30_000;
/** For giving jobs back, once those at work are done. */
const STOP_MS = 1_000;
const JOB_MS_MAX = 300_000;

export interface JobsOptions {
  readonly pool: JobsPool;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  /** Jobs run at once. */
  readonly concurrency: number;
  readonly tasks: TaskList;
  /**
   * Fetch and complete jobs many at a time: for short jobs. Those fetched wait for a free slot of this process and for
   * no other; when it is killed they stay locked, so something else must bring their work back.
   */
  readonly batched?: boolean;
  /** From one look for jobs whose time has come to the next; those to be run at once are told of. Half a second by default. */
  readonly pollMs?: number;
  /** A job that takes longer counts as failed, and another takes its slot. Five minutes by default. */
  readonly jobMsMax?: number;
}

/** Runs until `signal` aborts and the jobs under way are done. */
export const runJobs = (options: JobsOptions): Promise<void> =>
  repeat({ name: "graphile-worker", intervalMs: RESTART_MS, turn: () => runOnce(options) }, options);

/** One runner, from its start to its end; one that stalls, or does not end when it should, is left behind. */
async function runOnce(options: JobsOptions): Promise<void> {
  const { pool, logger, scheduler, signal, concurrency, batched = false } = options;
  const left = new AbortController();
  const ended = AbortSignal.any([signal, left.signal]);
  const atWork = new Set<Promise<unknown>>();
  let asked = 0;

  async function runner(): Promise<void> {
    const started = await run({
      pgPool: patientPool(pool, {
        logger,
        scheduler,
        signal: ended,
        left: left.signal,
        onAsked: () => (asked += 1),
      }),
      taskList: tasksOf(options, atWork),
      concurrency,
      pollInterval: options.pollMs ?? POLL_MS,
      noHandleSignals: true,
      logger: graphileLogger(logger),
      ...(batched && { preset: { worker: { localQueue: { size: concurrency }, completeJobBatchDelay: 0 } } }),
    });
    const stop = () => void started.stop().catch(() => undefined); // it was stopping already
    ended.addEventListener("abort", stop, { once: true });
    if (ended.aborted) stop();
    await started.promise;
  }

  async function stalls(): Promise<void> {
    for (let seen = -1; seen !== asked || atWork.size >= concurrency;) {
      seen = asked;
      await scheduler.sleep(STILL_MS, ended);
      if (ended.aborted) return idleAfterEnd();
    }
    throw new Error(`no job was asked for in ${STILL_MS} ms`);
  }

  async function idleAfterEnd(): Promise<void> {
    await Promise.allSettled(atWork);
    await scheduler.sleep(STOP_MS, left.signal);
  }

  try {
    await Promise.race([runner(), stalls()]);
  } finally {
    left.abort();
  }
}

/** The tasks, each job within its bound and in `atWork` meanwhile. */
function tasksOf({ tasks, jobMsMax = JOB_MS_MAX }: JobsOptions, atWork: Set<Promise<unknown>>): TaskList {
  const bounded =
    (name: string, task: Task): Task =>
    async (...job) => {
      const work = withTimeout(Promise.resolve(task(...job)), jobMsMax, `job ${name}`);
      atWork.add(work);
      try {
        return await work;
      } finally {
        atWork.delete(work);
      }
    };
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, task === undefined ? task : bounded(name, task)]),
  );
}

function graphileLogger(logger: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message) => {
    if (level === "error") logger.error(message);
    else if (level === "warning") logger.warn(message);
    else logger.trace(message);
  });
}
