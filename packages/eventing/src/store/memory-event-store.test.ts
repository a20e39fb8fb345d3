import { manualClock } from "@tillstream/runtime";
import { memoryEventStore } from "../testing/memory-event-store.ts";
import { describeEventStore } from "../testing/event-store.contract.ts";

describeEventStore("in memory", async () => ({
  store: memoryEventStore(manualClock(new Date("2026-01-01T00:00:00Z"))),
  publish: async () => undefined, // its order is that of the appends
  [Symbol.asyncDispose]: async () => undefined,
}));
