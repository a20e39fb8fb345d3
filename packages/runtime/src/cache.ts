/**
 * A cache that may vanish. Every answer must be right without it, so a slow, absent or failing
 * Redis reads as a miss: each call is bounded by 50 ms and a circuit breaker skips a Redis that
 * failed several times in a row.
 */
import { createClient } from "redis";
import type { Logger } from "./logger.ts";
import { createNamespacedCache } from "./namespaced-cache.ts";
import { withTimeout } from "./shutdown.ts";

const CALL_TIMEOUT_MS = 50;
const FAILURES_TO_OPEN = 5;
const OPEN_MS = 2_000;
const MEMORY_ENTRIES_MAX = 10_000;

export type CacheHealth = "ok" | "down" | "in-process";

export interface Cache {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  delete(key: string): Promise<void>;
  health(): Promise<CacheHealth>;
  close(): Promise<void>;
}

/** The stand-in when there is no Redis: this process only, oldest entries dropped first. */
export function createMemoryCache(now: () => number = Date.now): Cache {
  const entries = new Map<string, { value: string; expiresAt: number }>();
  return {
    async get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      if (entry.expiresAt > now()) return entry.value;
      entries.delete(key);
      return undefined;
    },
    async set(key, value, ttlSeconds) {
      entries.delete(key);
      entries.set(key, { value, expiresAt: now() + ttlSeconds * 1_000 });
      const oldest = entries.keys().next();
      if (entries.size > MEMORY_ENTRIES_MAX && !oldest.done) entries.delete(oldest.value);
    },
    async delete(key) {
      entries.delete(key);
    },
    health: async () => "in-process",
    close: async () => undefined,
  };
}

export function createRedisCache(url: string, logger: Logger): Cache {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 1_000, reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, 3_000) },
  });
  let failures = 0;
  let openUntil = 0;
  client.on("error", (error: Error) => {
    if (failures === 0) logger.warn({ err: error.message }, "redis is away; answers come from postgres");
  });
  void client.connect().catch(() => undefined);

  async function guarded<Value>(call: () => Promise<Value>, fallback: Value): Promise<Value> {
    if (Date.now() < openUntil) return fallback;
    try {
      const value = await withTimeout(call(), CALL_TIMEOUT_MS, "redis");
      failures = 0;
      return value;
    } catch {
      failures += 1;
      if (failures >= FAILURES_TO_OPEN) openUntil = Date.now() + OPEN_MS;
      return fallback;
    }
  }

  return {
    get: (key) => guarded(async () => (await client.get(key)) ?? undefined, undefined),
    set: (key, value, ttlSeconds) =>
      guarded(
        async () => void (await client.set(key, value, { expiration: { type: "EX", value: ttlSeconds } })),
        undefined,
      ),
    delete: (key) => guarded(async () => void (await client.del(key)), undefined),
    health: () => guarded<CacheHealth>(async () => ((await client.ping()) === "PONG" ? "ok" : "down"), "down"),
    async close() {
      if (client.isOpen) client.destroy();
    },
  };
}

/** Redis where a URL is set, else the in-process stand-in; either way for the one database that `identify` names. */
export function createCache(url: string | undefined, logger: Logger, identify: () => Promise<string>): Cache {
  return createNamespacedCache(url === undefined ? createMemoryCache() : createRedisCache(url, logger), identify);
}
