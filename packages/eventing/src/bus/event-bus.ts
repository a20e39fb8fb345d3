/**
 * What carries published events to their consumers. `event-bus.contract.ts` says in full how one behaves; every
 * implementation passes it. Projections follow the global order in Postgres whatever the bus, since their rows and their
 * checkpoint commit together there.
 */
import type { RelayLease } from "../relay/lease.ts";
import type { Consumer } from "../subscription/consumer.ts";
import type { SubscriptionOptions } from "../subscription/runner.ts";

/** The bus cannot be reached: nothing is wrong with the events, and all of them wait. */
export class BusUnavailableError extends Error {
  override readonly name = "BusUnavailableError";
}

export interface PublishedBatch {
  /** False when the lease is no longer ours; then nothing was published. */
  readonly owned: boolean;
  readonly count: number;
  /** Milliseconds from the recording of each event to its publication. */
  readonly delaysMs: readonly number[];
  /** The types among them, each once. */
  readonly types: readonly string[];
}

export interface EventBus {
  readonly name: "postgres" | "kafka";
  /**
   * Publishes the oldest unpublished events of the outbox in order, at most `limit`, as long as the lease is ours.
   * Leaves out aggregates that wait after a failure (`setAside`). Throws `BusUnavailableError`
   * when the bus is away, anything else when an event of the batch is at fault; then nothing of it is marked published.
   */
  publish(lease: RelayLease, limit: number): Promise<PublishedBatch>;
  /** Feeds a consumer, each stream in order, until the signal aborts. */
  run(consumer: Consumer, options: SubscriptionOptions): Promise<void>;
  /** `ok`, or what is wrong. */
  health(): Promise<string>;
  close(): Promise<void>;
}
