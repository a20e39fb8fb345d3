/** The worker's loop that counts versions. */
import type { Database, Logger, Scheduler } from "@tillstream/runtime";
import { countNextVersions } from "./count-versions.ts";

/** Who asks adds what is not counted yet, so nothing hangs on how often this is. */
const POLL_MS = 1_000;
const BATCH_SIZE = 5_000;

export interface FollowVersionsOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
}

/** Runs until `signal` aborts. */
export async function followVersions({ db, logger, scheduler, signal }: FollowVersionsOptions): Promise<void> {
  while (!signal.aborted) {
    try {
      const counted = await countNextVersions(db, BATCH_SIZE);
      if (counted === BATCH_SIZE) continue;
    } catch (error) {
      logger.debug({ err: (error as Error).message }, "event versions: trying again");
    }
    await scheduler.sleep(POLL_MS, signal);
  }
}
