/**
 * Delivers a run of events, in order, to one subscription: the same on every bus. Inbox rows, effects and the bus's own
 * note of how far it came commit together. When the run fails for a reason of its own it is undone and taken event by
 * event, so that only the event at fault is blocked, with the later ones of its stream behind it.
 */
import { withCorrelation } from "@tillstream/runtime";
import type { Database, Logger, SqlExecutor } from "@tillstream/runtime";
import { inBatch } from "../event/messaging.ts";
import type { Messaging } from "../event/messaging.ts";
import { blockedStreams, queueBehind, blockStream } from "../dead-letters/block.ts";
import type { EventCatalogue } from "../event/catalogue.ts";
import type { LoggedEvent } from "../store/read.ts";
import { applyBatch } from "./apply-batch.ts";
import type { Applied } from "./apply-batch.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { claimInInbox } from "./inbox.ts";
import { HandlerError } from "../subscription/handler-error.ts";

export interface Delivery {
  readonly db: Database;
  readonly logger: Logger;
  readonly subscription: Subscription;
  readonly catalogue: EventCatalogue;
  /** Which bus brought the events. */
  readonly messaging: Messaging;
  /** Known without asking: no stream is blocked for this subscription. */
  readonly nothingBlocked?: boolean;
  /** First in each transaction, which does everything up to `event`: false when another process has that, and then nothing is done. */
  claim(tx: SqlExecutor, event: LoggedEvent): Promise<boolean>;
  /** After each commit: everything up to the event that was claimed is done. */
  onDone?(): void;
  /** After the commit in which a stream was blocked. */
  onBlocked?(): void;
}

export interface Delivered extends Applied {
  /** Events that are done: taken effect, blocked, or known from before. */
  readonly count: number;
}

const NOTHING: Delivered = { count: 0, changedKeys: [], appended: false };

/** Throws only what concerns Postgres: then nothing is lost, and the same events are delivered again. */
export async function deliver(delivery: Delivery, events: readonly LoggedEvent[]): Promise<Delivered> {
  if (events.length === 0) return NOTHING;
  const { subscription, messaging } = delivery;
  if (events.length > 1 && subscription.kind === "consumer" && subscription.callsOutside) {
    return deliverSingly(delivery, events);
  }
  try {
    const at = { messaging, subscription: subscription.name };
    return await inBatch(at, events, () => deliverTogether(delivery, events));
  } catch (error) {
    if (!(error instanceof HandlerError)) throw error;
    return events.length === 1 ? blockStreamOf(delivery, events, error) : deliverSingly(delivery, events);
  }
}

async function deliverTogether(delivery: Delivery, events: readonly LoggedEvent[]): Promise<Delivered> {
  const delivered = await delivery.db.transaction(async (tx) => {
    const last = events.at(-1);
    if (last === undefined || !(await delivery.claim(tx, last))) return NOTHING;
    return { count: events.length, ...(await takeEffect(tx, delivery, events)) };
  });
  if (delivered.count > 0) delivery.onDone?.();
  return delivered;
}

async function takeEffect(
  tx: SqlExecutor,
  { subscription, catalogue, messaging, nothingBlocked }: Delivery,
  events: readonly LoggedEvent[],
): Promise<Applied> {
  const apply = async (free: readonly LoggedEvent[]) =>
    applyBatch(tx, subscription, catalogue, await claim(tx, subscription, free), messaging);
  if (nothingBlocked === true) return apply(events);
  const blocked = await blockedStreams(tx, subscription.name, [...new Set(events.map(({ streamId }) => streamId))]);
  const free = events.filter(({ streamId }) => !blocked.has(streamId));
  const behind = events.filter(({ streamId }) => blocked.has(streamId));
  await queueBehind(tx, subscription, behind);
  return apply(free);
}

/** A projection's checkpoint commits with its rows, which is exact by itself; a consumer's events go through its inbox. */
async function claim(
  tx: SqlExecutor,
  subscription: Subscription,
  events: readonly LoggedEvent[],
): Promise<readonly LoggedEvent[]> {
  if (subscription.kind === "projection") return events;
  const claimed = await claimInInbox(
    tx,
    subscription.name,
    events.map(({ eventId }) => eventId),
  );
  return events.filter(({ eventId }) => claimed.has(eventId));
}

async function deliverSingly(delivery: Delivery, events: readonly LoggedEvent[]): Promise<Delivered> {
  const changedKeys: string[] = [];
  let count = 0;
  let appended = false;
  for (const event of events) {
    const one = await deliver({ ...delivery, nothingBlocked: false }, [event]);
    if (one.count === 0) break;
    count += one.count;
    appended ||= one.appended;
    changedKeys.push(...one.changedKeys);
  }
  return { count, changedKeys, appended };
}

async function blockStreamOf(
  delivery: Delivery,
  [event]: readonly LoggedEvent[],
  error: HandlerError,
): Promise<Delivered> {
  const { db, logger, subscription } = delivery;
  if (event === undefined) return NOTHING;
  const status = await db.transaction(async (tx) =>
    (await delivery.claim(tx, event)) ? blockStream(tx, subscription, event, error) : undefined,
  );
  if (status === undefined) return NOTHING;
  delivery.onDone?.();
  delivery.onBlocked?.();
  withCorrelation(event.metadata.correlationId, () =>
    logger.warn(
      { err: error.cause, subscription: subscription.name, eventId: event.eventId, status },
      "event failed: its stream is blocked",
    ),
  );
  return { ...NOTHING, count: 1 };
}
