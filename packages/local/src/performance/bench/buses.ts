/** Kafka beside the Postgres bus: what the relay publishes, what a consumer takes, and how long an event is on its way. */
import { setTimeout as delay } from "node:timers/promises";
import { accountAggregate, eventCatalogue } from "@tillstream/commerce";
import {
  acquireRelayLease,
  appendEvents,
  createAvroEventCodec,
  createKafkaBus,
  createPostgresBus,
  createSchemaRegistry,
  defineConsumer,
  on,
} from "@tillstream/eventing";
import type { EventBus, RelayLease } from "@tillstream/eventing";
import { createLogger, createWakeUp, systemScheduler } from "@tillstream/runtime";
import type { Database, WakeUp } from "@tillstream/runtime";
import { readLocalSettings } from "../../environment/settings.ts";
import { findTestKafka, startTestKafka } from "../../testing/test-kafka.ts";
import { percentile } from "../traffic/shoppers.ts";
import { beside } from "./measure.ts";
import type { Comparison, Figure, Measured } from "./measure.ts";
import { createBenchShop } from "./shop.ts";

const BATCH = 100;
const POLL_MS = 1_000;
const STREAMS = 200;
const EVENTS_PER_STREAM = 25;
const PACED_PER_SECOND = 200;
const PACED_MS = 10_000;
const PACE_MS = 1_000 / PACED_PER_SECOND;
const ARRIVAL_TIMEOUT_MS = 60_000;
const metadata = { correlationId: "bench", causationId: "bench", actor: "bench" };

interface BusFigures {
  readonly published: number;
  readonly consumed: number;
  /** Ascending. */
  readonly delaysMs: readonly number[];
}

/** Nothing where no broker can be had; `log` is told why, and what is fetched. */
export async function* benchBuses(log: (line: string) => void): AsyncGenerator<Measured> {
  const source = await findTestKafka(readLocalSettings(), (line) => log(`  Kafka: ${line}`));
  if (source === undefined) return;
  await using broker = await startTestKafka(source);
  const postgres = await benchBus(createPostgresBus);
  yield wayOf("Postgres", postgres);
  const kafka = await benchBus((db) => kafkaBus(db, broker.brokers));
  yield wayOf("Kafka", kafka);
  yield against("relay publishes to Kafka", kafka.published, postgres.published);
  yield against("a consumer takes a backlog from Kafka", kafka.consumed, postgres.consumed);
}

function against(name: string, ours: number, reference: number): Comparison {
  const ratio = ours / reference;
  return { name, unit: "events/s", ours, reference, referenceName: "the Postgres bus", ratio, reach: "(reported)" };
}

function wayOf(name: string, { delaysMs }: BusFigures): Figure {
  const measured = [0.5, 0.99].map((share) => `p${share * 100} ${percentile(delaysMs, share).toFixed(0)} ms`);
  return {
    name: `commit -> consumer over ${name}, paced ${PACED_PER_SECOND}/s`,
    measured: measured.join(", "),
    reach: "(reported)",
  };
}

function kafkaBus(db: Database, brokers: string): EventBus {
  const registry = createSchemaRegistry({ db, url: undefined, fetch: globalThis.fetch, scheduler: systemScheduler });
  const definitions = [...eventCatalogue.definitions.values()];
  const { streamType, events } = accountAggregate;
  return createKafkaBus({
    db,
    settings: {
      brokers: [brokers],
      prefix: "bench",
      topicBy: "type",
      partitions: 6,
      replication: 1,
      retentionHours: 1,
    },
    aggregates: [{ streamType, events }],
    codec: createAvroEventCodec({ registry, definitions, topicBy: "type" }),
  });
}

