/** A real worker that is killed again and again while orders come in, beside a real gateway. */
import { placeOrder } from "@tillstream/commerce";
import { createTestShop, orderInput, startGatewayProcess } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { readLocalSettings } from "../../environment/settings.ts";
import { httpLedger, settled, verify } from "../../operations/verify/index.ts";
import { startWorkerProcess } from "./worker-process.ts";

const KILLS = readLocalSettings().faultRounds;
const ORDERS = 15 * KILLS;
const SETTLE_MS = 180_000;
const PATIENCE = { timeout: 60_000, interval: 10 };
const TOKENS = ["tok_visa", "tok_visa", "tok_visa", "tok_chargeDeclined", "tok_flaky"];

async function stepsBegun(shop: TestShop): Promise<number> {
  const rows = await shop.database.query<{ begun: number }>(sql`SELECT sum(attempt)::int AS begun FROM saga_steps`);
  return rows[0]?.begun ?? 0;
}

it(`a worker killed ${KILLS} times during ${ORDERS} orders: every order ends, and every invariant holds`, async () => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess();
  const start = () => startWorkerProcess(shop.test, { GATEWAY_URL: gateway.url, SHIPPING_DELAY_MS: "1" });
  let worker = await start();
  try {
    for (let placed = 0; placed < ORDERS; placed += 1) {
      const token = TOKENS[placed % TOKENS.length] ?? "tok_visa";
      await placeOrder(
        shop.context(),
        orderInput({ lines: [{ sku: "MUG", quantity: 1 }], payment: { method: "card", token } }),
      );
      if (placed % (ORDERS / KILLS) !== 0) continue;
      // Somewhere in its work, each time elsewhere: as soon as it has begun some more steps.
      const begun = await stepsBegun(shop);
      await vi.waitFor(async () => expect(await stepsBegun(shop)).toBeGreaterThan(begun + (placed % 7)), PATIENCE);
      await worker.end();
      worker = await start();
    }
    expect(await settled(shop.database, SETTLE_MS)).toBeUndefined();
    const runs = await shop.database.query<{ status: string }>(sql`
      SELECT DISTINCT status FROM sagas WHERE name = 'checkout' ORDER BY status`);
    expect(runs.map(({ status }) => status)).toEqual(["compensated", "completed"]);
    const findings = await verify(shop.database, { gateway: httpLedger(gateway.url) });
    expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
  } finally {
    await worker.end();
  }
}, 400_000);
