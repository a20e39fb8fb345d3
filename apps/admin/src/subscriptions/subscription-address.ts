/** What projections and consumers can be sorted by, and how the address has it. */
import { part } from "../console/address.ts";
import { readSort } from "../console/column-sort.ts";
import { stateOf, type Subscription } from "../console/subscription-state.ts";

export const sortKeys = {
  name: ({ name }: Subscription) => name,
  state: (subscription: Subscription) => stateOf(subscription).word,
  lag: ({ lagSeconds }: Subscription) => lagSeconds,
  behind: ({ eventsBehind }: Subscription) => eventsBehind,
  heartbeat: ({ heartbeatAgeSeconds }: Subscription) => heartbeatAgeSeconds,
  deadLetters: ({ openLetters }: Subscription) => openLetters,
};

const RULE = `must be one of ${Object.keys(sortKeys).join(", ")}, with - before it for the other way round`;

export const subscriptionAddress = {
  sort: part(RULE, (typed) => (readSort(typed, sortKeys) === undefined ? null : typed)),
};
