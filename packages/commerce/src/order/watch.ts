/**
 * Follows one order: yields its view now and after every change, until nobody listens. Woken by the change feed and, since
 * a notice may be lost, by a poll: often while the order is under way, once a minute when it rests. It may rest for years.
 */
import { createWakeUp, systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { ChangeFeed } from "@tillstream/trpc";
import { ORDER_VIEW } from "./projections/order-view.ts";
import type { OrderPage } from "./page.ts";
import { readOrderPage } from "./page.ts";

const POLL_MS = 1_000;
const RESTING_POLL_MS = 60_000;

export interface WatchOptions {
  readonly db: SqlExecutor;
  readonly changes: ChangeFeed;
  readonly orderId: string;
  /** Views up to this version were seen before. */
  readonly afterVersion: number;
  readonly signal: AbortSignal;
  readonly pollMs?: number;
  readonly restingPollMs?: number;
}

/** Nobody is at work on it: what happens next begins with a person, or with the clock of shipping. */
function rests({ status, steps }: OrderPage): boolean {
  return status !== "pending" && !steps.some((step) => step.name === "cancelled" && step.status === "pending");
}

export async function* watchOrder({
  db,
  changes,
  orderId,
  afterVersion,
  signal,
  pollMs = POLL_MS,
  restingPollMs = RESTING_POLL_MS,
}: WatchOptions): AsyncGenerator<OrderPage> {
  const wakeUp = createWakeUp(systemScheduler);
  const unsubscribe = changes.subscribe(({ projection, keys }) => {
    if (projection === ORDER_VIEW && keys.includes(orderId)) wakeUp.notify();
  });
  try {
    let seen = afterVersion;
    while (!signal.aborted) {
      const page = await readOrderPage(db, orderId);
      if (page !== undefined && page.version > seen) {
        seen = page.version;
        yield page;
      }
      await wakeUp.wait(page !== undefined && rests(page) ? restingPollMs : pollMs, signal);
    }
  } finally {
    unsubscribe();
  }
}
