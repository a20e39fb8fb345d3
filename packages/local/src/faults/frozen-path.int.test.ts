/** A real worker whose paths to Postgres and Redis die without a word while orders come in: nobody closes a connection. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { placeOrder } from "@tillstream/commerce";
import { createTestShop, orderInput, startGatewayProcess } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { isRefusal } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import { expect, inject, it, vi } from "vitest";
import { childEnv } from "../child-env.ts";
import { REPOSITORY_ROOT } from "../places.ts";
import { freePorts } from "../ports.ts";
import { httpLedger, settled, verify } from "../verify/index.ts";
import { startTcpProxy, throughProxy } from "./tcp-proxy.ts";

/** The connections that hang are thrown away after 25 seconds; nobody has to do anything. */
const SETTLE_MS = 60_000;
const PATIENCE = { timeout: 60_000, interval: 100 };
const BETWEEN_ORDERS_MS = 100;

/** Places orders until told to stop, or until the end of its scope; resolves to how many. */
function startShoppers(shop: TestShop): { stop(): Promise<number> } & AsyncDisposable {
  const stopping = new AbortController();
  const placing = (async () => {
    let placed = 0;
    while (!stopping.signal.aborted) {
      const answer = await placeOrder(shop.context(), orderInput({ lines: [{ sku: "MUG", quantity: 1 }] }));
      if (isRefusal(answer)) throw new Error(answer.message);
      placed += 1;
      await systemScheduler.sleep(BETWEEN_ORDERS_MS, stopping.signal);
    }
    return placed;
  })();
  const stop = (): Promise<number> => {
    stopping.abort();
    return placing;
  };
  return { stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}

const proxyTo = (url: string, port: number) => {
  const target = new URL(url);
  return startTcpProxy({ host: target.hostname, port: Number(target.port || port) });
};

it("all connections of a worker freeze: it says so, and comes back by itself", async () => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess();
  await using postgres = await proxyTo(shop.test.url, 5_432);
  const redisUrl = inject("testRedisUrl");
  await using redis = redisUrl === undefined ? undefined : await proxyTo(redisUrl, 6_379);
  const [port = 0] = await freePorts(1);
  const worker = spawn(process.execPath, ["apps/worker/src/main.ts"], {
    cwd: REPOSITORY_ROOT,
    stdio: "ignore",
    env: childEnv({
      DATABASE_URL: throughProxy(shop.test.url, postgres),
      APP_DATABASE_URL: throughProxy(shop.test.appUrl, postgres),
      REDIS_URL: redisUrl !== undefined && redis !== undefined ? throughProxy(redisUrl, redis) : undefined,
      WORKER_PORT: String(port),
      GATEWAY_URL: gateway.url,
      SHIPPING_DELAY_MS: "1",
      LOG_LEVEL: "silent",
    }),
  });
  const health = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    return answer && { code: answer.status, ...((await answer.json()) as { status: string }) }; // our own answer
  };
  try {
    await vi.waitFor(async () => expect(await health()).toMatchObject({ status: "ok" }), PATIENCE);
    await using shoppers = startShoppers(shop);
    const confirmed = () => shop.database.query(sql`SELECT FROM orders WHERE status = 'confirmed' LIMIT 1`);
    await vi.waitUntil(async () => (await confirmed()).length > 0, PATIENCE);
    postgres.freeze();
    redis?.freeze();
    await vi.waitFor(async () => expect(await health()).toMatchObject({ code: 503 }), PATIENCE);
    await vi.waitFor(async () => expect(await health()).toMatchObject({ status: "ok" }), PATIENCE);
    expect(await shoppers.stop()).toBeGreaterThan(0);
    expect(await settled(shop.database, SETTLE_MS)).toBeUndefined();
    const findings = await verify(shop.database, { gateway: httpLedger(gateway.url) });
    expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
    expect(worker.exitCode).toBeNull();
  } finally {
    worker.kill("SIGKILL");
    await once(worker, "exit");
  }
}, 240_000);
