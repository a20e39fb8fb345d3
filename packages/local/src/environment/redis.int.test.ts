import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { createLogger, createRedisCache } from "@tillstream/runtime";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { findOnPath } from "./executables.ts";
import { BusyPortError, freePorts } from "./ports.ts";
import { isAlive } from "./processes.ts";
import { startRedis } from "./redis.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const hasServer = findOnPath("redis-server", "valkey-server") !== undefined;
let dataDir = "";
let port = 0;

beforeEach(async () => {
  dataDir = temporaryFolder("redis-test");
  [port = 0] = await freePorts(1);
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test.skipIf(hasServer)("without a server on PATH there is none, and one line says how to get it", async () => {
  const log = vi.fn<(line: string) => void>();
  expect(await startRedis({ port, dataDir, log })).toBeUndefined();
  expect(log.mock.calls.flat()).toEqual([expect.stringContaining("apt-get install redis-server")]);
});

describe.runIf(hasServer)("an embedded redis", () => {
  test("serves the cache, and nothing runs after its stop", async () => {
    const redis = await startRedis({ port, dataDir });
    const cache = createRedisCache(redis?.url ?? "", createLogger("test", "silent"));
    await vi.waitUntil(async () => (await cache.health()) === "ok", { timeout: 5_000 });
    await cache.set("key", "value", 60);
    expect(await cache.get("key")).toBe("value");
    await cache.close();
    await redis?.stop();
    expect(isAlive(redis?.pid ?? 0)).toBe(false);
  });

  test("refuses a busy port by its setting", async () => {
    const server = createServer();
    await once(server.listen(port, "127.0.0.1"), "listening");
    await expect(startRedis({ port, dataDir })).rejects.toThrow(BusyPortError);
    server.close();
  });
});
