export {
  assertOwnSessions,
  createHealthPool,
  createPool,
  databaseIdentity,
  listen,
  poolDatabase,
  SharedSessionsError,
  STATEMENT_TIMEOUT_MS,
  storageHealth,
} from "@tillstream/runtime/postgres";
export type { Listener, PoolSettings } from "@tillstream/runtime/postgres";
export { createDatabase } from "./prisma.ts";
export type { ShopDatabase } from "./prisma.ts";
export { pruneLimits, takeWithin } from "./rate-limit.ts";
export type { RateLimit } from "./rate-limit.ts";
