/**
 * Runs one subscription on the Postgres bus: each of its lanes follows the global order from its checkpoint, page by
 * page. Inbox rows, effects and checkpoint commit together. While Postgres is away a lane waits; whatever else fails
 * holds one stream and lets the others pass (`deliver.ts`).
 */
import type { Database, Logger, Scheduler, WakeUp } from "@tillstream/runtime";
import { POSTGRES_MESSAGING } from "../event/messaging.ts";
import type { EventCatalogue } from "../event/catalogue.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import type { Applied } from "./apply-batch.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { advanceCheckpoint, beat, lanesOf, lockCheckpoint, registerSubscription } from "./checkpoint.ts";
import type { Lane } from "./checkpoint.ts";
import { deliver } from "./deliver.ts";
import { nextPage } from "./next-page.ts";
import type { Page } from "./next-page.ts";

const INFRASTRUCTURE_BACKOFF_MS = 500;

/** What one page needs. */
export interface PageOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly batchSize: number;
  /** Called after a commit with the keys of the rows that a projection changed. */
  readonly onChanged?: (projection: string, keys: readonly string[]) => void;
  /** Called after a commit in which a consumer appended events: the relay has work. */
  readonly onAppended?: () => void;
}

export interface SubscriptionOptions extends PageOptions {
  readonly scheduler: Scheduler;
  readonly pollMs: number;
  /** Makes what wakes one lane: a hint that there may be events. */
  readonly wakeUp: () => WakeUp;
  readonly signal: AbortSignal;
}

export interface PageResult extends Applied {
  /** Events that the checkpoint moved past. */
  readonly passed: number;
}

const NOTHING: PageResult = { passed: 0, changedKeys: [], appended: false };

/** Runs until `signal` aborts. */
export async function runSubscription(subscription: Subscription, options: SubscriptionOptions): Promise<void> {
  await Promise.all(lanesOf(subscription).map((lane) => runLane(lane, options)));
}

async function runLane(lane: Lane, options: SubscriptionOptions): Promise<void> {
  const { db, logger, scheduler, signal, pollMs } = options;
  const { subscription } = lane;
  const catalogue = catalogueOf(subscription);
  const wakeUp = options.wakeUp();
  let registered = false;
  while (!signal.aborted) {
    try {
      if (!registered) await registerSubscription(db, subscription);
      registered = true;
      const { passed } = await processNext(lane, catalogue, options);
      if (passed < options.batchSize) await wakeUp.wait(pollMs, signal);
      if (passed === 0) await beat(db, lane);
    } catch (error) {
      registered = false;
      logger.warn({ err: (error as Error).message, subscription: subscription.name }, "subscription: trying again");
      await scheduler.sleep(INFRASTRUCTURE_BACKOFF_MS, signal);
    }
  }
}

/** The next page of a lane, if there is one. Throws only when Postgres is away. */
export async function processNext(lane: Lane, catalogue: EventCatalogue, options: PageOptions): Promise<PageResult> {
  const page = await nextPage(options.db, lane, [...catalogue.definitions.keys()], options.batchSize);
  if (page === undefined) return NOTHING;
  const result = await processPage(lane, page, catalogue, options);
  if (result.changedKeys.length > 0) options.onChanged?.(lane.subscription.name, result.changedKeys);
  if (result.appended) options.onAppended?.();
  return result;
}

async function processPage(
  lane: Lane,
  page: Page,
  catalogue: EventCatalogue,
  { db, logger }: PageOptions,
): Promise<PageResult> {
  let at = page.from;
  const { count, ...applied } = await deliver(
    {
      db,
      logger,
      subscription: lane.subscription,
      catalogue,
      messaging: POSTGRES_MESSAGING,
      nothingHeld: !page.holds,
      begin: (tx) => lockCheckpoint(tx, lane, at),
      async pass(tx, event) {
        // Also what lies behind the last wanted event is done with it.
        const to = event === page.wanted.at(-1) ? page.to : event.position;
        await advanceCheckpoint(tx, lane, at, to);
        at = to;
      },
    },
    page.wanted,
  );
  if (count < page.wanted.length) return { passed: 0, ...applied };
  if (at < page.to && !(await advanceCheckpoint(db, lane, at, page.to))) return { passed: 0, ...applied };
  return { passed: page.passed, ...applied };
}
