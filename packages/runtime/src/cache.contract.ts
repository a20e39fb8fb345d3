/** What every `Cache` does while it works. Run it against each: `describeCache(name, start)`. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Cache, CacheHealth } from "./cache.ts";

export interface CacheUnderTest {
  readonly cache: Cache;
  /** What it answers for its health while it works. */
  readonly health: CacheHealth;
}

export function describeCache(name: string, start: () => Promise<CacheUnderTest>): void {
  describe(`${name} as a Cache`, () => {
    let under: CacheUnderTest;
    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.cache.close());

    it("gives back exactly what was put in", async () => {
      const key = randomUUID();
      const value = JSON.stringify({ name: "Ünïcödé 🌿", lines: ["a\nb", "\u0000"] });
      await under.cache.set(key, value, 60);
      expect(await under.cache.get(key)).toBe(value);
    });

    it("knows nothing of what was never put in, or was deleted", async () => {
      const key = randomUUID();
      expect(await under.cache.get(key)).toBeUndefined();
      await under.cache.set(key, "value", 60);
      await under.cache.delete(key);
      await under.cache.delete(key);
      expect(await under.cache.get(key)).toBeUndefined();
    });

    it("keeps the latest value of a key", async () => {
      const key = randomUUID();
      for (const value of ["first", "second"]) await under.cache.set(key, value, 60);
      expect(await under.cache.get(key)).toBe("second");
    });

    it("forgets after the time to live", async () => {
      const [short, long] = [randomUUID(), randomUUID()];
      await under.cache.set(short, "value", 1);
      await under.cache.set(long, "value", 60);
      expect(await under.cache.get(short)).toBe("value");
      await vi.waitFor(async () => expect(await under.cache.get(short)).toBeUndefined(), { timeout: 3_000 });
      // An answer that is late is none.
      await vi.waitFor(async () => expect(await under.cache.get(long)).toBe("value"));
    });

    it("says that it is there", async () => {
      expect(await under.cache.health()).toBe(under.health);
    });
  });
}
