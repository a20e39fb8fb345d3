/**
 * Feeds one consumer from Kafka. Records are delivered as the Postgres bus delivers (inbox, effect, dead letters), and
 * their offsets committed after that: a crash, a rebalance or a member that has lost its partitions without knowing
 * delivers again, which the inbox ignores. Meanwhile the log is watched for what Kafka does not deliver.
 */
import { repeat, sql } from "@tillstream/runtime";
import type { EventCatalogue } from "../../event/catalogue.ts";
import type { LoggedEvent } from "../../store/read.ts";
import { catalogueOf } from "../../subscription/subscription.ts";
import { registerSubscription } from "../../delivery/checkpoint.ts";
import type { Consumer } from "../../subscription/consumer.ts";
import { deliver } from "../../delivery/deliver.ts";
import type { SubscriptionOptions } from "../../delivery/runner.ts";
import type { Messaging } from "../../event/messaging.ts";
import type { EventCodec } from "./event-codec.ts";
import type { GroupMember, KafkaRecord } from "./group-member.ts";
import { advanceToFirstOpen, earlierOpen, inOurLog, pauseOf, searchOverdue } from "./log-watch.ts";
import { eventOf, ForeignRecordError, typeOf } from "./record.ts";

const BACKOFF_MS = 500;
const WATCH_MS = 500;
/** Looks between two searches for overdue events. */
const WATCHES_PER_SEARCH = 4;

export interface KafkaFeed {
  readonly consumer: Consumer;
  readonly options: SubscriptionOptions;
  readonly codec: EventCodec;
  readonly messaging: Messaging;
  /** Joins the consumer's group; the topics are there when it resolves. */
  join(): Promise<GroupMember>;
  /** Positions of the log that are searched at once for what Kafka did not deliver. */
  readonly lookAhead?: number;
}

/** Runs until the signal aborts. */
export async function runConsumer(feed: KafkaFeed): Promise<void> {
  const { consumer, options } = feed;
  const catalogue = catalogueOf(consumer);
  await untilItWorks(feed, () => registerSubscription(options.db, consumer));
  await Promise.all([followGroup(feed, catalogue), watchLog(feed, catalogue)]);
}

/** Joins, reads and commits; rejoins when Kafka was away or the membership was lost. */
async function followGroup(feed: KafkaFeed, catalogue: EventCatalogue): Promise<void> {
  const logger = feed.options.logger.child({ consumer: feed.consumer.name });
  async function turn(): Promise<void> {
    const member = await feed.join();
    try {
      await readUntilAborted(feed, catalogue, member);
    } finally {
      await member.close();
    }
  }
  await repeat({ name: "kafka group", intervalMs: BACKOFF_MS, turn }, { ...feed.options, logger });
}

async function readUntilAborted(feed: KafkaFeed, catalogue: EventCatalogue, member: GroupMember): Promise<void> {
  const { batchSize, pollMs, signal } = feed.options;
  while (!signal.aborted) {
    const records = await member.take(batchSize, pollMs, signal);
    if (records.length === 0) continue;
    const events = await readEvents(feed, catalogue, records);
    if (await deliverInOrder(feed, catalogue, events)) await member.commit(records);
  }
}

/** The events among the records that the consumer reads, each once, in the global order. */
async function readEvents(
  { codec, options }: KafkaFeed,
  catalogue: EventCatalogue,
  records: readonly KafkaRecord[],
): Promise<LoggedEvent[]> {
  const events = new Map<string, LoggedEvent>();
  for (const record of records) {
    if (!catalogue.definitions.has(typeOf(record) ?? "")) continue;
    try {
      const event = await eventOf(record, codec);
      events.set(event.eventId, event);
    } catch (error) {
      if (!(error instanceof ForeignRecordError)) throw error;
      // If it was an event of ours after all, it is found in the log.
      const { topic, partition, offset } = record;
      options.logger.error(
        { err: error.message, topic, partition, offset: String(offset) },
        "kafka: a record is not an event",
      );
    }
  }
  return [...events.values()].toSorted(byPosition);
}

const byPosition = (one: LoggedEvent, other: LoggedEvent): number => one.position - other.position;

