/**
 * The jobs of steps that have become due, queued after the commit that made them so: a NOTIFY in the step's own
 * transaction would make commits wait for one another. While one statement is under way, those that come gather for the
 * next. The due step is the record and its job the wake-up: one that gets lost here is queued by the sweeper.
 */
import type { Database, Logger } from "@tillstream/runtime";
import { queueSteps } from "./state.ts";
import type { StepRef } from "./state.ts";

export interface StepJobs {
  /** Resolves when the job is queued, or left to the sweeper. */
  queue(step: StepRef): Promise<void>;
}

export function createStepJobs(db: Database, logger: Logger): StepJobs {
  let gathered: StepRef[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  async function send(): Promise<void> {
    const steps = gathered;
    gathered = [];
    next = undefined;
    try {
      await queueSteps(db, steps);
    } catch (error) {
      logger.warn({ steps: steps.length, err: (error as Error).message }, "saga steps are left to the sweeper");
    }
  }

  return {
    queue(step) {
      gathered.push(step);
      next ??= last = last.then(send);
      return next;
    },
  };
}
