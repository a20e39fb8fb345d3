/** For tests, benches and operations: the local environment as a library. */
export { withLocalDatabase } from "./environment/system/local-database.ts";
export type { LocalDatabase } from "./environment/system/local-database.ts";
export { BusyPortError, freePorts } from "./environment/ports.ts";
export { startPostgres } from "./environment/postgres.ts";
export type { PostgresOptions, RunningPostgres } from "./environment/postgres.ts";
export { startRedis } from "./environment/redis.ts";
export type { RunningRedis } from "./environment/redis.ts";
export { findRunning } from "./environment/system/state-file.ts";
export type { RunningState } from "./environment/system/state-file.ts";
export { launchBrowser, NO_BROWSER } from "./environment/browser.ts";
export { startSystem } from "./testing/system.ts";
export type { StartSystemOptions, System } from "./testing/system.ts";
export { startTestServer } from "./testing/test-server.ts";
export type { TestServer } from "./testing/test-server.ts";
