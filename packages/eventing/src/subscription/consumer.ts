/**
 * A consumer reacts to published events with an effect. Delivery is at least once; the inbox makes the
 * effect happen once: its row is inserted first, in the transaction of the effect. Streams are spread over partitions:
 * one stream is always in one partition and so in order, and partitions run beside each other.
 */
import type { SqlExecutor } from "@tillstream/runtime";
import type { AnyEventDefinition } from "../event/definition.ts";
import type { DataOf, RecordedEvent, StoredEvent } from "../event/definition.ts";
import { EVENT_RETRY_DEFAULT } from "./retry-policy.ts";
import type { EventRetryPolicy } from "./retry-policy.ts";

type Awaitable<Value> = Value | Promise<Value>;

/** How many streams a consumer works on at once, unless it says otherwise. */
export const CONSUMER_PARTITIONS_DEFAULT = 2;
export const OUTSIDE_PARTITIONS_DEFAULT = 4;
const CONSUMER_PARTITIONS_MAX = 64;

/** What `on` makes: one event type and what is done about it. */
export interface ConsumerHandler {
  readonly definition: AnyEventDefinition;
  handle(tx: SqlExecutor, event: RecordedEvent): Awaitable<void>;
}

/** A consumer as a bus runs it. */
export interface Consumer {
  readonly kind: "consumer";
  readonly name: string;
  readonly handlers: readonly ConsumerHandler[];
  readonly partitions: number;
  readonly callsOutside: boolean;
  readonly retry: EventRetryPolicy;
  readonly appends: readonly AnyEventDefinition[];
  onParked?(tx: SqlExecutor, event: StoredEvent): Awaitable<void>;
}

export interface ConsumerOptions {
  readonly partitions?: number;
  /**
   * Its handlers call outside services: each event then has a transaction of its own, so that a slow call delays no other
   * event and a failed one repeats no other's call. It has more partitions by default.
   */
  readonly callsOutside?: boolean;
  readonly retry?: EventRetryPolicy;
  /** What it may append in reaction, for the map of the system. */
  readonly appends?: readonly AnyEventDefinition[];
  /**
   * Part of each transaction in which an event is parked for an operator, or queued behind one that is, so that what waits
   * for its effect can say so.
   * It sees the event as written, since one that cannot be read is parked as well. It must not refuse.
   */
  readonly onParked?: (tx: SqlExecutor, event: StoredEvent) => Awaitable<void>;
}

/** What to do for one event type. All writes go through `tx`; outside effects carry a deterministic key. */
export function on<Definition extends AnyEventDefinition>(
  definition: Definition,
  handle: (tx: SqlExecutor, event: RecordedEvent<Definition["type"], DataOf<Definition>>) => Awaitable<void>,
): ConsumerHandler {
  return {
    definition,
    // The runner calls a handler only with events of its definition, upcast to its latest version.
    handle: (tx, event) => handle(tx, event as RecordedEvent<Definition["type"], DataOf<Definition>>),
  };
}

/** Throws `RangeError` for a number of partitions that is out of bounds. */
export function defineConsumer(
  name: string,
  handlers: readonly ConsumerHandler[],
  { callsOutside = false, retry = EVENT_RETRY_DEFAULT, appends = [], onParked, ...options }: ConsumerOptions = {},
): Consumer {
  const partitions = options.partitions ?? (callsOutside ? OUTSIDE_PARTITIONS_DEFAULT : CONSUMER_PARTITIONS_DEFAULT);
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > CONSUMER_PARTITIONS_MAX) {
    throw new RangeError(`consumer ${name} may have 1 to ${CONSUMER_PARTITIONS_MAX} partitions, not ${partitions}`);
  }
  return {
    kind: "consumer",
    name,
    handlers,
    partitions,
    callsOutside,
    retry,
    appends,
    ...(onParked !== undefined && { onParked }),
  };
}
