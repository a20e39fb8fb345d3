import { createTestDatabase } from "@tillstream/db/testing";
import type { TestDatabase } from "@tillstream/db/testing";
import type { Refusal } from "@tillstream/eventing";
import { createLogger, createMemoryCache, createRedisCache, sql } from "@tillstream/runtime";
import type { Cache } from "@tillstream/runtime";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { assertWithinLimit, giveBack } from "./rate-limit.ts";

const HOUR_MS = 3_600_000;
const LIMIT = { name: "test", size: 3, refillMs: HOUR_MS };
const logger = createLogger("test", "silent");
const redisUrl = inject("testRedisUrl" as never) as string | undefined;

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test[Symbol.asyncDispose]());

/** Those that are let through of ten that come at once, and what the others hear. */
async function ten(cache: Cache, subject: string, limit = LIMIT) {
  const store = { cache, db: test.database };
  const all = await Promise.all(
    Array.from({ length: 10 }, () =>
      assertWithinLimit(store, limit, subject).then(
        () => undefined,
        (refusal: Refusal) => refusal,
      ),
    ),
  );
  return { through: all.filter((one) => one === undefined).length, refused: all.find((one) => one !== undefined) };
}

const stores: readonly (readonly [string, () => Promise<Cache>])[] = [
  ["Postgres", async () => createMemoryCache()],
  ["Postgres, with Redis away", async () => createRedisCache("redis://127.0.0.1:9", logger)],
  ...(redisUrl === undefined
    ? []
    : [
        [
          "Redis",
          async () => {
            const cache = createRedisCache(redisUrl, logger);
            await vi.waitUntil(async () => (await cache.health()) === "ok");
            return cache;
          },
        ] as const,
      ]),
];

describe.each(stores)("kept in %s", (_, open) => {
  const subject = crypto.randomUUID();

  it("as many as the limit says are let through, however many come at once, and the others hear when to come back", async () => {
    const cache = await open();
    const { through, refused } = await ten(cache, subject);
    expect(through).toBe(3);
    expect(refused).toMatchObject({ code: "RATE_LIMITED" });
    expect(refused?.retryAfterSeconds).toBeGreaterThan(3_500);
    expect(refused?.retryAfterSeconds).toBeLessThanOrEqual(3_600);
    await cache.close();
  });

  it("another process knows, each subject counts by itself, and what is given back can be taken again", async () => {
    const cache = await open();
    expect((await ten(cache, subject)).through).toBe(0);
    await giveBack({ cache, db: test.database }, LIMIT, subject);
    expect((await ten(cache, subject)).through).toBe(1);
    expect((await ten(cache, `${subject} of another`)).through).toBe(3);
    await cache.close();
  });

  it("one more is let through after its time", async () => {
    const cache = await open();
    const quick = { name: "quick", size: 1, refillMs: 50 };
    const store = { cache, db: test.database };
    await assertWithinLimit(store, quick, subject);
    await vi.waitFor(() => assertWithinLimit(store, quick, subject));
    await cache.close();
  });
});

it("a clock that went back leaves an empty bucket at the most", async () => {
  const store = { cache: createMemoryCache(), db: test.database };
  await ten(store.cache, "back");
  await test.database.query(sql`UPDATE rate_limits SET full_at = full_at + interval '1 year'`);
  expect((await ten(store.cache, "back")).refused?.retryAfterSeconds).toBeLessThanOrEqual(3_600);
  await giveBack(store, LIMIT, "back");
  expect((await ten(store.cache, "back")).through).toBe(1);
});

it("what is limited is kept as a digest only", async () => {
  const keys: string[] = [];
  const cache = { ...createMemoryCache(), take: async (key: string) => (keys.push(key), 0) };
  await assertWithinLimit({ cache, db: test.database }, LIMIT, "ines@example.com");
  expect(keys).toHaveLength(1);
  expect(keys[0]).not.toContain("ines");
});
