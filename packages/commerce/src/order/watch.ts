/**
 * Follows one order: yields its view now and after every change, until it is over. Woken by the change feed and,
 * since a notice may be lost, by a poll.
 */
import { createWakeUp, systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { ChangeFeed } from "@tillstream/trpc";
import { ORDER_VIEW } from "./projections/order-view.ts";
import type { OrderPage } from "./page.ts";
import { readOrderPage } from "./page.ts";

const POLL_MS = 1_000;

export interface WatchOptions {
  readonly db: SqlExecutor;
  readonly changes: ChangeFeed;
  readonly orderId: string;
  /** Views up to this version were seen before. */
  readonly afterVersion: number;
  readonly signal: AbortSignal;
  readonly pollMs?: number;
}

export async function* watchOrder({
  db,
  changes,
  orderId,
  afterVersion,
  signal,
  pollMs = POLL_MS,
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
      await wakeUp.wait(pollMs, signal);
    }
  } finally {
    unsubscribe();
  }
}
