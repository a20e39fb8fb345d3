/** What the Kafka tests need around a bus: appended events, a lease, a consumer that writes down what it saw, and its order. */
import { createWakeUp, sql, systemScheduler } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import type { EventBus } from "../bus/event-bus.ts";
import { createKafkaBus } from "../bus/kafka/kafka-bus.ts";
import type { KafkaBusOptions } from "../bus/kafka/kafka-bus.ts";
import type { NewEvent } from "../event/definition.ts";
import type { RelayLease } from "../outbox/lease.ts";
import { appendEvents } from "../store/append.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import type { Consumer } from "../subscription/consumer.ts";
import type { SubscriptionOptions } from "../delivery/runner.ts";
import { lease, logger } from "./bus-at-work.ts";
import { Added, counterEvents, Reset, testMetadata } from "./counter.ts";
import { effect } from "./effects.ts";
import { jsonCodec } from "./kafka.ts";

/** Writes one effect for each event: the stream and the version. */
export const witness: Consumer = defineConsumer("witness", [
  on(Added, (tx, event) => write(tx, event.streamId, event.version)),
  on(Reset, (tx, event) => write(tx, event.streamId, event.version)),
]);

async function write(tx: SqlExecutor, streamId: string, version: number): Promise<void> {
  await tx.query(effect(streamId, version));
}

/** The versions that took effect by stream, in the order in which they did. */
export async function witnessed(db: SqlExecutor): Promise<Record<string, number[]>> {
  const rows = await db.query<{ name: string; versions: number[] }>(
    sql`SELECT name, array_agg(amount ORDER BY id) AS versions FROM effects GROUP BY name ORDER BY name`,
  );
  return Object.fromEntries(rows.map(({ name, versions }) => [name, versions]));
}

export function kafkaBus(options: Pick<KafkaBusOptions, "db" | "settings"> & Partial<KafkaBusOptions>): EventBus {
  return createKafkaBus({
    aggregates: [{ streamType: "counter", events: counterEvents }],
    codec: jsonCodec,
    ...options,
  });
}

export function feedOptions(db: Database, signal: AbortSignal): SubscriptionOptions {
  return {
    db,
    logger,
    scheduler: systemScheduler,
    batchSize: 50,
    pollMs: 50,
    wakeUp: () => createWakeUp(systemScheduler),
    signal,
  };
}

/** Appends events to a stream, new or not. */
export async function append(
  db: Database,
  streamId: string,
  events: readonly NewEvent[] = [Added.create({ by: 1 })],
): Promise<void> {
  const known = await db.query(sql`SELECT FROM events WHERE stream_id = ${streamId} LIMIT 1`);
  const expectedVersion = known.length > 0 ? "exists" : "new";
  await appendEvents(db, { streamId, streamType: "counter", expectedVersion, events, metadata: testMetadata });
}

/** Takes the relay's lease from its owner, as if it had been silent for too long. */
export async function takeLease(db: Database, owner: string): Promise<RelayLease> {
  await db.query(sql`UPDATE relay_leases SET expires_at = now() - interval '1 second'`);
  return lease(db, owner);
}
