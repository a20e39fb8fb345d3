/** The services of an app's process, made once and shared by its requests. */
import {
  createDb,
  createHealthPool,
  createPool,
  databaseIdentity,
  poolDatabase,
  prismaDatabase,
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
  refusePublishedSecrets,
  shopSettings,
  sql,
  systemClock,
  uuidGenerator,
} from "@tillstream/runtime";
import type { HealthReport, Logger } from "@tillstream/runtime";
import type pg from "pg";
import { createChangeFeed } from "./changes.ts";
import type { Services, ShopFacts } from "./context.ts";
import { readLimits } from "./limits.ts";

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
  refusePublishedSecrets();
  const settings = readEnv(processSettings);
  const url = settings.APP_DATABASE_URL ?? settings.DATABASE_URL;
  const logger = createLogger(name, settings.LOG_LEVEL);
  const prisma = createDb({ url, max: PRISMA_POOL_MAX, applicationName: name });
  const pool = createPool({ url, max: SIDE_POOL_MAX, applicationName: `${name}-side` }, logger);
  const db = prismaDatabase(prisma);
  const side = poolDatabase(pool);
  const cache = createCache(settings.REDIS_URL, logger, () => databaseIdentity(side));
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
    keyring: createKeyring(readMasterKeys()),
    shop: readShopFacts(),
    limits: readLimits(),
    hintOutbox: createOutboxHint(side, logger),
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

/** As the settings of this process have it. */
export function readShopFacts(): ShopFacts {
  const settings = readEnv(shopSettings);
  return {
    url: settings.SHOP_URL,
    orderLinkDays: settings.ORDER_LINK_DAYS,
    returnsAddress: settings.RETURNS_ADDRESS,
  };
}

export interface InProcessOptions {
  readonly prisma: Services["prisma"];
  /** Plain connections, for what must not wait behind Prisma's. */
  readonly reads: Services["reads"];
  readonly secret: string;
  readonly logger: Logger;
}

/** What the shop's commands need where no app is around them, such as in the seed: a cache of their own, and no hints. */
export function inProcessServices({ prisma, reads, secret, logger }: InProcessOptions): Services {
  return {
    prisma,
    db: prismaDatabase(prisma),
    reads,
    cache: createMemoryCache(),
    changes: { subscribe: () => () => undefined },
    clock: systemClock,
    ids: uuidGenerator,
    logger,
    secret,
    keyring: createKeyring(readMasterKeys()),
    shop: readShopFacts(),
    limits: readLimits(),
    hintOutbox: () => undefined,
  };
}
