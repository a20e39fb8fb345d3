import { createLogger, createMemoryCache, createRedisCache, manualClock } from "@tillstream/runtime";
import type { Cache } from "@tillstream/runtime";
import type { TRPCError } from "@trpc/server";
import { expect, it } from "vitest";
import { errorData } from "./errors.ts";
import { assertWithinLimit } from "./rate-limit.ts";

const LIMIT = { name: "test", max: 3, windowSeconds: 60 };
const clock = manualClock(new Date("2026-01-01T00:00:00Z"));

/** How many of ten are let through. */
async function letThrough(cache: Cache, subject: string): Promise<number> {
  let count = 0;
  for (let at = 1; at <= 10; at += 1) {
    await assertWithinLimit({ cache, clock }, LIMIT, subject).then(
      () => (count += 1),
      (error: unknown) => expect(errorData(error as TRPCError)).toMatchObject({ reason: "RATE_LIMITED" }),
    );
  }
  return count;
}

it("as many as the limit says are let through, for each subject by itself and in each window anew", async () => {
  const cache = createMemoryCache(() => clock.now().getTime());
  expect([await letThrough(cache, "a"), await letThrough(cache, "b")]).toEqual([3, 3]);
  clock.advance(60_000);
  expect(await letThrough(cache, "a")).toBe(3);
});

it("with Redis away each process counts for itself: nobody is locked out, nobody let through without end", async () => {
  const cache = createRedisCache("redis://127.0.0.1:9", createLogger("test", "silent"));
  expect(await letThrough(cache, "a")).toBe(3);
  await cache.close();
});

it("what is limited is told to the cache as a digest only", async () => {
  const keys: string[] = [];
  const cache = { ...createMemoryCache(), increment: async (key: string) => keys.push(key) };
  await assertWithinLimit({ cache, clock }, LIMIT, "ines@example.com");
  expect(keys).toHaveLength(1);
  expect(keys[0]).not.toContain("ines");
});
