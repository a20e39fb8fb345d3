/** The services of an app's process, made once and shared by its requests. */
import {
  createDatabase,
  createHealthPool,
  createPool,
  databaseIdentity,
  poolDatabase,
  storageHealth,
} from "@tillstream/db";
import { createKeyring, createOutboxHint, createPostgresBus } from "@tillstream/eventing";
import {
  checkHealth,
  createCache,
  createLogger,
  createMemoryCache,
  processSettings,
  readEnv,
  readMasterKeys,
  sql,
  systemClock,
  uuidGenerator,
} from "@tillstream/runtime";
import type { HealthReport, Logger } from "@tillstream/runtime";
import type pg from "pg";
import { createChangeFeed } from "./changes.ts";
import type { Services, ShopFacts } from "./context.ts";
import { readLimits } from "./limits.ts";
import { authSettings } from "./settings.ts";

/** For each app process: few that are in use all the time, so that what they have prepared serves the next. */
const PRISMA_POOL_MAX = 12;
const PLAIN_POOL_MAX = 10;

export interface AppServices {
  readonly services: Services;
  /** For better-auth. */
  readonly pool: pg.Pool;
  health(): Promise<HealthReport>;
}

export function createAppServices(name: string, shop: ShopFacts): AppServices {
  const settings = readEnv({ ...processSettings, ...authSettings });
  const url = settings.APP_DATABASE_URL ?? settings.DATABASE_URL;
  const logger = createLogger(name, settings.LOG_LEVEL);
  const pool = createPool({ url, max: PLAIN_POOL_MAX, applicationName: `${name}-plain` }, logger);
  const plain = poolDatabase(pool);
  const db = createDatabase({ url, max: PRISMA_POOL_MAX, applicationName: name }, plain);
  const cache = createCache(settings.REDIS_URL, logger, () => databaseIdentity(db));
  const services: Services = {
    db,
    cache,
    changes: createChangeFeed(url, logger),
    clock: systemClock,
    ids: uuidGenerator,
    logger,
    secret: settings.APP_SECRET,
    keyring: createKeyring(readMasterKeys()),
    shop,
    limits: readLimits(),
    hintOutbox: createOutboxHint(db, logger),
  };
  const asked = poolDatabase(createHealthPool({ url, applicationName: name }, logger));
  const bus = createPostgresBus(asked);
  const health = () =>
    checkHealth([
      { name: "postgres", essential: true, check: async () => (await asked.query(sql`SELECT 1`), "ok") },
      { name: "storage", essential: false, check: async () => storageHealth() },
      { name: "redis", essential: false, check: () => cache.health() },
      { name: "bus", essential: false, check: () => bus.health() },
    ]);
  return { services, pool, health };
}

export interface InProcessOptions {
  readonly db: Services["db"];
  readonly secret: string;
  readonly shop: ShopFacts;
  readonly logger: Logger;
}

/** What the shop's commands need where no app is around them, such as in the seed: a cache of their own, and no hints. */
export function inProcessServices({ db, secret, shop, logger }: InProcessOptions): Services {
  return {
    db,
    cache: createMemoryCache(),
    changes: { subscribe: () => () => undefined },
    clock: systemClock,
    ids: uuidGenerator,
    logger,
    secret,
    keyring: createKeyring(readMasterKeys()),
    shop,
    limits: readLimits(),
    hintOutbox: () => undefined,
  };
}
