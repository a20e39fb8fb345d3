/**
 * What carries published events to their consumers. `event-bus.contract.ts` says in full how one behaves; every
 * implementation passes it. Projections follow the global order in Postgres on every bus, since their rows and their
 * checkpoint commit together there.
 */
import type { RelayLease } from "../outbox/lease.ts";
import type { PublishedBatch } from "../outbox/publish-batch.ts";
import type { Consumer } from "../subscription/consumer.ts";
import type { SubscriptionOptions } from "../delivery/runner.ts";

/** The bus cannot be reached: nothing is wrong with the events, and all of them wait. */
export class BusUnavailableError extends Error {
  override readonly name = "BusUnavailableError";
}

/** What carries published events to consumers; `eventBusContract` says in full how one behaves. */
export interface EventBus {
  readonly name: "postgres" | "kafka";
  /**
   * Publishes the oldest unpublished events of the outbox in order, at most `limit`, as long as the lease is ours.
   * Leaves out aggregates that wait after a failure (`quarantine`). Throws `BusUnavailableError`
   * when the bus is away, anything else when an event of the batch is at fault; then nothing of it is marked published.
   */
  publish(lease: RelayLease, limit: number): Promise<PublishedBatch>;
  /** Feeds a consumer, each stream in order, until the signal aborts. */
  run(consumer: Consumer, options: SubscriptionOptions): Promise<void>;
  /** `ok`, or what is wrong. */
  health(): Promise<string>;
  close(): Promise<void>;
}