/** A shop of its own for each bus, so that neither finds what the other left. */
async function benchBus(create: (db: Database) => EventBus): Promise<BusFigures> {
  await using shop = await createBenchShop({ empty: true });
  const { database: db } = shop;
  const bus = create(db);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => bus.close());
  const lease = await acquireRelayLease(db, "bench");
  if (lease === undefined) throw new Error("the relay's lease is taken");
  const count = STREAMS * EVENTS_PER_STREAM;
  await bus.publish(lease, BATCH); // connects
  for (let stream = 0; stream < STREAMS; stream += 1) await append(db, `bench-${stream}`, EVENTS_PER_STREAM);
  const publishing = performance.now();
  while ((await bus.publish(lease, BATCH)).count > 0);
  const publishedMs = performance.now() - publishing;

  const { run, arrivals, wakeUps } = witness(db, bus);
  const stop = new AbortController();
  const consuming = performance.now();
  const perSecond = (milliseconds: number) => count / (milliseconds / 1_000);
  return await beside(run(stop.signal), stop, async () => {
    await arrived(arrivals, count);
    const consumedMs = performance.now() - consuming;
    const relaying = relay(bus, lease, wakeUps, stop.signal);
    const delaysMs = await beside(relaying.ended, stop, () => pacedDelays(db, arrivals, relaying.wakeUp));
    return { published: perSecond(publishedMs), consumed: perSecond(consumedMs), delaysMs };
  });
}

/** A consumer that notes when each event reached it, and does nothing else. */
function witness(db: Database, bus: EventBus) {
  const arrivals = new Map<string, number>();
  const wakeUps: WakeUp[] = [];
  const [definition] = accountAggregate.events.filter(({ type }) => type === "MoneyDeposited");
  if (definition === undefined) throw new Error("the event is not defined");
  const consumer = defineConsumer("bench", [
    on(definition, (_tx, { eventId }) => void arrivals.set(eventId, performance.now())),
  ]);
  const run = (signal: AbortSignal): Promise<void> =>
    bus.run(consumer, {
      db,
      logger: createLogger("bench", "silent"),
      scheduler: systemScheduler,
      batchSize: 2 * BATCH,
      pollMs: POLL_MS,
      wakeUp() {
        const wakeUp = createWakeUp(systemScheduler);
        wakeUps.push(wakeUp);
        return wakeUp;
      },
      signal,
    });
  return { run, arrivals, wakeUps };
}

async function arrived(arrivals: ReadonlyMap<string, number>, count: number): Promise<void> {
  const deadline = performance.now() + ARRIVAL_TIMEOUT_MS;
  while (arrivals.size < count) {
    if (performance.now() > deadline) throw new Error(`only ${arrivals.size} of ${count} events arrived`);
    await delay(1);
  }
}

/** As the worker relays: woken by a hint, and waking the consumer's partitions with each batch. */
function relay(bus: EventBus, lease: RelayLease, wakeUps: readonly WakeUp[], signal: AbortSignal) {
  const wakeUp = createWakeUp(systemScheduler);
  const ended = (async () => {
    while (!signal.aborted) {
      const { count } = await bus.publish(lease, BATCH);
      if (count > 0) for (const waiting of wakeUps) waiting.notify();
      if (count < BATCH) await wakeUp.wait(POLL_MS, signal);
    }
  })();
  return { wakeUp, ended };
}

/** From the commit of each event to its arrival, ascending. */
async function pacedDelays(db: Database, arrivals: Map<string, number>, outbox: WakeUp): Promise<readonly number[]> {
  arrivals.clear();
  const committed = new Map<string, number>();
  const started = performance.now();
  const total = (PACED_MS / 1_000) * PACED_PER_SECOND;
  for (let index = 0; index < total; index += 1) {
    const due = started + index * PACE_MS;
    const early = due - performance.now();
    if (early > 0) await delay(early);
    await append(db, `paced-${index}`, 1);
    committed.set(`paced-${index}:1`, performance.now());
    outbox.notify();
  }
  await arrived(arrivals, total);
  return [...committed].map(([eventId, at]) => (arrivals.get(eventId) ?? 0) - at).toSorted((one, other) => one - other);
}

async function append(db: Database, streamId: string, count: number): Promise<void> {
  const deposit = { type: "MoneyDeposited", schemaVersion: 1, data: { accountId: "bench", amount: 1 } };
  const events = Array.from({ length: count }, () => deposit);
  await appendEvents(db, {
    streamId,
    streamType: accountAggregate.streamType,
    expectedVersion: "new",
    events,
    metadata,
  });
}
