/** What customers send back line by line, from the announcement on. A parcel that comes back whole is the shipment's. */
import { defineModule } from "@tillstream/eventing";
import { returnsConsumer } from "./consumers.ts";
import { returnEvents } from "./events.ts";
import { returnAggregate } from "./return.ts";

export type { Aftercare } from "./aftercare.ts";
export { ReturnRequested, ReturnWithdrawn } from "./events.ts";
export { requestReturn } from "./commands.ts";
export { numberOf } from "./repository.ts";
export { windowOf } from "./window.ts";
export { returnsRouter, returnsShopRouter } from "./router.ts";

export const returnsModule = defineModule<unknown>({
  name: "returns",
  events: returnEvents,
  aggregates: [returnAggregate],
  consumers: () => [returnsConsumer()],
});
