/**
 * Delivers a run of events, in order, to one subscription: the same on every bus. Inbox rows, effects and the bus's own
 * note of how far it came commit together. When the run fails for a reason of its own it is undone and taken event by
 * event, so that only the event at fault is blocked, with the later ones of its stream behind it.
 */
import { withCorrelation } from "@tillstream/runtime";
import type { Database, Logger, Sql, SqlExecutor } from "@tillstream/runtime";
import { inBatch } from "../event/messaging.ts";
import type { Messaging } from "../event/messaging.ts";
import { blockedStreams, queueBehind, blockStream } from "../dead-letters/block.ts";
import type { EventCatalogue } from "../event/catalogue.ts";
import type { LoggedEvent } from "../store/read.ts";
import { applyBatch } from "./apply-batch.ts";
import type { Applied } from "./apply-batch.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { claimInInbox, claimInInboxAfter } from "./inbox.ts";
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
  /** First in each transaction, which does everything up to `event`: a statement without a row when another process has that, and then nothing is done. */
  claim(event: LoggedEvent): Sql;
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
    const { subscription, catalogue, messaging } = delivery;
    const claimed = await claim(tx, delivery, events);
    if (claimed === undefined) return NOTHING;
    return { count: events.length, ...(await applyBatch(tx, subscription, catalogue, claimed, messaging)) };
  });
  if (delivered.count > 0) delivery.onDone?.();
  return delivered;
}

/**
 * Those that are to take effect now; undefined where another process has them. A projection's checkpoint commits with its rows,
 * which is exact by itself; a consumer's events go through its inbox.
 */
async function claim(
  tx: SqlExecutor,
  { claim: claimOf, subscription, nothingBlocked = false }: Delivery,
  events: readonly LoggedEvent[],
): Promise<readonly LoggedEvent[] | undefined> {
  const last = events.at(-1);
  if (last === undefined) return undefined;
  const first = claimOf(last);
  const isConsumer = subscription.kind === "consumer";
  const idsOf = (some: readonly LoggedEvent[]) => some.map(({ eventId }) => eventId);
  if (isConsumer && nothingBlocked) {
    const claimed = await claimInInboxAfter(tx, first, subscription.name, idsOf(events));
    return claimed && events.filter(({ eventId }) => claimed.has(eventId));
  }
  if ((await tx.query(first)).length === 0) return undefined;
  const free = nothingBlocked ? events : await notBlocked(tx, subscription, events);
  if (!isConsumer) return free;
  const claimed = await claimInInbox(tx, subscription.name, idsOf(free));
  return free.filter(({ eventId }) => claimed.has(eventId));
}

/** The others wait behind what blocks their stream. */
async function notBlocked(
  tx: SqlExecutor,
  subscription: Subscription,
  events: readonly LoggedEvent[],
): Promise<readonly LoggedEvent[]> {
  const blocked = await blockedStreams(tx, subscription.name, [...new Set(events.map(({ streamId }) => streamId))]);
  await queueBehind(
    tx,
    subscription,
    events.filter(({ streamId }) => blocked.has(streamId)),
  );
  return events.filter(({ streamId }) => !blocked.has(streamId));
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
    (await tx.query(delivery.claim(event))).length > 0 ? blockStream(tx, subscription, event, error) : undefined,
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
