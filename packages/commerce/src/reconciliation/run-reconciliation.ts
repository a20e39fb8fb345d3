/** The worker's loop over reconciliation runs: one each interval, and those that an operator asks for. */
import type { IdGenerator, Scheduler } from "@tillstream/runtime";
import { carryOut } from "./reconcile.ts";
import type { RunOptions } from "./reconcile.ts";
import { scheduleRun, takeRun } from "./runs.ts";

/** How long an operator waits for a run to begin. */
const POLL_MS = 1_000;

export interface ReconciliationOptions extends RunOptions {
  readonly scheduler: Scheduler;
  readonly ids: IdGenerator;
  readonly intervalMs: number;
}

/** Runs until `signal` aborts. */
export async function runReconciliation(options: ReconciliationOptions): Promise<void> {
  const { db, logger, scheduler, signal, ids, intervalMs } = options;
  while (!signal.aborted) {
    try {
      await scheduleRun(db, ids.next(), intervalMs);
      const run = await takeRun(db);
      if (run !== undefined) await carryOut(options, run);
    } catch (error) {
      logger.warn({ err: (error as Error).message }, "reconciliation: trying again");
    }
    await scheduler.sleep(POLL_MS, signal);
  }
}
