/**
 * The bus over Kafka. Postgres stays the authority: the relay gives every event its position in the log before it
 * produces it, projections follow the log, and the inbox guards each effect. Kafka carries events to consumers, in this
 * system and in others, and spreads each consumer over the processes that run it.
 */
import { Admin } from "@platformatic/kafka";
import { withTimeout } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import type { RelayLease } from "../../relay/lease.ts";
import { definitionsOf } from "../../subscription/apply-batch.ts";
import type { Consumer } from "../../subscription/consumer.ts";
import type { EventBus, PublishedBatch } from "../event-bus.ts";
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

export function createKafkaBus({ db, settings, aggregates, codec }: KafkaBusOptions): EventBus {
  const topics = nameTopics(settings, aggregates);
  const admin = new Admin(clientOptions(settings, "admin"));
  let owned: OwnedProducer | undefined;

  async function dropProducer(): Promise<void> {
    const dropped = owned;
    owned = undefined;
    await dropped?.producer.close();
  }

  async function producerFor(lease: RelayLease): Promise<TransactionalProducer> {
    if (owned?.lease.epoch === lease.epoch && owned.lease.partition === lease.partition) return owned.producer;
    await dropProducer();
    await ensureTopics(admin, topics.names, settings);
    const producer = await openProducer(settings, lease.partition);
    owned = { lease, producer };
    return producer;
  }

  /**
   * The producer comes before the claim: who finds the lease still his after that has either not been taken over, or is
   * fenced by the time that whoever took over has its own producer.
   */
  async function publish(lease: RelayLease, limit: number): Promise<PublishedBatch> {
    const producer = await producerFor(lease).catch((error: unknown) => {
      throw publishError(error);
    });
    const batch = await claimBatch(db, lease, limit);
    if (!batch.owned) {
      await dropProducer();
      return { owned: false, ...NOTHING };
    }
    if (batch.events.length === 0) return { owned: true, ...NOTHING };
    const records = await Promise.all(batch.events.map((event) => recordOf(event, topics.topicOf(event.type), codec)));
    try {
      await producer.send(records);
    } catch (error) {
      await dropProducer();
      throw publishError(error);
    }
    return markPublished(db, lease, batch.events);
  }

  async function joinGroupOf(consumer: Consumer, options: Parameters<EventBus["run"]>[1]) {
    const wanted = topics.topicsOf(definitionsOf(consumer).map(({ type }) => type));
    await ensureTopics(admin, wanted, settings);
    return joinGroup(settings, consumer.name, wanted, options.scheduler);
  }

  return {
    name: "kafka",
    publish,
    run: (consumer, options) => runConsumer({ consumer, options, codec, join: () => joinGroupOf(consumer, options) }),
    async health() {
      const asked = withTimeout(admin.listTopics(), HEALTH_TIMEOUT_MS, "asking Kafka");
      return asked.then(
        () => "ok",
        () => "Kafka does not answer",
      );
    },
    async close() {
      await dropProducer();
      await withTimeout(admin.close(), CLOSE_TIMEOUT_MS, "closing the Kafka client").catch(() => undefined);
    },
  };
}
