/**
 * Keeps what a cache knows of one database apart from what it knows of another: of the one that was there before a
 * reset or a move, whose answers would be wrong here. As long as the identity cannot be had, everything is a miss.
 */
import type { Cache } from "./cache.ts";

export function createNamespacedCache(cache: Cache, identify: () => Promise<string>): Cache {
  let known: Promise<string> | undefined;

  /** Asked once; after a failure the next call asks again. */
  function identity(): Promise<string> {
    known ??= identify().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  }

  async function named<Value>(key: string, call: (key: string) => Promise<Value>, otherwise: Value): Promise<Value> {
    let namespace: string;
    try {
      namespace = await identity();
    } catch {
      return otherwise;
    }
    return call(`${namespace}:${key}`);
  }

  return {
    get: (key) => named(key, (full) => cache.get(full), undefined),
    set: (key, value, ttlSeconds) => named(key, (full) => cache.set(full, value, ttlSeconds), undefined),
    delete: (key) => named(key, (full) => cache.delete(full), undefined),
    take: (key, bucket, count) => named(key, (full) => cache.take(full, bucket, count), undefined),
    health: () => cache.health(),
    close: () => cache.close(),
  };
}
