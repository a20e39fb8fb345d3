/** The services of an app's process, made once and shared by its requests. */
import { createDb, createPool, poolDatabase, prismaDatabase } from "@tillstream/db";
import { createOutboxHint } from "@tillstream/eventing";
import {
  checkHealth,
  createCache,
  createLogger,
  processSettings,
  readEnv,
  sql,
  systemClock,
  uuidGenerator,
} from "@tillstream/runtime";
import type { HealthReport } from "@tillstream/runtime";
import type pg from "pg";
import { createChangeFeed } from "./changes.ts";
import type { Services } from "./context.ts";

/** Prisma's connections for each app process; two apps and the worker stay well under Postgres' 200. */
const PRISMA_POOL_MAX = 20;
const SIDE_POOL_MAX = 10;

export interface AppServices {
  readonly services: Services;
  /** For better-auth and for what must not wait behind Prisma's pool. */
  readonly pool: pg.Pool;
  health(): Promise<HealthReport>;
}

export function createAppServices(name: string): AppServices {
  const settings = readEnv(processSettings);
  const url = settings.APP_DATABASE_URL ?? settings.DATABASE_URL;
  const logger = createLogger(name, settings.LOG_LEVEL);
  const prisma = createDb({ url, max: PRISMA_POOL_MAX, applicationName: name });
  const pool = createPool({ url, max: SIDE_POOL_MAX, applicationName: `${name}-side` }, logger);
  const db = prismaDatabase(prisma);
  const cache = createCache(settings.REDIS_URL, logger);
  const side = poolDatabase(pool);
  const services: Services = {
    prisma,
    db,
    reads: side,
    cache,
    changes: createChangeFeed(url, logger),
    clock: systemClock,
    ids: uuidGenerator,
    logger,
    secret: settings.APP_SECRET,
    hintOutbox: createOutboxHint(side, logger),
  };
  const health = () =>
    checkHealth([
      { name: "postgres", essential: true, check: async () => (await side.query(sql`SELECT 1`), "ok") },
      { name: "redis", essential: false, check: () => cache.health() },
      { name: "bus", essential: false, check: () => busHealth(side) },
    ]);
  return { services, pool, health };
}

/** The Postgres bus is up while somebody holds the relay's lease. */
async function busHealth(db: Pick<Services["db"], "query">): Promise<string> {
  const rows = await db.query(sql`SELECT FROM relay_leases WHERE expires_at > now()`);
  return rows.length > 0 ? "ok" : "no relay is running";
}
