import { rmSync } from "node:fs";
import { createTestDatabase } from "@tillstream/db/testing";
import { appendEvents, createKafkaBus, defineEvent, relaySupervision, relayTurn } from "@tillstream/eventing";
import type { EventBus, RelayOptions } from "@tillstream/eventing";
import { createLogger, createWakeUp, repeat, sql, systemScheduler } from "@tillstream/runtime";
import type { Database, Scheduler } from "@tillstream/runtime";
import { describe, expect, inject, test, vi } from "vitest";
import { z } from "zod";
import { freePorts } from "../ports.ts";
import { signalProcess } from "../processes.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { startKafka } from "./broker.ts";

/** Longer than the relay's lease, which is five seconds. */
const STANDSTILL_SECONDS = 6.5;
const TURN_MS = 30_000;
const WAIT = { timeout: 30_000, interval: 100 };
const TEST_MS = 120_000;

const Knocked = defineEvent("Knocked", z.object({}));
const artefacts = inject("testKafkaArtefacts");

/** A turn of the relay lasts until the test is over. */
const oneTurn: Scheduler = {
  ...systemScheduler,
  sleep: (ms, signal) => systemScheduler.sleep(ms >= TURN_MS ? TEST_MS : ms, signal),
};

const busOn = (db: Database, brokers: string): EventBus =>
  createKafkaBus({
    db,
    settings: {
      brokers: [brokers],
      prefix: "slow",
      topicBy: "type",
      partitions: 1,
      replication: 1,
      retentionHours: 1,
    },
    aggregates: [{ streamType: "door", events: [Knocked] }],
    codec: {
      encode: async ({ data }) => Buffer.from(JSON.stringify(data)),
      decode: async (bytes) => JSON.parse(bytes.toString()) as unknown,
    },
  });

/** Notes what came of each batch that had something to publish, or that failed. */
const noting = (bus: EventBus, attempts: string[]): EventBus => ({
  ...bus,
  async publish(lease, limit) {
    try {
      const batch = await bus.publish(lease, limit);
      if (batch.count > 0) attempts.push("done");
      return batch;
    } catch (error) {
      attempts.push((error as Error).message);
      throw error;
    }
  },
});

const knock = (db: Database, streamId: string) =>
  appendEvents(db, {
    streamId,
    streamType: "door",
    expectedVersion: "new",
    events: [Knocked.create({})],
    metadata: { correlationId: "c", causationId: "c", actor: "test" },
  });

const unpublished = (db: Database) => db.query(sql`SELECT event_id FROM outbox_events WHERE NOT published`);
const relay = (db: Database) =>
  db.query(sql`
    SELECT epoch, expires_at > now() AS held, (SELECT count(*)::int FROM graphile_worker.jobs) AS queued FROM relay_leases`);

describe.runIf(artefacts !== undefined)("a broker that hangs", () => {
  test(
    "for longer than the relay's lease delays the batch under way, which is published once and by the same relay",
    { timeout: TEST_MS },
    async () => {
      if (artefacts === undefined) throw new Error("the broker is missing");
      await using stack = new AsyncDisposableStack();
      const dataDir = temporaryFolder("kafka-slow");
      stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
      const [port = 0, controllerPort = 0] = await freePorts(2);
      const kafka = await startKafka({ artefacts, dataDir, port, controllerPort });
      stack.defer(() => kafka.stop());
      const { database: db } = stack.use(await createTestDatabase());
      const attempts: string[] = [];
      const bus = noting(busOn(db, kafka.brokers), attempts);
      stack.defer(() => bus.close());
      const stop = new AbortController();
      const options: RelayOptions = {
        db,
        bus,
        logger: createLogger("test", "silent"),
        scheduler: oneTurn,
        owner: "one",
        batchSize: 10,
        pollMs: 50,
        outboxWakeUp: createWakeUp(systemScheduler),
        onPublished: () => undefined,
        signal: stop.signal,
      };
      await knock(db, "a");
      const running = [relayTurn(options)];
      stack.defer(async () => {
        stop.abort();
        await Promise.all(running);
      });
      await vi.waitFor(async () => expect(await unpublished(db)).toEqual([]), WAIT);
      running.push(repeat(relaySupervision, options));

      signalProcess(kafka.pid, "SIGSTOP");
      stack.defer(() => void signalProcess(kafka.pid, "SIGCONT"));
      await knock(db, "b");
      await vi.waitFor(async () => {
        const claimed = await db.query(sql`
          SELECT FROM event_log JOIN events USING (event_id)
          WHERE event_log.stream_id = 'b' AND events.recorded_at < now() - ${STANDSTILL_SECONDS} * interval '1 second'`);
        expect(claimed).toHaveLength(1);
      }, WAIT);
      expect(await unpublished(db)).toEqual([{ event_id: "b:1" }]);
      signalProcess(kafka.pid, "SIGCONT");

      await vi.waitFor(async () => expect(await unpublished(db)).toEqual([]), WAIT);
      expect(await relay(db)).toEqual([{ epoch: 1, held: true, queued: 0 }]);
      expect(attempts).toEqual(["done", "done"]);
    },
  );
});
