import { rmSync } from "node:fs";
import { aggregates, eventCatalogue } from "@tillstream/commerce";
import { createAvroEventCodec, createKafkaBus, createSchemaRegistry, defineConsumer, on } from "@tillstream/eventing";
import { createLogger, createWakeUp, sql, systemScheduler } from "@tillstream/runtime";
import type { Database, Sql } from "@tillstream/runtime";
import { describe, expect, inject, test, vi } from "vitest";
import { freePorts } from "../ports.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { httpLedger, settled, verify } from "../../operations/verify/index.ts";
import { ALL_FAULTS, readLocalSettings } from "../settings.ts";
import { startKafka } from "./broker.ts";
import { startRunningShop } from "../../testing/running-shop.ts";

/** Each costs a tenth of a second of a machine's work. `npm run test:kafka` places all of them. */
const ORDERS = readLocalSettings().faultRounds >= ALL_FAULTS ? 2_000 : 500;
const CALLERS = 8;
/** The worker is killed when so many events have been published, and the broker when it has published more again. */
const KILL_WORKER_AT = 500;
const KILL_BROKER_AT = 1_500;
const KILL_WAIT = { timeout: 120_000, interval: 100 };
const SETTLE_MS = 420_000;
const TEST_MS = 720_000;
const PREFIX = "orders";

const artefacts = inject("testKafkaArtefacts");
const orderEvents = aggregates.find(({ streamType }) => streamType === "order")?.events ?? [];

/** One row for each event of an order that reached this consumer, in the order in which they did. */
async function runWitness(db: Database, brokers: string, signal: AbortSignal): Promise<void> {
  await db.query(sql`CREATE TABLE witnessed (id int GENERATED ALWAYS AS IDENTITY, stream_id text, version int)`);
  const registry = createSchemaRegistry({ db, url: undefined, fetch: globalThis.fetch, scheduler: systemScheduler });
  const definitions = [...eventCatalogue.definitions.values()];
  const bus = createKafkaBus({
    db,
    settings: { brokers: [brokers], prefix: PREFIX, topicBy: "type", partitions: 6, replication: 1, retentionHours: 1 },
    aggregates: aggregates.map(({ streamType, events }) => ({ streamType, events })),
    codec: createAvroEventCodec({ registry, definitions, topicBy: "type" }),
  });
  const witness = defineConsumer(
    "witness",
    orderEvents.map((definition) =>
      on(definition, async (tx, { streamId, version }) => {
        await tx.query(sql`INSERT INTO witnessed (stream_id, version) VALUES (${streamId}, ${version})`);
      }),
    ),
  );
  await bus.run(witness, {
    db,
    logger: createLogger("test", "silent"),
    scheduler: systemScheduler,
    batchSize: 200,
    pollMs: 500,
    wakeUp: () => createWakeUp(systemScheduler),
    signal,
  });
  await bus.close();
}

/** Orders of which the witness has not seen exactly the history, in its order. */
function outOfOrder(db: Database): Promise<object[]> {
  return db.query(sql`
    SELECT stream_id, seen.versions, history.versions AS history
    FROM (SELECT stream_id, array_agg(version ORDER BY id) AS versions FROM witnessed GROUP BY stream_id) seen
    JOIN (SELECT stream_id, array_agg(version ORDER BY version) AS versions FROM events GROUP BY stream_id) history USING (stream_id)
    WHERE seen.versions <> history.versions`);
}

async function count(db: Database, statement: Sql): Promise<number> {
  const rows = await db.query<{ count: number }>(statement);
  return rows[0]?.count ?? 0;
}

const publishedEvents = (db: Database) =>
  count(db, sql`SELECT count(*)::int AS count FROM outbox_events WHERE published`);
const unfinishedOrders = (db: Database) =>
  count(db, sql`SELECT count(*)::int AS count FROM orders WHERE status = 'pending'`);

describe.runIf(artefacts !== undefined)("a shop on Kafka", () => {
  test(
    `${ORDERS} orders end, each effect once and each order's events in order, though worker and broker are killed in the middle`,
    { timeout: TEST_MS },
    async () => {
      if (artefacts === undefined) throw new Error("the broker is missing");
      await using stack = new AsyncDisposableStack();
      const dataDir = temporaryFolder("kafka-orders");
      stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
      const [port = 0, controllerPort = 0] = await freePorts(2);
      const broker = { artefacts, dataDir, port, controllerPort };
      let kafka = await startKafka(broker);
      stack.defer(() => kafka.stop());
      const shop = stack.use(
        await startRunningShop({ KAFKA_BROKERS: kafka.brokers, KAFKA_PREFIX: PREFIX, SHIPPING_DELAY_MS: "1" }),
      );
      const { database: db } = shop;
      const stop = new AbortController();
      const witnessing = runWitness(db, kafka.brokers, stop.signal);
      stack.defer(async () => {
        stop.abort();
        await witnessing;
      });

      let placed = 0;
      const placing = Array.from({ length: CALLERS }, async () => {
        while (placed < ORDERS) {
          placed += 1;
          await shop.placeOrder();
        }
      });
      async function killInTheMiddle(): Promise<void> {
        const reached = async (count: number) =>
          vi.waitFor(async () => expect(await publishedEvents(db)).toBeGreaterThanOrEqual(count), KILL_WAIT);
        await reached(KILL_WORKER_AT);
        shop.killWorker();
        await reached(KILL_BROKER_AT);
        await kafka.kill();
        expect(await unfinishedOrders(db)).toBeGreaterThan(0);
        kafka = await startKafka(broker);
      }
      await Promise.all([...placing, killInTheMiddle()]);

      expect(await settled(db, SETTLE_MS), shop.output().slice(-30).join("\n")).toBeUndefined();
      const orders = await db.query(sql`
        SELECT count(*)::int AS count FROM orders WHERE status IN ('confirmed', 'shipped', 'delivered')`);
      expect(orders).toEqual([{ count: ORDERS }]);
      const findings = await verify(db, { gateway: httpLedger(shop.gatewayUrl) });
      expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
      // Shipping may still add to an order's history: the witness then has it a moment later.
      await vi.waitFor(async () => expect(await outOfOrder(db)).toEqual([]), { timeout: 30_000, interval: 500 });
      const streams = await db.query(sql`SELECT count(DISTINCT stream_id)::int AS count FROM witnessed`);
      expect(streams).toEqual([{ count: ORDERS }]);
      const health = (await (await fetch(`${shop.workerUrl}/health`)).json()) as unknown;
      expect(health).toMatchObject({ checks: { bus: "ok" } });
    },
  );
});
