export { disturb } from "./disturb.ts";
export { faultsRouter } from "./router.ts";
export { faultsOn } from "./switches.ts";
export type { Fault } from "./switches.ts";
