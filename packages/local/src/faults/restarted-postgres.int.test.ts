/** Postgres ends and comes back, again and again, while orders come in: the worker outlives it and loses nothing. */
import { setTimeout as delay } from "node:timers/promises";
import { placeOrder } from "@tillstream/commerce";
import { createTestShop, orderInput, startGatewayProcess } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { isRefusal, isTransient } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { readLocalSettings } from "../settings.ts";
import { startTestServer } from "../testing/test-server.ts";
import { httpLedger, settled, verify } from "../verify/index.ts";
import { startWorkerProcess } from "./worker-process.ts";

const { faultRounds } = readLocalSettings();
const SHOPPERS = 3;
const THINK_MS = 150;
const SETTLE_MS = 60_000;
const PATIENCE = { timeout: 60_000, interval: 25 };
/** After Postgres' return the first step is run within 5 s; on a machine that is busy with other tests, within this. */
const BACK_AT_WORK = { timeout: 15_000, interval: 25 };

/** Places one order; asks again with the same key for as long as no answer comes. */
async function order(shop: TestShop): Promise<void> {
  const context = shop.context();
  for (;;) {
    try {
      const answer = await placeOrder(context, orderInput({ lines: [{ sku: "MUG", quantity: 1 }] }));
      if (!isRefusal(answer)) return;
      if (answer.kind !== "conflict") throw new Error(answer.message); // 409: the first asking is still at work
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
    await delay(THINK_MS);
  }
}

/** Shoppers who order one thing after the other until told to stop; that resolves to how many orders were placed. */
function startShoppers(shop: TestShop): AsyncDisposable & { stop(): Promise<number> } {
  let shopping = true;
  const shoppers = Array.from({ length: SHOPPERS }, async () => {
    let placed = 0;
    for (; shopping; placed += 1) {
      await order(shop);
      await delay(THINK_MS);
    }
    return placed;
  });
  const stop = async (): Promise<number> => {
    shopping = false;
    return (await Promise.all(shoppers)).reduce((sum, placed) => sum + placed, 0);
  };
  return { stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}

async function stepsBegun(shop: TestShop): Promise<number> {
  const rows = await shop.database.query<{ begun: number }>(
    sql`SELECT coalesce(sum(fence), 0)::int AS begun FROM saga_steps`,
  );
  return rows[0]?.begun ?? 0;
}

it(`Postgres restarted ${faultRounds} times under load: the same worker goes on, every order ends, every invariant holds`, async () => {
  await using server = await startTestServer({ durable: true });
  await using shop = await createTestShop({ serverUrl: server.url });
  await using gateway = await startGatewayProcess();
  const worker = await startWorkerProcess(shop.test, {
    GATEWAY_URL: gateway.url,
    SHIPPING_DELAY_MS: "1",
    LOG_LEVEL: "error",
  });
  try {
    await using shoppers = startShoppers(shop);
    for (let round = 0; round < faultRounds; round += 1) {
      const before = await stepsBegun(shop);
      // Somewhere in its work, each time elsewhere.
      await vi.waitFor(async () => expect(await stepsBegun(shop)).toBeGreaterThan(before + 10 + round), PATIENCE);
      await server.end(round % 2 === 0 ? "SIGINT" : "SIGQUIT");
      await server.start();
      const begun = await stepsBegun(shop);
      await vi.waitFor(async () => expect(await stepsBegun(shop)).toBeGreaterThan(begun), BACK_AT_WORK);
    }
    const placed = await shoppers.stop();
    expect(await settled(shop.database, SETTLE_MS)).toBeUndefined();
    expect((await shop.database.query(sql`SELECT FROM orders WHERE status <> 'pending'`)).length).toBe(placed);
    const findings = await verify(shop.database, { gateway: httpLedger(gateway.url) });
    expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
    expect(worker.isRunning()).toBe(true);
    await server.end("SIGQUIT");
    expect(await worker.end("SIGTERM")).toBe(0);
    await server.start();
    expect(worker.lines.filter((line) => line.includes("shutdown hook"))).toEqual([]); // none ran into its bound
  } finally {
    await worker.end();
  }
}, 900_000);
