import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createMemoryCache, createRedisCache } from "./cache.ts";
import { createCache } from "./create-cache.ts";
import type { Cache } from "./cache.ts";
import { describeCache } from "./cache.contract.ts";
import { createLogger } from "./logger.ts";
import type { Logger } from "./logger.ts";
import { startFakeRedis } from "./testing/fake-redis.ts";

const logger = createLogger("test", "silent");
/** Far above the 50 ms that a call may take, far below what a caller would notice as a hang. */
const SOON_MS = 1_000;

describeCache("the cache of this process", async () => ({
  cache: createCache(undefined, logger, async () => "db"),
  health: "in-process",
}));

describeCache("the Redis client", async () => {
  const server = await startFakeRedis();
  const cache = createCache(server.url, logger, async () => "db");
  await vi.waitUntil(async () => (await cache.health()) === "ok");
  const close = async () => {
    await cache.close();
    await server[Symbol.asyncDispose]();
  };
  return { cache: { ...cache, close }, health: "ok" };
});

describe("the cache of this process", () => {
  it("drops the oldest entries instead of growing without end", async () => {
    const cache = createMemoryCache();
    for (let entry = 0; entry <= 10_000; entry += 1) await cache.set(`k${entry}`, "value", 60);
    expect([await cache.get("k0"), await cache.get("k1")]).toEqual([undefined, "value"]);
  });

  it("forgets at the end of the time to live, to the moment", async () => {
    let now = 0;
    const cache = createMemoryCache(() => now);
    await cache.set("k", "value", 1);
    now = 999;
    expect(await cache.get("k")).toBe("value");
    now = 1_000;
    expect(await cache.get("k")).toBeUndefined();
  });
});

/** Every call answers as if there were nothing, and soon. */
async function expectMisses(cache: Cache): Promise<void> {
  const began = performance.now();
  expect(await cache.get("k")).toBeUndefined();
  await cache.set("k", "value", 60);
  await cache.delete("k");
  expect(performance.now() - began).toBeLessThan(SOON_MS);
}

describe("a Redis that fails", () => {
  let time = 0;

  /** A cache that works, on a server that can be told to fall silent. Time stands still for the breaker. */
  async function working() {
    const server = await startFakeRedis();
    const cache = createRedisCache(server.url, logger, () => time);
    await vi.waitUntil(async () => (await cache.health()) === "ok");
    await cache.set("k", "value", 60);
    const end = async () => {
      await cache.close();
      await server[Symbol.asyncDispose]();
    };
    return { server, cache, [Symbol.asyncDispose]: end };
  }

  async function failUntilLeftAlone(cache: Cache): Promise<void> {
    for (let failure = 1; failure <= 5; failure += 1) expect(await cache.get("k")).toBeUndefined();
  }

  const pass = (ms: number) => (time += ms);

  function spy() {
    const said: string[] = [];
    const spied = Object.assign(Object.create(logger) as Logger, {
      info: (message: string) => said.push(message),
      warn: (_of: object, message: string) => said.push(message),
    });
    return { said, spied };
  }

  it("is said to be away once it has been so for two seconds, and not for a first try that failed", async () => {
    const server = await startFakeRedis();
    await server[Symbol.asyncDispose]();
    const { said, spied } = spy();
    let looks = 0;
    // The clock is looked at with every try that failed.
    const cache = createRedisCache(server.url, spied, () => ((looks += 1), time));
    await vi.waitUntil(() => looks > 3);
    expect(said).toEqual([]);
    pass(2_000);
    await vi.waitUntil(() => said.length > 0, { timeout: 10_000 });
    expect(said).toEqual(["redis is away; answers come from postgres"]);
    await cache.close();
  });

  it("reads as a miss when nobody listens", async () => {
    const server = await startFakeRedis();
    await server[Symbol.asyncDispose]();
    const cache = createRedisCache(server.url, logger);
    await expectMisses(cache);
    await cache.close();
  });

  it("reads as a miss when it takes the connection and never says a word", async () => {
    await using server = await startFakeRedis({ mute: true });
    const cache = createRedisCache(server.url, logger);
    await expectMisses(cache);
    expect(await cache.health()).toBe("down");
    await cache.close();
  });

  it.each([
    ["that never answered its greeting", true],
    ["that fell silent", false],
  ])("has a connection %s replaced after five seconds, and its way back told once", async (_, mute) => {
    await using server = await startFakeRedis({ mute });
    const { said, spied } = spy();
    const cache = createRedisCache(server.url, spied, () => time);
    if (!mute) await vi.waitUntil(async () => (await cache.health()) === "ok");
    server.fallSilent();
    expect(await cache.health()).toBe("down");
    server.speakAnew();
    expect(await cache.health()).toBe("down");
    pass(5_001);
    expect(await cache.health()).toBe("down");
    await vi.waitUntil(async () => (await cache.health()) === "ok", { timeout: 10_000 });
    expect(said).toEqual(["redis is away; answers come from postgres", "redis is back"]);
    await cache.close();
  });

  it("says that it refuses writes when it is a replica, and is not thrown away for it", async () => {
    await using under = await working();
    const { server, cache } = under;
    server.refuseWrites();
    expect(await cache.health()).toBe("refuses writes");
    pass(5_001);
    expect(await cache.health()).toBe("refuses writes");
    expect(await cache.get("k")).toBe("value");
  });

  it("is well when it is only slow, though what was asked reads as a miss", async () => {
    await using under = await working();
    const { server, cache } = under;
    server.fallSilent();
    const health = cache.health();
    await failUntilLeftAlone(cache);
    server.speak();
    expect(await health).toBe("ok");
  });

  it("is asked at most five times in a row, then left alone for two seconds, then asked once", async () => {
    await using under = await working();
    const { server, cache } = under;
    server.fallSilent();
    const before = server.commands.length;
    await failUntilLeftAlone(cache);
    await expectMisses(cache);
    expect(server.commands.length).toBe(before + 5);
    pass(1_999);
    await expectMisses(cache);
    expect(server.commands.length).toBe(before + 5);
    pass(2);
    await expectMisses(cache);
    expect(server.commands.length).toBe(before + 6);
  });

  it("shares no bucket while it is away", async () => {
    await using under = await working();
    const { server, cache } = under;
    server.fallSilent();
    expect(await cache.take("n", { size: 1, refillMs: 1 })).toBeUndefined();
  });

  it("is used again when it is back, though the clock of this machine went back an hour", async () => {
    await using server = await startFakeRedis();
    const cache = createRedisCache(server.url, logger);
    await vi.waitUntil(async () => (await cache.health()) === "ok");
    server.fallSilent();
    await failUntilLeftAlone(cache);
    server.speak();
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    vi.setSystemTime(Date.now() - 3_600_000);
    await vi.waitFor(
      async () => {
        await cache.set("k", "value", 60);
        expect(await cache.get("k")).toBe("value");
      },
      { timeout: 10_000, interval: 50 },
    );
    await cache.close();
  });

  it("is used again when it is back", async () => {
    await using under = await working();
    const { server, cache } = under;
    server.fallSilent();
    await failUntilLeftAlone(cache);
    server.speak();
    pass(2_001);
    expect(await cache.get("k")).toBe("value");
    const before = server.commands.length;
    server.fallSilent();
    await failUntilLeftAlone(cache);
    expect(server.commands.length).toBe(before + 5); // the failures before its return no longer count
  });
});
