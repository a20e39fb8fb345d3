export { databaseIdentity } from "./identity.ts";
export { listen } from "./listen.ts";
export type { Listener } from "./listen.ts";
export { assertOwnSessions, SharedSessionsError } from "./own-sessions.ts";
export { createHealthPool, createPool, poolConfig, poolDatabase, STATEMENT_TIMEOUT_MS, storageHealth } from "./pool.ts";
export type { PoolSettings } from "./pool.ts";
export { createDb, prismaDatabase, prismaExecutor } from "./prisma.ts";
export { Prisma, PrismaClient } from "./generated/client.ts";
