/** Published events and a subscription that is stepped by hand, for the kernel's own tests. */
import { createLogger, createWakeUp, sql } from "@tillstream/runtime";
import type { Database, Scheduler } from "@tillstream/runtime";
import { acquireRelayLease } from "../outbox/lease.ts";
import { publishBatch } from "../outbox/publish-batch.ts";
import { appendEvents } from "../store/append.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { partitionsOf } from "../delivery/checkpoint.ts";
import { createPartitionReader } from "../delivery/partition-reader.ts";
import type { PageResult } from "../delivery/partition-reader.ts";
import type { SubscriptionOptions } from "../delivery/runner.ts";
import { Added, testMetadata } from "./counter.ts";

/** Every sleep is over at once. */
export const immediately: Scheduler = { sleep: async () => undefined, every: () => () => undefined };

/** Publishes the outbox. */
export async function publishAll(db: Database): Promise<void> {
  const lease = await acquireRelayLease(db, "test");
  if (lease === undefined) throw new Error("a relay is running: stop the worker first");
  while ((await publishBatch(db, lease, 100)).count > 0);
}

/** Appends one `Added` to each of the streams, in this order, and publishes them. */
export async function publish(db: Database, streams: readonly string[], by = 1): Promise<void> {
  for (const streamId of streams) {
    const known = await db.query(sql`SELECT FROM events WHERE stream_id = ${streamId} LIMIT 1`);
    const expectedVersion = known.length > 0 ? "exists" : "new";
    const events = [Added.create({ by })];
    await appendEvents(db, { streamId, streamType: "counter", expectedVersion, events, metadata: testMetadata });
  }
  await publishAll(db);
}

export function subscriptionOptions(db: Database, options: Partial<SubscriptionOptions> = {}): SubscriptionOptions {
  return {
    db,
    logger: createLogger("test", "silent"),
    scheduler: immediately,
    batchSize: 50,
    pollMs: 1,
    wakeUp: () => createWakeUp(immediately),
    signal: new AbortController().signal,
    ...options,
  };
}

/** A function that processes the next page of every partition, one after the other. */
export function stepper(
  db: Database,
  subscription: Subscription,
  options: Partial<SubscriptionOptions> = {},
): () => Promise<PageResult> {
  const catalogue = catalogueOf(subscription);
  return async () => {
    const results: PageResult[] = [];
    for (const partition of partitionsOf(subscription)) {
      results.push(await createPartitionReader(partition, catalogue, subscriptionOptions(db, options)).next());
    }
    return {
      passed: Math.max(...results.map(({ passed }) => passed)),
      changedKeys: results.flatMap(({ changedKeys }) => changedKeys),
      appended: results.some(({ appended }) => appended),
    };
  };
}
