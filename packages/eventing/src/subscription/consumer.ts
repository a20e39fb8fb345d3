/**
 * A consumer reacts to published events with an effect. Delivery is at least once; the inbox makes the
 * effect happen once: its row is inserted first, in the transaction of the effect.
 */
import type { SqlExecutor } from "@tillstream/runtime";
import type { AnyEventDefinition } from "../event/definition.ts";
import type { DataOf, RecordedEvent } from "../event/definition.ts";

type Awaitable<Value> = Value | Promise<Value>;

export interface ConsumerHandler {
  readonly definition: AnyEventDefinition;
  handle(tx: SqlExecutor, event: RecordedEvent): Awaitable<void>;
}

export interface Consumer {
  readonly kind: "consumer";
  readonly name: string;
  readonly handlers: readonly ConsumerHandler[];
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

export function defineConsumer(name: string, handlers: readonly ConsumerHandler[]): Consumer {
  return { kind: "consumer", name, handlers };
}
