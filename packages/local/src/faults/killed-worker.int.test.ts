/** A real worker that is killed again and again while orders come in, beside a real gateway. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { placeOrder } from "@tillstream/commerce";
import { createTestShop, orderInput, startGatewayProcess } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { isRefusal } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { childEnv } from "../child-env.ts";
import { REPOSITORY_ROOT } from "../places.ts";
import { freePorts } from "../ports.ts";
import { httpLedger, settled, verify } from "../verify/index.ts";

const ORDERS = 300;
const KILLS = 20;
const SETTLE_MS = 180_000;
const PATIENCE = { timeout: 60_000, interval: 10 };
const TOKENS = ["tok_visa", "tok_visa", "tok_visa", "tok_chargeDeclined", "tok_flaky"];

function startWorker(shop: TestShop, gatewayUrl: string, port: number): ChildProcess {
  return spawn(process.execPath, ["apps/worker/src/main.ts"], {
    cwd: REPOSITORY_ROOT,
    stdio: "ignore",
    env: childEnv({
      DATABASE_URL: shop.test.url,
      APP_DATABASE_URL: shop.test.appUrl,
      WORKER_PORT: String(port),
      GATEWAY_URL: gatewayUrl,
      SHIPPING_DELAY_MS: "1",
      LOG_LEVEL: "silent",
    }),
  });
}

async function stepsBegun(shop: TestShop): Promise<number> {
  const rows = await shop.database.query<{ begun: number }>(sql`SELECT sum(attempt)::int AS begun FROM saga_steps`);
  return rows[0]?.begun ?? 0;
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill("SIGKILL");
  await once(worker, "exit");
}

it("a worker killed twenty times during 300 orders: every order ends, and every invariant holds", async () => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess();
  const [port = 0] = await freePorts(1);
  let worker = startWorker(shop, gateway.url, port);
  try {
    for (let placed = 0; placed < ORDERS; placed += 1) {
      const token = TOKENS[placed % TOKENS.length] ?? "tok_visa";
      const answer = await placeOrder(
        shop.context(),
        orderInput({ lines: [{ sku: "MUG", quantity: 1 }], payment: { method: "card", token } }),
      );
      if (isRefusal(answer)) throw new Error(answer.message);
      if (placed % (ORDERS / KILLS) !== 0) continue;
      // Somewhere in its work, each time elsewhere: as soon as it has begun some more steps.
      const begun = await stepsBegun(shop);
      await vi.waitFor(async () => expect(await stepsBegun(shop)).toBeGreaterThan(begun + (placed % 7)), PATIENCE);
      await kill(worker);
      worker = startWorker(shop, gateway.url, port);
    }
    expect(await settled(shop.database, SETTLE_MS)).toBeUndefined();
    const runs = await shop.database.query<{ status: string }>(sql`
      SELECT DISTINCT status FROM sagas WHERE name = 'checkout' ORDER BY status`);
    expect(runs.map(({ status }) => status)).toEqual(["compensated", "completed"]);
    const findings = await verify(shop.database, { gateway: httpLedger(gateway.url) });
    expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
  } finally {
    await kill(worker);
  }
}, 400_000);
