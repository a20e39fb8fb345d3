/**
 * Follows orders: yields the view of each now and after every change, until its reader leaves. Woken by the change feed and, since
 * a notice may be lost, by a poll: often while an order is under way, once a minute when it rests. It may rest for years.
 */
import { createWakeUp, monotonicMs, systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { ChangeFeed } from "@tillstream/eventing";
import { ORDER_VIEW } from "./projections/order-view.ts";
import type { OrderPage } from "./page.ts";
import { readOrderPages } from "./page.ts";

const POLL_MS = 1_000;
const RESTING_POLL_MS = 60_000;

export interface WatchOptions {
  readonly db: SqlExecutor;
  readonly changes: ChangeFeed;
  /** By order, the version up to which views were seen before. */
  readonly seen: ReadonlyMap<string, number>;
  readonly signal: AbortSignal;
  readonly pollMs?: number;
  readonly restingPollMs?: number;
}

/** No run is at work on it: what happens next begins with a person, or with the clock of shipping. */
function rests({ status, steps }: OrderPage): boolean {
  return status !== "pending" && !steps.some((step) => step.name === "cancelled" && step.status === "pending");
}

export async function* watchOrders(options: WatchOptions): AsyncGenerator<OrderPage> {
  const { db, changes, signal, pollMs = POLL_MS, restingPollMs = RESTING_POLL_MS } = options;
  const seen = new Map(options.seen);
  const agenda = createAgenda(seen.keys());
  const wakeUp = createWakeUp(systemScheduler);
  const unsubscribe = changes.subscribe(({ projection, keys }) => {
    if (projection === ORDER_VIEW && agenda.callFor(keys)) wakeUp.notify();
  });
  try {
    while (!signal.aborted) {
      const asked = agenda.takeDue();
      const pages = await readOrderPages(db, asked);
      for (const orderId of asked) {
        const page = pages.get(orderId);
        agenda.askIn(orderId, page !== undefined && rests(page) ? restingPollMs : pollMs);
        if (page === undefined || page.version <= (seen.get(orderId) ?? -1)) continue;
        seen.set(orderId, page.version);
        yield page;
      }
      await wakeUp.wait(Math.min(agenda.dueInMs(), restingPollMs), signal);
    }
  } finally {
    unsubscribe();
  }
}

/** Which orders are to be asked for, and when. */
function createAgenda(orderIds: Iterable<string>) {
  const dueAt = new Map(Array.from(orderIds, (orderId) => [orderId, 0]));
  return {
    /** A notice tells of them: they are due at once. Whether any of them is ours. */
    callFor(orderIdsCalled: readonly string[]): boolean {
      const ours = orderIdsCalled.filter((orderId) => dueAt.has(orderId));
      for (const orderId of ours) dueAt.set(orderId, 0);
      return ours.length > 0;
    },
    takeDue(): string[] {
      const now = monotonicMs();
      const due = [...dueAt.keys()].filter((orderId) => (dueAt.get(orderId) ?? 0) <= now);
      for (const orderId of due) dueAt.set(orderId, Infinity);
      return due;
    },
    /** Unless a notice came while it was being read: what was read may be from before. */
    askIn(orderId: string, ms: number): void {
      if (dueAt.get(orderId) === Infinity) dueAt.set(orderId, monotonicMs() + ms);
    },
    dueInMs: () => Math.max(0, Math.min(...dueAt.values()) - monotonicMs()),
  };
}
