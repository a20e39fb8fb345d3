/** A real worker whose paths to Postgres and Redis die without a word while orders come in: neither end closes a connection. */
import { createTestShop, startGatewayProcess } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import { expect, inject, it, vi } from "vitest";
import { httpLedger, settled, verify } from "../../operations/verify/index.ts";
import { startShoppers } from "./shoppers.ts";
import { startTcpProxy, throughProxy } from "./tcp-proxy.ts";
import { startWorkerProcess } from "./worker-process.ts";

/** The connections that hang are thrown away after 25 seconds, without anyone's help. */
const SETTLE_MS = 120_000;
const PATIENCE = { timeout: 60_000, interval: 100 };

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
  const worker = await startWorkerProcess(
    { url: throughProxy(shop.test.url, postgres), appUrl: throughProxy(shop.test.appUrl, postgres) },
    {
      REDIS_URL: redisUrl !== undefined && redis !== undefined ? throughProxy(redisUrl, redis) : undefined,
      GATEWAY_URL: gateway.url,
      SHIPPING_DELAY_MS: "1",
    },
  );
  const health = async () => {
    const answer = await fetch(`${worker.url}/health`).catch(() => undefined);
    return answer && { code: answer.status, ...((await answer.json()) as { status: string }) }; // our own answer
  };
  try {
    await vi.waitFor(async () => expect(await health()).toMatchObject({ status: "ok" }), PATIENCE);
    await using shoppers = startShoppers(shop, 1);
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
    expect(worker.isRunning()).toBe(true);
  } finally {
    await worker.end();
  }
}, 240_000);
