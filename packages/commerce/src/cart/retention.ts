/** Forgets the carts that nobody came back to. */
import type { Logger, Scheduler, SqlExecutor } from "@tillstream/runtime";
import { CART_DAYS } from "./holder.ts";
import { pruneCarts } from "./repository.ts";

export interface CartRetentionOptions {
  readonly db: SqlExecutor;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  readonly everyMs: number;
}

/** Runs until `signal` aborts; several may run at a time. */
export async function runCartRetention({
  db,
  logger,
  scheduler,
  signal,
  everyMs,
}: CartRetentionOptions): Promise<void> {
  while (!signal.aborted) {
    await scheduler.sleep(everyMs, signal);
    if (signal.aborted) return;
    await pruneCarts(db, CART_DAYS).catch((error: Error) =>
      logger.warn({ err: error.message }, "carts: trying again at the next round"),
    );
  }
}
