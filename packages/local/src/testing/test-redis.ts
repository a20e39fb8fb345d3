/** A Redis for the suites that need a real one: a server from PATH on a free port, else that of REDIS_URL, else none. */
import { rmSync } from "node:fs";
import { freePorts } from "../environment/ports.ts";
import { startRedis } from "../environment/redis.ts";
import { temporaryFolder } from "./temporary-folder.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Undefined when no Redis can be had; its suites are skipped then. */
    testRedisUrl: string | undefined;
  }
}

export interface TestRedis extends AsyncDisposable {
  readonly url: string | undefined;
}

export async function startTestRedis(givenUrl: string | undefined): Promise<TestRedis> {
  const dataDir = temporaryFolder("redis");
  const [port = 0] = await freePorts(1);
  const redis = await startRedis({ port, dataDir });
  return {
    url: redis?.url ?? givenUrl,
    async [Symbol.asyncDispose]() {
      await redis?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
