/** For tests, benches and operations: the local environment as a library. */
export { withLocalDatabase } from "./system/local-database.ts";
export type { LocalDatabase } from "./system/local-database.ts";
export { BusyPortError, freePorts } from "./ports.ts";
export { startPostgres } from "./postgres.ts";
export type { PostgresOptions, RunningPostgres } from "./postgres.ts";
export { startRedis } from "./redis.ts";
export type { RunningRedis } from "./redis.ts";
export { findRunning } from "./system/state-file.ts";
export type { RunningState } from "./system/state-file.ts";
export { launchBrowser, NO_BROWSER } from "./testing/browser.ts";
export { startSystem } from "./testing/system.ts";
export type { StartSystemOptions, System } from "./testing/system.ts";
export { startTestServer } from "./testing/test-server.ts";
export type { TestServer } from "./testing/test-server.ts";
