/** Doing at once, and to the end, what the worker does bit by bit: for seeds, tools and tests with no worker running. */
import { sql } from "@tillstream/runtime";
import type { Database, Logger, LoopPorts } from "@tillstream/runtime";
import { createPostgresBus } from "../bus/postgres-bus.ts";
import { acquireRelayLease, releaseRelayLease } from "../outbox/lease.ts";
import { releaseDue } from "../delivery/release.ts";
import type { StepRef } from "../saga/state.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { partitionsOf } from "../delivery/checkpoint.ts";
import { createPartitionReader } from "../delivery/partition-reader.ts";

const BATCH_SIZE = 500;

/** Publishes the outbox; returns how many events it published. Throws while a relay is running. */
export async function publishAll(db: Database): Promise<number> {
  const lease = await acquireRelayLease(db, "drain");
  if (lease === undefined) throw new Error("a relay is running: stop the worker first");
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
  const catalogue = catalogueOf(subscription);
  let total = 0;
  for (const partition of partitionsOf(subscription)) {
    const reader = createPartitionReader(partition, catalogue, { db, logger, batchSize });
    for (let passed = 1; passed > 0; total += passed) ({ passed } = await reader.next());
  }
  return total;
}

interface Step extends StepRef {
  readonly isDue: boolean;
}

/**
 * Does once what the worker of these subscriptions does, and runs every step operation that is due. Returns how much that was, with the
 * operations that wait for their time: 0 when nothing is left to do.
 */
export async function workOnce(
  subscriptions: readonly Subscription[],
  runStep: (step: StepRef) => Promise<void>,
  ports: LoopPorts,
): Promise<number> {
  const { db, logger } = ports;
  const published = await publishAll(db);
  for (const subscription of subscriptions) await catchUp(db, logger, subscription);
  const released = await releaseDue({ ...ports, subscriptions });
  const open = await db.query<Step>(sql`
    SELECT saga_id AS "sagaId", step, kind, CASE status WHEN 'pending' THEN run_at <= now() ELSE lease_expires_at < now() END AS "isDue"
    FROM saga_steps WHERE status IN ('pending', 'running')`);
  await Promise.all(open.filter(({ isDue }) => isDue).map(({ isDue: _, ...step }) => runStep(step)));
  return published + released + open.length;
}
