/** Postgres ends and comes back, again and again, while orders come in: the worker outlives it and loses nothing. */
import { describeChecks, diagnose } from "@tillstream/commerce";
import { createTestShop, startGatewayProcess } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { readLocalSettings } from "../../environment/settings.ts";
import { startTestServer } from "../../testing/test-server.ts";
import { httpLedger, settled, verify } from "../../operations/verify/index.ts";
import { startShoppers } from "./shoppers.ts";
import { startWorkerProcess } from "./worker-process.ts";

const { faultRounds } = readLocalSettings();
const SETTLE_MS = 60_000;
const PATIENCE = { timeout: 60_000, interval: 25 };
/** After Postgres' return the first step is run within 5 s; on a machine that is busy with other tests, within this. */
const BACK_AT_WORK = { timeout: 15_000, interval: 25 };

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
    const found = async () => (await diagnose(shop.database, describeChecks())).findings.map(({ code }) => code);
    await vi.waitFor(async () => expect(await found()).toEqual(["postgres-restarted"]), PATIENCE);
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
