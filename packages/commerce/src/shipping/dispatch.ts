/**
 * The clock of shipping: what is due gets hold of its order. Found by state, so that a worker that was away ships
 * everything it missed, and decided by the order under its lock, so that a cancellation that was faster keeps it.
 */
import { RefusalError } from "@tillstream/eventing";
import { inSpan } from "@tillstream/runtime";
import type { Database, Logger, Scheduler } from "@tillstream/runtime";
import { changeOrder } from "../order/index.ts";
import { dueShipments } from "./repository.ts";

const DISPATCH_MAX = 100;
const DISPATCH_POLL_MS = 500;

/** Starts the shipping of what is due now. Returns how many orders it got hold of. */
export async function startDueShipments(db: Database): Promise<number> {
  let started = 0;
  for (const { orderId, eventId, ...story } of await dueShipments(db, DISPATCH_MAX)) {
    const metadata = { ...story, causationId: eventId, actor: "system" };
    try {
      await inSpan({ name: "shipping dispatch", story }, () =>
        db.transaction((tx) => changeOrder(tx, orderId, { type: "startShipping" }, metadata)),
      );
      started += 1;
    } catch (error) {
      // Somebody was faster: a cancellation, or a question for a person. The next turn does not find it any more.
      if (!(error instanceof RefusalError)) throw error;
    }
  }
  return started;
}

export interface DispatchOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  /** Called when the outbox has something new. */
  onStarted(): void;
}

/** Runs until `signal` aborts; several may run at a time. */
export async function runDispatch({ db, logger, scheduler, signal, onStarted }: DispatchOptions): Promise<void> {
  while (!signal.aborted) {
    try {
      const started = await startDueShipments(db);
      if (started > 0) onStarted();
      if (started === DISPATCH_MAX) continue;
    } catch (error) {
      logger.warn({ err: (error as Error).message }, "shipping: trying again");
    }
    await scheduler.sleep(DISPATCH_POLL_MS, signal);
  }
}
