/**
 * A cache that may vanish. Every answer must be right without it, so a slow, absent or failing
 * Redis reads as a miss: each call is bounded by 50 ms and a circuit breaker skips a Redis that
 * failed several times in a row.
 */
import { createClient, ErrorReply } from "redis";
import type { Logger } from "./logger.ts";
import { withTimeout } from "./shutdown.ts";

const CALL_TIMEOUT_MS = 50;
/** Slow is not away: who asks after its health can wait. */
const HEALTH_TIMEOUT_MS = 1_500;
/** Written to see whether it can be. */
const HEALTH_KEY = "tillstream:health";
const HEALTH_KEY_SECONDS = 60;
/** A connection on which nothing was answered for so long, be it its greeting, is thrown away: its path may have died without a word. */
const SILENCE_MS = 5_000;
/** What is back sooner was not away: a first connection runs into its timeout while the process is busy with its own start. */
const BLIP_MS = 2_000;
const FAILURES_TO_OPEN = 5;
const OPEN_MS = 2_000;
const MEMORY_ENTRIES_MAX = 10_000;

/** `refuses writes`: it answers and keeps nothing, such as a replica. */
export type CacheHealth = "ok" | "refuses writes" | "down" | "in-process";

export interface Cache {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  delete(key: string): Promise<void>;
  /**
   * Takes `count` from a bucket that all processes share. Resolves to 0, or to the milliseconds until there will be as many;
   * undefined where nothing is shared: Redis is away, or there is none. A negative count gives back.
   */
  take(key: string, bucket: Bucket, count?: number): Promise<number | undefined>;
  health(): Promise<CacheHealth>;
  close(): Promise<void>;
}

/** Holds up to `size`, and gets one back every `refillMs`. */
export interface Bucket {
  readonly size: number;
  readonly refillMs: number;
}

/**
 * The generic cell rate algorithm (ITU-T I.371): what is kept is when the bucket will be full again, by the server's clock.
 * If that clock goes back, a bucket is empty at the most.
 */
const TAKE = `
local now = redis.call("TIME")
now = now[1] * 1000 + math.floor(now[2] / 1000)
local size, refill, count = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full = math.min(math.max(tonumber(redis.call("GET", KEYS[1]) or 0), now), now + size * refill)
local next = math.max(full + count * refill, now)
if count > 0 and next > now + size * refill then return next - now - size * refill end
redis.call("SET", KEYS[1], next, "PX", math.max(next - now, 1))
return 0`;

/** Milliseconds; unlike the time of day it never goes back. */
const monotonic = () => performance.now();

/** The stand-in without Redis: this process only, oldest entries dropped first. */
export function createMemoryCache(now: () => number = monotonic): Cache {
  const entries = new Map<string, { value: string; expiresAt: number }>();

  function find(key: string): { value: string; expiresAt: number } | undefined {
    const entry = entries.get(key);
    if (entry === undefined || entry.expiresAt > now()) return entry;
    entries.delete(key);
    return undefined;
  }

  function put(key: string, value: string, expiresAt: number): void {
    entries.delete(key);
    entries.set(key, { value, expiresAt });
    const oldest = entries.keys().next();
    if (entries.size > MEMORY_ENTRIES_MAX && !oldest.done) entries.delete(oldest.value);
  }

  return {
    get: async (key) => find(key)?.value,
    set: async (key, value, ttlSeconds) => put(key, value, now() + ttlSeconds * 1_000),
    async delete(key) {
      entries.delete(key);
    },
    take: async () => undefined,
    health: async () => "in-process",
    close: async () => undefined,
  };
}

export function createRedisCache(url: string, logger: Logger, now: () => number = monotonic): Cache {
  let failures = 0;
  let failingSince: number | undefined;
  let openUntil = 0;
  let lostAt: number | undefined;
  let isAway = false;

  function connect() {
    const made = createClient({
      url,
      disableOfflineQueue: true,
      socket: { connectTimeout: 1_000, reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, 3_000) },
    });
    made.on("error", noteLost).on("ready", noteBack);
    made.connect().catch(() => undefined);
    return made;
  }

  function noteLost({ message }: Error): void {
    lostAt ??= now();
    if (now() - lostAt >= BLIP_MS) sayAway(message);
  }

  function sayAway(err: string): void {
    if (!isAway) logger.warn({ err }, "redis is away; answers come from postgres");
    isAway = true;
  }

  function noteBack(): void {
    lostAt = undefined;
    if (isAway) logger.info("redis is back");
    isAway = false;
  }

  let client = connect();

  async function bounded<Value>(call: () => Promise<Value>, ms: number): Promise<Value> {
    try {
      const value = await withTimeout(call(), ms, "redis");
      failingSince = undefined;
      return value;
    } catch (error) {
      if (error instanceof ErrorReply) {
        failingSince = undefined; // it is an answer
        throw error;
      }
      failingSince ??= now();
      if (client.isOpen && now() - failingSince > SILENCE_MS) {
        failingSince = undefined;
        sayAway("no answer");
        client.destroy();
        client = connect();
      }
      throw error;
    }
  }

  async function guarded<Value>(call: () => Promise<Value>, fallback: Value): Promise<Value> {
    if (now() < openUntil) return fallback;
    try {
      const value = await bounded(call, CALL_TIMEOUT_MS);
      failures = 0;
      return value;
    } catch {
      failures += 1;
      if (failures >= FAILURES_TO_OPEN) openUntil = now() + OPEN_MS;
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
    async take(key, { size, refillMs }, count = 1) {
      const call = { keys: [key], arguments: [size, refillMs, count].map(String) };
      const waitMs = await guarded<unknown>(() => client.eval(TAKE, call), undefined);
      return typeof waitMs === "number" ? waitMs : undefined;
    },
    health: () =>
      bounded(
        () => client.set(HEALTH_KEY, "", { expiration: { type: "EX", value: HEALTH_KEY_SECONDS } }),
        HEALTH_TIMEOUT_MS,
      ).then<CacheHealth, CacheHealth>(
        () => "ok",
        (error) => (error instanceof ErrorReply ? "refuses writes" : "down"),
      ),
    async close() {
      if (client.isOpen) client.destroy();
    },
  };
}
