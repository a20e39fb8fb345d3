/**
 * Runs one subscription on the Postgres bus: each of its partitions follows the global order from its checkpoint, page by
 * page. Checkpoint, inbox rows and effects commit together. While Postgres is away a partition waits; any other failure
 * blocks one stream and lets the others pass (`deliver.ts`).
 */
import { AT_ONCE, repeat } from "@tillstream/runtime";
import type { Loop, Scheduler, WakeUp } from "@tillstream/runtime";
import { catalogueOf } from "../subscription/subscription.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { partitionsOf } from "./checkpoint.ts";
import type { Partition } from "./checkpoint.ts";
import { createPartitionReader } from "./partition-reader.ts";
import type { PageOptions } from "./partition-reader.ts";

const INFRASTRUCTURE_BACKOFF_MS = 500;

/** How a subscription is run. */
export interface SubscriptionOptions extends PageOptions {
  readonly scheduler: Scheduler;
  readonly pollMs: number;
  /** Makes what wakes one partition: a hint that there may be events. */
  readonly wakeUp: () => WakeUp;
  readonly signal: AbortSignal;
}

/** Runs until `signal` aborts. */
export async function runSubscription(subscription: Subscription, options: SubscriptionOptions): Promise<void> {
  await Promise.all(partitionsOf(subscription).map((partition) => runPartition(partition, options)));
}

async function runPartition(partition: Partition, options: SubscriptionOptions): Promise<void> {
  const { pollMs, batchSize } = options;
  const { subscription } = partition;
  const reader = createPartitionReader(partition, catalogueOf(subscription), options);
  const reading: Loop<SubscriptionOptions> = {
    name: "subscription",
    intervalMs: pollMs,
    backoffMs: INFRASTRUCTURE_BACKOFF_MS,
    wakeUp: options.wakeUp(),
    async turn() {
      const { locked, ...first } = await reader.next();
      const { passed } = locked === true ? await reader.next(true) : first;
      return passed < batchSize ? pollMs : AT_ONCE;
    },
  };
  await repeat(reading, { ...options, logger: options.logger.child({ subscription: subscription.name }) });
}
