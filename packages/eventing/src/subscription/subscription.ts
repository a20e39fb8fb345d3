/** What reads the events: a consumer, whose handlers have effects, or a projection, which is folded into its tables. */
import { createEventCatalogue } from "../event/catalogue.ts";
import type { EventCatalogue } from "../event/catalogue.ts";
import type { AnyEventDefinition } from "../event/definition.ts";
import type { Consumer } from "./consumer.ts";
import type { Projection } from "./projection.ts";

/** What follows the global order: a projection or a consumer. */
export type Subscription = Consumer | Projection;

/** Which event types the subscription reads. */
export function definitionsOf(subscription: Subscription): readonly AnyEventDefinition[] {
  return subscription.kind === "projection"
    ? subscription.definitions
    : subscription.handlers.map((handler) => handler.definition);
}

/** The definitions of the events that the subscription reads. */
export function catalogueOf(subscription: Subscription): EventCatalogue {
  return createEventCatalogue(definitionsOf(subscription));
}
