import { describe, inject, vi } from "vitest";
import { createRedisCache } from "./cache.ts";
import { describeCache } from "./cache.contract.ts";
import { createLogger } from "./logger.ts";

/** Provided by `npm test` where a Redis can be had; it says so in one line when not. */
const url = inject("testRedisUrl" as never) as string | undefined;

describe.skipIf(url === undefined)("with a server", () => {
  describeCache("a real Redis", async () => {
    const cache = createRedisCache(url ?? "", createLogger("test", "silent"));
    await vi.waitUntil(async () => (await cache.health()) === "ok");
    return { cache, health: "ok" };
  });
});
