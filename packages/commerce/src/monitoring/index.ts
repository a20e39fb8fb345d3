export { metricsEndpoint } from "./endpoint.ts";
export { createMetrics } from "./metrics.ts";
export type { Metrics } from "./metrics.ts";
export { busCheck, cacheCheck } from "./process-checks.ts";
