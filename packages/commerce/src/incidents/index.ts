export { diagnose } from "./diagnose.ts";
export type { Diagnosis, Finding } from "./diagnose.ts";
export { incidentsRouter } from "./router.ts";
