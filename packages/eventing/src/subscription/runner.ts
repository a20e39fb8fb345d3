/**
 * Runs one subscription: follows the global order from its checkpoint, batch by batch. Inbox rows, effects
 * and checkpoint commit together. A batch that fails is undone and taken event by event, so that only the
 * event at fault is retried and then parked, with the later events of its stream waiting behind it.
 */
import type { Database, Logger, Scheduler, SqlExecutor, WakeUp } from "@tillstream/runtime";
import type { EventCatalogue } from "../event/catalogue.ts";
import { isTransient } from "../sql-errors.ts";
import { readLog } from "../store/read.ts";
import type { LoggedEvent } from "../store/read.ts";
import { applyBatch, catalogueOf } from "./apply-batch.ts";
import type { Subscription } from "./apply-batch.ts";
import { advanceCheckpoint, beat, lockCheckpoint, registerSubscription } from "./checkpoint.ts";
import { claimInInbox, park, parkedStreams } from "./inbox.ts";

/** Attempts at one event before its stream is parked for this subscription. */
export const EVENT_ATTEMPTS_MAX = 4;
const RETRY_BASE_MS = 50;
const INFRASTRUCTURE_BACKOFF_MS = 500;
const ERROR_TEXT_MAX = 4_000;

export interface SubscriptionOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly batchSize: number;
  readonly pollMs: number;
  readonly wakeUp: WakeUp;
  readonly signal: AbortSignal;
  /** Called after a commit with the keys of the rows that a projection changed. */
  readonly onChanged?: (projection: string, keys: readonly string[]) => void;
}

export interface BatchResult {
  /** Events that the checkpoint moved past. */
  readonly passed: number;
  readonly changedKeys: readonly string[];
}

const NOTHING: BatchResult = { passed: 0, changedKeys: [] };

/** Runs until `signal` aborts. */
export async function runSubscription(subscription: Subscription, options: SubscriptionOptions): Promise<void> {
  const { db, logger, scheduler, signal, wakeUp, pollMs } = options;
  const catalogue = catalogueOf(subscription);
  let registered = false;
  while (!signal.aborted) {
    try {
      if (!registered) await registerSubscription(db, subscription.kind, subscription.name);
      registered = true;
      const { passed, changedKeys } = await processNext(subscription, catalogue, options);
      if (changedKeys.length > 0) options.onChanged?.(subscription.name, changedKeys);
      if (passed < options.batchSize) await wakeUp.wait(pollMs, signal);
      if (passed === 0) await beat(db, subscription.kind, subscription.name);
    } catch (error) {
      registered = false;
      logger.warn({ err: (error as Error).message, subscription: subscription.name }, "subscription: trying again");
      await scheduler.sleep(INFRASTRUCTURE_BACKOFF_MS, signal);
    }
  }
}

/** One batch in one transaction; when it fails for a reason of its own, its events one by one. */
export async function processNext(
  subscription: Subscription,
  catalogue: EventCatalogue,
  options: SubscriptionOptions,
): Promise<BatchResult> {
  try {
    return await options.db.transaction((tx) => processBatch(tx, subscription, catalogue, options.batchSize));
  } catch (error) {
    if (isTransient(error)) throw error;
    return processSingly(subscription, catalogue, options);
  }
}

async function processBatch(
  tx: SqlExecutor,
  subscription: Subscription,
  catalogue: EventCatalogue,
  limit: number,
  onBegin?: (firstPosition: number) => void,
): Promise<BatchResult> {
  const { kind, name } = subscription;
  const checkpoint = await lockCheckpoint(tx, kind, name);
  if (checkpoint === undefined || checkpoint.status !== "running") return NOTHING;
  const events = await readLog(tx, checkpoint.position, limit);
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return NOTHING;
  onBegin?.(first.position);
  const wanted = events.filter((event) => catalogue.definitions.has(event.type));
  const fresh = await holdBehindParked(tx, name, wanted);
  const claimed = await claimInInbox(
    tx,
    name,
    fresh.map((event) => event.eventId),
  );
  const changedKeys = await applyBatch(
    tx,
    subscription,
    catalogue,
    fresh.filter((event) => claimed.has(event.eventId)),
  );
  await advanceCheckpoint(tx, kind, name, last.position);
  return { passed: events.length, changedKeys };
}

/** Parks the events whose stream is parked already; returns the others. */
async function holdBehindParked(
  tx: SqlExecutor,
  consumer: string,
  events: readonly LoggedEvent[],
): Promise<readonly LoggedEvent[]> {
  const parked = await parkedStreams(tx, consumer, [...new Set(events.map((event) => event.streamId))]);
  if (parked.size === 0) return events;
  for (const event of events) {
    if (!parked.has(event.streamId)) continue;
    await park(tx, consumer, event, {
      status: "waiting",
      error: "an earlier event of this stream is parked",
      attempts: 0,
    });
  }
  return events.filter((event) => !parked.has(event.streamId));
}

async function processSingly(
  subscription: Subscription,
  catalogue: EventCatalogue,
  options: SubscriptionOptions,
): Promise<BatchResult> {
  const changedKeys: string[] = [];
  let passed = 0;
  while (passed < options.batchSize && !options.signal.aborted) {
    const result = await processOneOrPark(subscription, catalogue, options);
    if (result.passed === 0) break;
    passed += result.passed;
    changedKeys.push(...result.changedKeys);
  }
  return { passed, changedKeys };
}

async function processOneOrPark(
  subscription: Subscription,
  catalogue: EventCatalogue,
  options: SubscriptionOptions,
): Promise<BatchResult> {
  const { db, scheduler, signal, logger } = options;
  let lastError: unknown;
  let failedAt: number | undefined;
  for (let attempt = 1; attempt <= EVENT_ATTEMPTS_MAX && !signal.aborted; attempt += 1) {
    try {
      return await db.transaction((tx) => {
        return processBatch(tx, subscription, catalogue, 1, (position) => (failedAt = position));
      });
    } catch (error) {
      if (isTransient(error)) throw error;
      lastError = error;
      if (attempt < EVENT_ATTEMPTS_MAX) await scheduler.sleep(RETRY_BASE_MS * 4 ** (attempt - 1), signal);
    }
  }
  if (signal.aborted || failedAt === undefined) return NOTHING;
  const position = failedAt;
  logger.error({ err: lastError, subscription: subscription.name, position }, "subscription: parking an event");
  return db.transaction((tx) => parkNext(tx, subscription, { position, error: lastError }));
}

/** Parks the event that failed, unless another process has parked or passed it meanwhile. */
async function parkNext(
  tx: SqlExecutor,
  { kind, name }: Subscription,
  { position, error }: { readonly position: number; readonly error: unknown },
): Promise<BatchResult> {
  const checkpoint = await lockCheckpoint(tx, kind, name);
  if (checkpoint === undefined || checkpoint.status !== "running") return NOTHING;
  const event = (await readLog(tx, checkpoint.position, 1))[0];
  if (event?.position !== position) return NOTHING;
  const text = (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, ERROR_TEXT_MAX);
  await park(tx, name, event, { status: "parked", error: text, attempts: EVENT_ATTEMPTS_MAX });
  await advanceCheckpoint(tx, kind, name, event.position);
  return { passed: 1, changedKeys: [] };
}
