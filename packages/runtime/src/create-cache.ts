import { createMemoryCache, createRedisCache } from "./cache.ts";
import type { Cache } from "./cache.ts";
import type { Logger } from "./logger.ts";
import { createNamespacedCache } from "./namespaced-cache.ts";

/** Redis where a URL is set, else the in-process stand-in; either way for the one database that `identify` names. */
export function createCache(url: string | undefined, logger: Logger, identify: () => Promise<string>): Cache {
  return createNamespacedCache(url === undefined ? createMemoryCache() : createRedisCache(url, logger), identify);
}
