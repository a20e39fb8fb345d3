/**
 * A consumer reacts to published events with an effect. Delivery is at least once; the inbox makes the
 * effect happen once: its row is inserted first, in the transaction of the effect. Streams are spread over lanes:
 * one stream is always in one lane and so in order, and lanes run beside each other.
 */
import type { SqlExecutor } from "@tillstream/runtime";
import type { AnyEventDefinition } from "../event/definition.ts";
import type { DataOf, RecordedEvent, StoredEvent } from "../event/definition.ts";
import { EVENT_RETRY_DEFAULT } from "./retry-policy.ts";
import type { EventRetryPolicy } from "./retry-policy.ts";

type Awaitable<Value> = Value | Promise<Value>;

/** How many streams a consumer works on at once, unless it says otherwise. */
export const CONSUMER_LANES_DEFAULT = 2;
export const OUTSIDE_LANES_DEFAULT = 4;
const CONSUMER_LANES_MAX = 64;

export interface ConsumerHandler {
  readonly definition: AnyEventDefinition;
  handle(tx: SqlExecutor, event: RecordedEvent): Awaitable<void>;
}

export interface Consumer {
  readonly kind: "consumer";
  readonly name: string;
  readonly handlers: readonly ConsumerHandler[];
  readonly lanes: number;
  readonly callsOutside: boolean;
  readonly retry: EventRetryPolicy;
  onParked?(tx: SqlExecutor, event: StoredEvent): Awaitable<void>;
}

export interface ConsumerOptions {
  readonly lanes?: number;
  /**
   * Its handlers call somebody outside: each event then has a transaction of its own, so that a slow call holds up no
   * batch and a failed one repeats no other's call. It has more lanes by default.
   */
  readonly callsOutside?: boolean;
  readonly retry?: EventRetryPolicy;
  /**
   * Part of each transaction in which an event is parked for a person, or put behind one that is, so that whatever waits
   * for its effect can say so.
   * It sees the event as written, since one that cannot be read is parked as well. It must not refuse.
   */
  readonly onParked?: (tx: SqlExecutor, event: StoredEvent) => Awaitable<void>;
}

/** Says what to do for one event type. All writes go through `tx`; outside effects carry a deterministic key. */
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

export function defineConsumer(
  name: string,
  handlers: readonly ConsumerHandler[],
  { callsOutside = false, retry = EVENT_RETRY_DEFAULT, onParked, ...options }: ConsumerOptions = {},
): Consumer {
  const lanes = options.lanes ?? (callsOutside ? OUTSIDE_LANES_DEFAULT : CONSUMER_LANES_DEFAULT);
  if (!Number.isInteger(lanes) || lanes < 1 || lanes > CONSUMER_LANES_MAX) {
    throw new RangeError(`consumer ${name}: 1 to ${CONSUMER_LANES_MAX} lanes, not ${lanes}`);
  }
  return { kind: "consumer", name, handlers, lanes, callsOutside, retry, ...(onParked !== undefined && { onParked }) };
}
