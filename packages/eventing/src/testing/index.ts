/** For projects that build on the kernel: contracts to test a store, a bus or a registry of their own against, and what tests start from. */
export { askChecks } from "../monitoring/ask-checks.ts";
export { eventBusContract } from "./event-bus.contract.ts";
export type { BusContractOptions, BusUnderTest } from "./event-bus.contract.ts";
export { describeEventStore } from "./event-store.contract.ts";
export type { StoreUnderTest } from "./event-store.contract.ts";
export { memoryEventStore } from "./memory-event-store.ts";
export { misdeclared } from "./misdeclared.ts";
export { outcomeOf } from "./outcome-of.ts";
export { describeSchemaRegistry } from "./schema-registry.contract.ts";
export type { RegistryUnderTest } from "./schema-registry.contract.ts";
export { specify } from "./specify.ts";
