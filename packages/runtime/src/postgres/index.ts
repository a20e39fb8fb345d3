/** Postgres behind the port `Database`: connections that are bounded in everything they wait for, and notices. */
export { databaseIdentity } from "./identity.ts";
export { listen } from "./listen.ts";
export type { Listener } from "./listen.ts";
export { assertOwnSessions, explainPooler, SharedSessionsError } from "./own-sessions.ts";
export { failWithFailedStatement } from "./failed-statement.ts";
export {
  createHealthPool,
  createPool,
  executor,
  poolConfig,
  poolDatabase,
  STATEMENT_TIMEOUT_MS,
  storageHealth,
} from "./pool.ts";
export type { PoolSettings } from "./pool.ts";
export { statementName } from "./statement-names.ts";
