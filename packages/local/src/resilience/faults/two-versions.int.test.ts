/**
 * A worker of the next version beside one of this version, both at work, until the old one is told to end. Which of them
 * begins a run is chance, and nearly always it is the one that relays: each gets its turn while the other is frozen.
 */
import { createTestShop, startGatewayProcess } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { httpLedger, settled, verify } from "../../operations/verify/index.ts";
import { withNextCheckout } from "./other-version.ts";
import { startShoppers } from "./shoppers.ts";
import { startWorkerProcess } from "./worker-process.ts";
import type { WorkerProcess } from "./worker-process.ts";

const SETTLE_MS = 120_000;
const PATIENCE = { timeout: 60_000, interval: 50 };

it("blue and green: both work, blue ends its work when it is told to, runs of its version end under green", async () => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess({ GATEWAY_LATENCY_MS: "100" });
  using next = withNextCheckout();
  const settings = { GATEWAY_URL: gateway.url, SHIPPING_DELAY_MS: "1" };
  const runs = (version: number, status: "running" | "completed") => async () => {
    const found = await shop.database.query(
      sql`SELECT FROM sagas WHERE name = 'checkout' AND definition_version = ${version} AND status = ${status}`,
    );
    return found.length > 0;
  };
  const whileFrozen = async ({ child }: WorkerProcess, condition: () => Promise<boolean>) => {
    child.kill("SIGSTOP");
    await vi.waitUntil(condition, PATIENCE);
    child.kill("SIGCONT");
  };
  const blue = await startWorkerProcess(shop.test, settings);
  const green = await startWorkerProcess(shop.test, settings, next.folder);
  try {
    await using shoppers = startShoppers(shop);
    await whileFrozen(blue, runs(3, "completed"));
    await whileFrozen(green, runs(2, "running"));
    expect(await blue.end("SIGTERM")).toBe(0);
    const before = await shop.database.query(sql`SELECT FROM orders WHERE status <> 'pending'`);
    await vi.waitUntil(async () => {
      const after = await shop.database.query(sql`SELECT FROM orders WHERE status <> 'pending'`);
      return after.length > before.length + 10;
    }, PATIENCE);
    await shoppers.stop();
    expect(await settled(shop.database, SETTLE_MS)).toBeUndefined();
    const statuses = await shop.database.query(sql`
      SELECT DISTINCT definition_version AS version, status FROM sagas WHERE name = 'checkout' ORDER BY 1, 2`);
    expect(statuses).toEqual([
      { version: 2, status: "completed" },
      { version: 3, status: "completed" },
    ]);
    const findings = await verify(shop.database, { gateway: httpLedger(gateway.url) });
    expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
    expect(await green.end("SIGTERM")).toBe(0);
  } finally {
    await Promise.all([blue.end(), green.end()]);
  }
}, 300_000);
