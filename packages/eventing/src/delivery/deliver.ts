/**
 * Delivers a run of events, in order, to one subscription: the same on every bus. Inbox rows, effects and the bus's own
 * note of how far it came commit together. When the run fails for a reason of its own it is undone and taken event by
 * event, so that only the event at fault is held, with the later ones of its stream behind it.
 */
import { withCorrelation } from "@tillstream/runtime";
import type { Database, Logger, SqlExecutor } from "@tillstream/runtime";
import { inBatch } from "../event/messaging.ts";
import type { Messaging } from "../event/messaging.ts";
import { heldStreams, holdBehind, holdFailed } from "../dead-letters/hold.ts";
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
  /** Known without asking: no stream is held for this subscription. */
  readonly nothingHeld?: boolean;
  /** First in each transaction: false when another process has these events, and then nothing is done. */
  begin(tx: SqlExecutor): Promise<boolean>;
  /** Last in each transaction: notes that everything up to `event` is done. */
  pass(tx: SqlExecutor, event: LoggedEvent): Promise<void>;
}

export interface Delivered extends Applied {
  /** Events that are done: taken effect, held, or known from before. */
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
    return events.length === 1 ? holdOne(delivery, events, error) : deliverSingly(delivery, events);
  }
}

function deliverTogether(delivery: Delivery, events: readonly LoggedEvent[]): Promise<Delivered> {
  return delivery.db.transaction(async (tx) => {
    const last = events.at(-1);
    if (last === undefined || !(await delivery.begin(tx))) return NOTHING;
    const applied = await takeEffect(tx, delivery, events);
    await delivery.pass(tx, last);
    return { count: events.length, ...applied };
  });
}

async function takeEffect(
  tx: SqlExecutor,
  { subscription, catalogue, messaging, nothingHeld }: Delivery,
  events: readonly LoggedEvent[],
): Promise<Applied> {
  const apply = async (free: readonly LoggedEvent[]) =>
    applyBatch(tx, subscription, catalogue, await claim(tx, subscription, free), messaging);
  if (nothingHeld === true) return apply(events);
  const held = await heldStreams(tx, subscription.name, [...new Set(events.map(({ streamId }) => streamId))]);
  const free = events.filter(({ streamId }) => !held.has(streamId));
  const behind = events.filter(({ streamId }) => held.has(streamId));
  await holdBehind(tx, subscription, behind);
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
    const one = await deliver({ ...delivery, nothingHeld: false }, [event]);
    if (one.count === 0) break;
    count += one.count;
    appended ||= one.appended;
    changedKeys.push(...one.changedKeys);
  }
  return { count, changedKeys, appended };
}

async function holdOne(delivery: Delivery, [event]: readonly LoggedEvent[], error: HandlerError): Promise<Delivered> {
  const { db, logger, subscription } = delivery;
  if (event === undefined) return NOTHING;
  return db.transaction(async (tx) => {
    if (!(await delivery.begin(tx))) return NOTHING;
    const status = await holdFailed(tx, subscription, event, error);
    await delivery.pass(tx, event);
    withCorrelation(event.metadata.correlationId, () =>
      logger.warn({ err: error.cause, subscription: subscription.name, eventId: event.eventId, status }, "event held"),
    );
    return { ...NOTHING, count: 1 };
  });
}
