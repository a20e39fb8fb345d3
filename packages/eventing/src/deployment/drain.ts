/** Doing at once, and to the end, what the worker does bit by bit: for seeds, tools and tests with no worker running. */
import type { Database, Logger } from "@tillstream/runtime";
import { createPostgresBus } from "../bus/postgres-bus.ts";
import { acquireRelayLease, releaseRelayLease } from "../outbox/lease.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { lanesOf, registerSubscription } from "../delivery/checkpoint.ts";
import { processNext } from "../delivery/runner.ts";

const BATCH_SIZE = 500;

/** Publishes whatever is in the outbox; returns how many events that were. Throws while a relay is running. */
export async function publishAll(db: Database): Promise<number> {
  const lease = await acquireRelayLease(db, "drain");
  if (lease === undefined) throw new Error("the relay's lease is not free");
  const bus = createPostgresBus(db);
  let published = 0;
  for (let count = 1; count > 0; published += count) ({ count } = await bus.publish(lease, BATCH_SIZE));
  await releaseRelayLease(db, lease);
  return published;
}

/** Lets the subscription read to the end of what is published; returns how many events it passed. */
export async function catchUp(
  db: Database,
  logger: Logger,
  subscription: Subscription,
  batchSize = BATCH_SIZE,
): Promise<number> {
  await registerSubscription(db, subscription);
  const catalogue = catalogueOf(subscription);
  let total = 0;
  for (const lane of lanesOf(subscription)) {
    for (let passed = 1; passed > 0; total += passed) {
      ({ passed } = await processNext(lane, catalogue, { db, logger, batchSize }));
    }
  }
  return total;
}
