/** Finishes erasures again and again until the signal aborts; several may run at a time. */
import type { PersonalData } from "@tillstream/eventing";
import type { Database, Logger, Scheduler } from "@tillstream/runtime";
import { finishErasures } from "./erase.ts";

const POLL_MS = 5_000;

export interface ErasureOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  readonly personalData: readonly PersonalData[];
}

export async function runErasures({ db, logger, scheduler, signal, personalData }: ErasureOptions): Promise<void> {
  while (!signal.aborted) {
    await finishErasures(db, personalData).catch((error: Error) =>
      logger.warn({ err: error.message }, "erasures: trying again"),
    );
    await scheduler.sleep(POLL_MS, signal);
  }
}
