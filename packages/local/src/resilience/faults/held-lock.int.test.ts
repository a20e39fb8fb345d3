/** Another session holds locks on whole tables, as a migration may, for longer than anything may fail of its own. */
import { placeOrder } from "@tillstream/commerce";
import { createTestShop, orderInput, startGatewayProcess } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { raw, sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { httpLedger, settled, verify } from "../../operations/verify/index.ts";
import { startWorkerProcess } from "./worker-process.ts";
import type { WorkerProcess } from "./worker-process.ts";

const ORDERS = 6;
/** More often than a step (8) or an event (6) may fail before it is given up or parked. */
const TRIES = 12;
const SETTLE_MS = 60_000;
const PATIENCE = { timeout: 60_000, interval: 100 };

/** Resolves when no other session can use the tables any more, to what lets them go. */
async function lockTables(shop: TestShop, tables: string): Promise<() => Promise<void>> {
  const locked = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const holding = shop.database.transaction(async (tx) => {
    await tx.query(sql`SET LOCAL idle_in_transaction_session_timeout = 0`);
    await tx.query(sql`LOCK TABLE ${raw(tables)} IN ACCESS EXCLUSIVE MODE`);
    locked.resolve();
    await letGo.promise;
  });
  await locked.promise;
  return async () => {
    letGo.resolve();
    await holding;
  };
}

/** Waits until each was logged more often than a policy allows, hurrying what waits for its next attempt. */
async function untilTriedOften(shop: TestShop, worker: WorkerProcess, ...parts: readonly string[][]): Promise<void> {
  await vi.waitFor(async () => {
    await shop.database.query(sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying'`);
    await shop.database.query(sql`UPDATE saga_steps SET run_at = now() WHERE status = 'pending' AND run_at > now()`);
    await shop.database.query(sql`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now()`);
    for (const words of parts) {
      const tries = worker.lines.filter((line) => words.every((word) => line.includes(word))).length;
      expect([words, tries]).toEqual([words, expect.toSatisfy((count: number) => count > TRIES * ORDERS)]);
    }
  }, PATIENCE);
}

it("locks held for longer than the quick retries: nothing is parked or given up, and everything is done when they end", async () => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess();
  for (let placed = 0; placed < ORDERS; placed += 1) {
    await placeOrder(shop.context(), orderInput());
  }
  const unlockRun = await lockTables(shop, "stock, order_view");
  const unlockAfter = await lockTables(shop, "mail_messages, shipments");
  // Their lock timeout is short, so that a dozen tries take seconds.
  const appUrl = `${shop.test.appUrl}?lock_timeout=100`;
  const settings = { GATEWAY_URL: gateway.url, SHIPPING_DELAY_MS: "1", LOG_LEVEL: "info" };
  const worker = await startWorkerProcess({ url: shop.test.url, appUrl }, settings);
  try {
    await untilTriedOften(
      shop,
      worker,
      ["event waits", '"subscription":"order_view"'],
      ["saga step will be tried again", "lock timeout"],
    );
    await unlockRun();
    await untilTriedOften(
      shop,
      worker,
      ["event waits", '"subscription":"mail"'],
      ["event waits", '"subscription":"shipping"'],
    );
    await unlockAfter();
    expect(await settled(shop.database, SETTLE_MS)).toBeUndefined();
    expect(await shop.database.query(sql`SELECT DISTINCT status, attempts FROM dead_letters`)).toEqual([
      { status: "resolved", attempts: 0 },
    ]);
    expect(await shop.database.query(sql`SELECT DISTINCT status FROM sagas WHERE name = 'checkout'`)).toEqual([
      { status: "completed" },
    ]);
    const findings = await verify(shop.database, { gateway: httpLedger(gateway.url) });
    expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
  } finally {
    await worker.end();
    await unlockRun();
    await unlockAfter();
  }
}, 180_000);