/** Delivers events with the open ones before them; false when the signal aborted first. */
async function deliverInOrder(
  feed: KafkaFeed,
  catalogue: EventCatalogue,
  events: readonly LoggedEvent[],
): Promise<boolean> {
  const { consumer, options } = feed;
  const reader = { consumer: consumer.name, types: [...catalogue.definitions.keys()] };
  const ours = await untilItWorks(feed, () => inOurLog(options.db, consumer.name, events));
  if (ours === undefined) return false;
  let rest = events.filter(({ eventId }) => ours.has(eventId));
  while (rest.length > 0 && !options.signal.aborted) {
    const waiting = rest;
    const earlier = await untilItWorks(feed, () => earlierOpen(options.db, reader, waiting, options.batchSize));
    if (earlier === undefined) return false;
    const complete = earlier.length < options.batchSize;
    const upTo = complete ? Number.MAX_SAFE_INTEGER : (earlier.at(-1)?.position ?? 0);
    const next = [...earlier, ...rest].filter(({ position }) => position <= upTo).toSorted(byPosition);
    await deliverByPartition(feed, catalogue, next);
    rest = rest.filter(({ position }) => position > upTo);
  }
  return !options.signal.aborted;
}

/** Streams side by side, as many as the consumer has partitions; each stream in order. */
async function deliverByPartition(
  feed: KafkaFeed,
  catalogue: EventCatalogue,
  events: readonly LoggedEvent[],
): Promise<void> {
  const streams = [...new Set(events.map(({ streamId }) => streamId))];
  const partitionOf = new Map(streams.map((streamId, index) => [streamId, index % feed.consumer.partitions]));
  const partitions = Array.from({ length: feed.consumer.partitions }, (_, partition) =>
    events.filter(({ streamId }) => partitionOf.get(streamId) === partition),
  );
  await Promise.all(partitions.map((partition) => deliverAll(feed, catalogue, partition)));
}

/** Delivers until all are done or the signal aborts: while the consumer is paused or Postgres is away, they wait. */
async function deliverAll(feed: KafkaFeed, catalogue: EventCatalogue, events: readonly LoggedEvent[]): Promise<void> {
  const { consumer, options, messaging } = feed;
  const { db, logger, scheduler, signal, pollMs } = options;
  const claim = () => sql`SELECT 1 WHERE NOT EXISTS (${pauseOf(consumer.name)})`;
  const delivery = { db, logger, subscription: consumer, catalogue, messaging, claim };
  let rest = events;
  while (rest.length > 0 && !signal.aborted) {
    const waiting = rest;
    const delivered = await untilItWorks(feed, () => deliver(delivery, waiting));
    const count = delivered?.count ?? 0;
    rest = rest.slice(count);
    if (delivered?.appended === true) options.onAppended?.();
    if (count === 0) await scheduler.sleep(pollMs, signal);
  }
}

/**
 * Keeps the checkpoints up with what is done, and delivers from the log what Kafka has not delivered in time, with what is
 * open before it: that may lie in a part of the log that was searched before it was overdue.
 */
async function watchLog(feed: KafkaFeed, catalogue: EventCatalogue): Promise<void> {
  const { consumer, options } = feed;
  const { db, batchSize } = options;
  const logger = options.logger.child({ consumer: consumer.name });
  const reader = { consumer: consumer.name, types: [...catalogue.definitions.keys()] };
  const overdue = searchOverdue(db, reader, feed.lookAhead);
  let look = 0;
  async function turn(): Promise<void> {
    await advanceToFirstOpen(db, reader);
    const paused = (await db.query(pauseOf(consumer.name))).length > 0;
    if (!paused && look % WATCHES_PER_SEARCH === 0) {
      const events = await overdue(batchSize);
      if (events.length > 0) {
        logger.info({ count: events.length }, "kafka: taking overdue events from the log");
        await deliverInOrder(feed, catalogue, events);
      }
    }
    look += 1;
  }
  await repeat({ name: "kafka log watch", intervalMs: WATCH_MS, turn }, { ...options, logger });
}

/** Tries again until it works: what fails here is Postgres. Undefined when the signal aborted first. */
async function untilItWorks<Result>(
  { consumer, options }: KafkaFeed,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  const { signal, logger, scheduler } = options;
  while (!signal.aborted) {
    try {
      return await work();
    } catch (error) {
      logger.warn({ err: (error as Error).message, consumer: consumer.name }, "kafka: trying again");
      await scheduler.sleep(BACKOFF_MS, signal);
    }
  }
  return undefined;
}
