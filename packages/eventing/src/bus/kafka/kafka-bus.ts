/**
 * The bus over Kafka. Postgres stays the authority: the relay gives every event its position in the log before it
 * produces it, projections follow the log, and the inbox guards each effect. Kafka carries events to consumers, in this
 * system and in others, and spreads each consumer over the processes that run it.
 */
import { Admin } from "@platformatic/kafka";
import { withTimeout } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { renewRelayLease } from "../../outbox/lease.ts";
import type { RelayLease } from "../../outbox/lease.ts";
import { definitionsOf } from "../../subscription/subscription.ts";
import type { Consumer } from "../../subscription/consumer.ts";
import type { EventBus } from "../event-bus.ts";
import type { PublishedBatch } from "../../outbox/publish-batch.ts";
import { isTraced, traceSent } from "../../event/messaging.ts";
import type { Messaging } from "../../event/messaging.ts";
import { claimBatch, markPublished } from "./outbox-statements.ts";
import { clientOptions, publishError } from "./cluster.ts";
import type { KafkaSettings } from "./cluster.ts";
import type { EventCodec } from "./event-codec.ts";
import { joinGroup } from "./group-member.ts";
import { recordOf } from "./record.ts";
import { runConsumer } from "./run-consumer.ts";
import { ensureTopics, nameTopics } from "./topics.ts";
import type { AggregateEvents } from "./topics.ts";
import { openProducer } from "./transactional-producer.ts";
import type { TransactionalProducer } from "./transactional-producer.ts";

const HEALTH_TIMEOUT_MS = 1_500;
const CLOSE_TIMEOUT_MS = 2_000;
const NOTHING = { count: 0, delaysMs: [], types: [] } as const;

export interface KafkaBusOptions {
  readonly db: Database;
  readonly settings: KafkaSettings;
  /** Every event type of the system, by aggregate: all topics are known from the start. */
  readonly aggregates: readonly AggregateEvents[];
  readonly codec: EventCodec;
}

/** A producer belongs to one epoch of one lease: with the next one it is taken over, if only from ourselves. */
interface OwnedProducer {
  readonly lease: RelayLease;
  readonly producer: TransactionalProducer;
}

/** The bus over Kafka, with Postgres as the authority on what was published. */
export function createKafkaBus({ db, settings, aggregates, codec }: KafkaBusOptions): EventBus {
  const topics = nameTopics(settings, aggregates);
  const messaging: Messaging = { system: "kafka", destinationOf: topics.topicOf };
  const admin = new Admin(clientOptions(settings, "admin"));
  let owned: OwnedProducer | undefined;

  /** Two turns of the relay may be under way here, and each drops its own producer only. */
  async function drop(one: OwnedProducer): Promise<void> {
    if (owned === one) owned = undefined;
    await one.producer.close();
  }

  async function openProducerFor(lease: RelayLease): Promise<OwnedProducer> {
    try {
      await ensureTopics(admin, topics.names, settings);
      return { lease, producer: await openProducer(settings) };
    } catch (error) {
      throw publishError(error);
    }
  }

  /** The producer of this lease; undefined when the lease has been taken over: opening one then would fence its owner's. */
  async function producerFor(lease: RelayLease): Promise<OwnedProducer | undefined> {
    if (owned !== undefined && owned.lease.epoch === lease.epoch) return owned;
    if (!(await renewRelayLease(db, lease))) return undefined;
    const opened = await openProducerFor(lease);
    const other = owned;
    const isOutdated = other !== undefined && other.lease.epoch > lease.epoch;
    if (!isOutdated) owned = opened;
    await (isOutdated ? opened : other)?.producer.close();
    return isOutdated ? undefined : opened;
  }

  /**
   * The producer comes before the claim: an owner that still has the lease after that has either not been taken over, or is
   * fenced by the time that its successor has its own producer.
   */
  async function publish(lease: RelayLease, limit: number): Promise<PublishedBatch> {
    const own = await producerFor(lease);
    if (own === undefined) return { owned: false, ...NOTHING };
    const batch = await claimBatch(db, lease, limit);
    if (!batch.owned) {
      await drop(own);
      return { owned: false, ...NOTHING };
    }
    if (batch.events.length === 0) return { owned: true, ...NOTHING };
    const records = await Promise.all(batch.events.map((event) => recordOf(event, topics.topicOf(event.type), codec)));
    try {
      await own.producer.send(records);
    } catch (error) {
      await drop(own);
      throw publishError(error);
    }
    const { publishedAt, ...published } = await markPublished(db, lease, batch.events);
    if (publishedAt !== undefined) traceSent(messaging, batch.events.filter(isTraced), publishedAt);
    return published;
  }

  async function joinGroupOf(consumer: Consumer, options: Parameters<EventBus["run"]>[1]) {
    const wanted = topics.topicsOf(definitionsOf(consumer).map(({ type }) => type));
    await ensureTopics(admin, wanted, settings);
    return joinGroup(settings, consumer.name, wanted, options.scheduler);
  }

  return {
    name: "kafka",
    publish,
    run: (consumer, options) =>
      runConsumer({ consumer, options, codec, messaging, join: () => joinGroupOf(consumer, options) }),
    async health() {
      const asked = withTimeout(admin.listTopics(), HEALTH_TIMEOUT_MS, "asking Kafka");
      return asked.then(
        () => "ok",
        () => "Kafka does not answer",
      );
    },
    async close() {
      if (owned !== undefined) await drop(owned);
      await withTimeout(admin.close(), CLOSE_TIMEOUT_MS, "closing the Kafka client").catch(() => undefined);
    },
  };
}
