/** Writers, consumers and a relay for the contract of the buses, each a line to use. */
import { createLogger, createWakeUp, sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect } from "vitest";
import type { EventBus } from "../bus/event-bus.ts";
import { acquireRelayLease } from "../outbox/lease.ts";
import type { RelayLease } from "../outbox/lease.ts";
import { appendEvents } from "../store/append.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import type { Consumer, ConsumerOptions } from "../subscription/consumer.ts";
import { Added, testMetadata } from "./counter.ts";

/** Where every effect is noted, in the order of the effects. */
export const EFFECTS = sql`CREATE TABLE effects (id int GENERATED ALWAYS AS IDENTITY, consumer text, event_id text, stream_id text, version int)`;
export const logger = createLogger("test", "silent");

export async function append(db: Database, streamId: string, count = 1): Promise<void> {
  const known = await db.query(sql`SELECT FROM events WHERE stream_id = ${streamId} LIMIT 1`);
  await appendEvents(db, {
    streamId,
    streamType: "counter",
    expectedVersion: known.length > 0 ? "exists" : "new",
    events: Array.from({ length: count }, () => Added.create({ by: 1 })),
    metadata: testMetadata,
  });
}

/** Notes each event it is given; `before` may fail or wait. */
export function noting(
  name: string,
  before: (streamId: string, version: number) => unknown = () => undefined,
  options: ConsumerOptions = {},
): Consumer {
  const note = on(Added, async (tx, { eventId, streamId, version }) => {
    await tx.query(sql`
      INSERT INTO effects (consumer, event_id, stream_id, version) VALUES (${name}, ${eventId}, ${streamId}, ${version})`);
    await before(streamId, version);
  });
  return defineConsumer(name, [note], { retry: { attempts: 2, backoffMs: 0, factor: 1, backoffMsMax: 0 }, ...options });
}

export interface Running extends AsyncDisposable {
  stop(): Promise<void>;
}

export function run(bus: EventBus, db: Database, consumer: Consumer): Running {
  const stopping = new AbortController();
  const running = bus.run(consumer, {
    db,
    logger,
    scheduler: systemScheduler,
    batchSize: 20,
    pollMs: 20,
    wakeUp: () => createWakeUp(systemScheduler),
    signal: stopping.signal,
  });
  const stop = async () => {
    stopping.abort();
    await running;
  };
  return { stop, [Symbol.asyncDispose]: stop };
}

export async function lease(db: Database, owner = "one"): Promise<RelayLease> {
  return (await acquireRelayLease(db, owner)) ?? expect.fail("a relay is running: stop the worker first");
}

export async function publishAll(bus: EventBus, held: RelayLease): Promise<void> {
  while ((await bus.publish(held, 7)).count > 0);
}

export async function seenBy(db: Database, consumer: string): Promise<Record<string, number[]>> {
  const rows = await db.query<{ streamId: string; versions: number[] }>(sql`
    SELECT stream_id AS "streamId", array_agg(version ORDER BY id) AS versions FROM effects WHERE consumer = ${consumer} GROUP BY stream_id`);
  return Object.fromEntries(rows.map(({ streamId, versions }) => [streamId, versions]));
}

/** 1 to `count`: the versions of a stream. */
export const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
