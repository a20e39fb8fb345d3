/** A process that has seen more than the database has now. */
import { createLogger, createWakeUp, repeat, sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { createWakeUps } from "../deployment/wake-ups.ts";
import { acquireRelayLease } from "../outbox/lease.ts";
import { publishBatch } from "../outbox/publish-batch.ts";
import { appendEvents } from "../store/append.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import { Added, testMetadata } from "../testing/counter.ts";
import { createDatabaseWithEffects, effect, effectsIn } from "../testing/effects.ts";
import { createCheckpointKeeper } from "./checkpoint-keeper.ts";
import { createLogTail } from "./log-tail.ts";
import { runSubscription } from "./runner.ts";

const append = (db: Database, streamId: string) =>
  appendEvents(db, {
    streamId,
    streamType: "counter",
    expectedVersion: "new",
    events: [Added.create({ by: 1 })],
    metadata: testMetadata,
  });

it("events that a standby does not have take no effect, and those in their place do", async () => {
  await using test = await createDatabaseWithEffects();
  const { database: db } = test;
  const consumer = defineConsumer(
    "adding",
    [on(Added, async (tx, { streamId }) => void (await tx.query(effect(streamId))))],
    { partitions: 1 },
  );
  const stop = new AbortController();
  const ports = { db, logger: createLogger("test", "silent"), scheduler: systemScheduler, signal: stop.signal };
  const wakeUps = createWakeUps();
  const tail = createLogTail({ size: 50, pollMs: 20, wakeUp: createWakeUp(systemScheduler), onEvents: wakeUps.notify });
  const keeper = createCheckpointKeeper();
  const running = [
    ...[tail.loop, keeper.loop].map((loop) => repeat(loop, ports)),
    runSubscription(consumer, {
      ...ports,
      batchSize: 7,
      pollMs: 20,
      shared: { tail, keeper },
      wakeUp: () => wakeUps.create(["Added"], systemScheduler),
    }),
  ];
  const publish = async () => {
    const lease = (await acquireRelayLease(db, "test")) ?? expect.fail();
    const batch = await publishBatch(db, lease, 50);
    tail.take(batch.events ?? []);
  };
  try {
    await append(db, "kept");
    await publish();
    await vi.waitFor(async () => expect(await effectsIn(db)).toEqual({ kept: 1 }));
    await append(db, "lost");
    await publish();
    await vi.waitFor(async () => expect(await effectsIn(db)).toEqual({ kept: 1, lost: 1 }));
    // The standby was one transaction behind: it never saw "lost".
    await db.transaction(async (tx) => {
      for (const table of ["event_log", "events", "outbox_events"])
        await tx.query({ text: `ALTER TABLE ${table} DISABLE TRIGGER USER`, values: [] } as never);
      await tx.query(sql`DELETE FROM event_log WHERE position = 2`);
      await tx.query(sql`UPDATE event_log_head SET position = 1`);
      await tx.query(sql`DELETE FROM outbox_events WHERE aggregate_id = 'lost'`);
      await tx.query(sql`DELETE FROM events WHERE stream_id = 'lost'`);
      await tx.query(sql`DELETE FROM effects WHERE name = 'lost'`);
      await tx.query(sql`DELETE FROM processed_events WHERE event_id = 'lost:1'`);
      await tx.query(sql`UPDATE consumer_checkpoints SET position = 1`);
    });
    await append(db, "new");
    await publish();
    await vi.waitFor(async () => expect(await effectsIn(db)).toEqual({ kept: 1, new: 1 }), { timeout: 6_000 });
  } finally {
    stop.abort();
    await Promise.all(running);
  }
});
