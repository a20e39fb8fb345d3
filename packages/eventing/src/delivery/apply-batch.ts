/** What a batch does, for either kind of subscription: a consumer's handlers one by one, a projection's fold. */
import type { SqlExecutor } from "@tillstream/runtime";
import type { EventCatalogue } from "../event/catalogue.ts";
import type { RecordedEvent } from "../event/definition.ts";
import { processOne, processTogether } from "../event/messaging.ts";
import type { Messaging, Processing } from "../event/messaging.ts";
import type { LoggedEvent } from "../store/read.ts";
import type { Consumer } from "../subscription/consumer.ts";
import type { Projection } from "../subscription/projection.ts";
import { HandlerError } from "../subscription/handler-error.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { watchedExecutor } from "./watched-executor.ts";

export interface Applied {
  /** Of the rows that a projection changed; a consumer has none. */
  readonly changedKeys: readonly string[];
  /** Whether new events were appended: the relay has work. */
  readonly appended: boolean;
}

/**
 * Applies events in order. Throws `HandlerError` when
 * the events or the subscription are at fault, and Postgres' own error when Postgres is.
 * @param messaging how the events came; without it, as when history is read again, nothing is traced
 */
export async function applyBatch(
  tx: SqlExecutor,
  subscription: Subscription,
  catalogue: EventCatalogue,
  events: readonly LoggedEvent[],
  messaging?: Messaging,
): Promise<Applied> {
  const at = messaging && { messaging, subscription: subscription.name };
  const watched = watchedExecutor(tx);
  try {
    const readable = events.map((event) => catalogue.read(event)).filter((event) => event !== undefined);
    const changedKeys = await (subscription.kind === "projection"
      ? processTogether(at, readable, () => fold(watched, subscription, readable))
      : handleEach(watched, subscription, readable, at));
    if (watched.failure() !== undefined) throw watched.failure();
    return { changedKeys, appended: watched.appended() };
  } catch (error) {
    throw watched.interrupted() ? error : new HandlerError(error, watched.failure());
  }
}

async function handleEach(
  tx: SqlExecutor,
  consumer: Consumer,
  events: readonly RecordedEvent[],
  at: Processing | undefined,
): Promise<readonly string[]> {
  const handlers = new Map(consumer.handlers.map((handler) => [handler.definition.type, handler]));
  for (const event of events) await processOne(at, event, async () => handlers.get(event.type)?.handle(tx, event));
  return [];
}

async function fold(
  tx: SqlExecutor,
  projection: Projection,
  events: readonly RecordedEvent[],
): Promise<readonly string[]> {
  if (events.length === 0) return [];
  const keys = events.map((event) => projection.key(event as never));
  const before = await projection.load(tx, [...new Set(keys)]);
  const after = new Map<string, unknown>();
  events.forEach((event, index) => {
    const key = keys[index] ?? "";
    const view = after.has(key) ? after.get(key) : before.get(key);
    after.set(key, projection.project(view as never, event as never));
  });
  const changed = new Map([...after].filter(([, view]) => view !== undefined));
  if (changed.size > 0) await projection.store(tx, changed as Map<string, never>);
  return [...changed.keys()];
}
