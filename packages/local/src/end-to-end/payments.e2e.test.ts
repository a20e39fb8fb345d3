/** Payments of the running system: the gateway's webhooks reach the shop, and money that belongs to no order goes back. */
import { sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import { createShoppers, placeOrders } from "../performance/traffic/shoppers.ts";
import { httpLedger, settled, verify } from "../operations/verify/index.ts";
import { startSystem } from "../testing/system.ts";
import { accessible, WIDE } from "./accessible.ts";
import { atConsole } from "./console.ts";
import { setUpStage } from "./stage.ts";

const SETTLE_MS = 60_000;
const WAIT = { timeout: 60_000, interval: 200 };
/** Short, so that the grace period is over within seconds. */
const ENV = { SAGA_STEP_TIMEOUT_MS: "3000", RECONCILE_INTERVAL_MS: "2000", INTERNAL_METRICS: "true" };

const JSON_BODY = { "content-type": "application/json" };

const stage = setUpStage(() => startSystem({ env: ENV }));

async function webhooksTotal(outcome: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${stage.system.ports.worker}/metrics`)).text();
  return Number(new RegExp(`payment_webhooks_total{outcome="${outcome}"} (\\d+)`).exec(text)?.[1]);
}

function knock(signature: string): Promise<Response> {
  const body = JSON.stringify({ id: "evt_forged", type: "charge.succeeded", data: { id: "ch_1", orderId: "o1" } });
  const headers = { "tillstream-signature": signature };
  return fetch(`${stage.system.urls.storefront}/api/webhooks/payments`, { method: "POST", body, headers });
}

it("shop and console tell Prometheus the same as the worker, with the setting", async () => {
  for (const url of [stage.system.urls.storefront, stage.system.urls.admin]) {
    const response = await fetch(`${url}/metrics`, { redirect: "manual" });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^outbox_unpublished \d/m);
  }
});

it("every charge's webhook is received and acted on; forged ones are refused with 401 and counted", async () => {
  const client = createShopClient(stage.system.urls.storefront);
  const skus = await client.skus();
  await placeOrders({ client, skus, count: 20, concurrency: 5, declineShare: 0.2, seed: 7 });
  expect(await settled(stage.db, SETTLE_MS)).toBeUndefined();
  const captures = (await httpLedger(stage.system.urls.gateway).entries()).filter(({ kind }) => kind === "capture");
  expect(captures.length).toBeGreaterThanOrEqual(10);
  await vi.waitFor(async () => {
    const rows = await stage.db.query<{ chargeId: string; processedAt: Date | null }>(sql`
      SELECT charge_id AS "chargeId", processed_at AS "processedAt" FROM payment_webhooks`);
    const received = rows.map(({ chargeId }) => chargeId);
    expect(received).toEqual(expect.arrayContaining(captures.map(({ id }) => id)));
    expect(rows.filter(({ processedAt }) => processedAt === null)).toEqual([]);
    expect(await webhooksTotal("accepted")).toBe(rows.length);
  }, WAIT);
  for (const signature of ["", "t=1,v1=00", `t=${Math.floor(Date.now() / 1_000)},v1=${"0".repeat(64)}`])
    expect((await knock(signature)).status).toBe(401);
  await vi.waitFor(async () => expect(await webhooksTotal("forged")).toBe(3), WAIT);
  expect(await stage.db.query(sql`SELECT FROM payment_webhooks WHERE id = 'evt_forged'`)).toEqual([]);
  const findings = await verify(stage.db, { gateway: httpLedger(stage.system.urls.gateway) });
  expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
}, 150_000);

it("a capture for no order is given back by itself, and the console tells of it", async (context) => {
  const browser = stage.browser(context);
  await vi.waitFor(
    async () =>
      expect(await stage.db.query(sql`SELECT FROM reconciliation_runs WHERE finished_at IS NOT NULL`)).not.toEqual([]),
    WAIT,
  );
  const before = await atConsole(browser, stage.system.urls.admin, "/reconciliation", "operator");
  await before.getByText(/0 differences since/).waitFor();
  await before.context().close();
  const charge = { orderId: "nobody", amount: 4_200, currency: "USD", token: "tok_visa", idempotencyKey: "stray" };
  await fetch(`${stage.system.urls.gateway}/charges`, {
    method: "POST",
    headers: JSON_BODY,
    body: JSON.stringify(charge),
  });
  await vi.waitFor(async () => {
    const { entries } = (await (await fetch(`${stage.system.urls.gateway}/ledger`)).json()) as {
      entries: { orderId: string; kind: string }[];
    };
    expect(entries.filter(({ orderId }) => orderId === "nobody").map(({ kind }) => kind)).toEqual([
      "capture",
      "refund",
    ]);
    const findings = await stage.db.query(sql`SELECT status FROM reconciliation_findings WHERE order_id = 'nobody'`);
    expect(findings).toEqual([{ status: "repaired" }]);
  }, WAIT);
  const page = await atConsole(browser, stage.system.urls.admin, "/reconciliation", "operator");
  await page.getByRole("row", { name: /repaired order unknown here/ }).waitFor();
  await page.setViewportSize(WIDE);
  const hidden = `(() => { const box = document.querySelector("[data-table]"); return box.scrollWidth - box.clientWidth; })()`;
  expect(await page.evaluate(hidden), "what of the findings is beyond the edge").toBe(0);
  await page.getByRole("button", { name: "Run now" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("The month has ended.");
  await page.getByRole("dialog").getByRole("button", { name: "Run now" }).click();
  await page.getByText(/Looked at \d+ captures: 0 differences\./).waitFor();
  await accessible(page);
  await page.getByRole("link", { name: /^Attention/ }).click();
  await page.getByText("None of these").waitFor();
  await page.context().close();
}, 150_000);

it("a run that cannot pay back is undone step by step by an operator, or declared settled", async (context) => {
  const browser = stage.browser(context);
  const page = await atConsole(browser, stage.system.urls.admin, "/reconciliation", "operator");
  await gatewayFaults({ down: true });
  const [undone, settledOutside] = [await chargedNowhere(11), await chargedNowhere(12)];
  const dialog = page.getByRole("dialog");
  const act = async (label: string, reason: string) => {
    await page.getByRole("button", { name: label }).click();
    await dialog.getByRole("textbox").fill(reason);
    await accessible(page);
    await dialog.getByRole("button", { name: label }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText(reason, { exact: true }).waitFor();
  };
  for (const orderId of [settledOutside, undone]) {
    await page.goto(`${stage.system.urls.admin}/sagas/checkout:${orderId}`);
    await act("Compensate", "The gateway stays away.");
    await compensationFails(orderId);
    await page.getByText("A compensation failed after all its retries").waitFor();
    if (orderId === settledOutside) {
      await act("Mark resolved", "Nothing was charged, says the gateway.");
      await page.getByText("The run has ended: there is nothing left to do.").waitFor();
    }
  }
  await gatewayFaults({ down: false });
  await page.goto(`${stage.system.urls.admin}/sagas`);
  await page.getByRole("button", { name: /^Retry checkout at undo charge/ }).click();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("The gateway is back.");
  await accessible(page);
  await dialog.getByRole("button", { name: "Retry 1" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.goto(`${stage.system.urls.admin}/sagas/checkout:${undone}`);
  await page.getByText("The gateway is back.", { exact: true }).waitFor();
  await page.getByText("Everything that was done is undone").waitFor();
  await accessible(page);
  await page.context().close();
}, 150_000);

const gatewayFaults = (faults: { down: boolean }) =>
  fetch(`${stage.system.urls.gateway}/faults`, { method: "POST", headers: JSON_BODY, body: JSON.stringify(faults) });

/** An order whose charge waits for its next attempt, because the gateway is down; its id. */
async function chargedNowhere(seed: number): Promise<string> {
  const client = createShopClient(stage.system.urls.storefront);
  const shopper = createShoppers({ client, skus: (await client.skus()).slice(0, 1), declineShare: 0, seed });
  const { orderId } = await client.placeOrder(shopper(0), `sagas-${seed}`);
  await vi.waitUntil(
    async () =>
      (await stage.db.query(sql`SELECT FROM saga_steps WHERE saga_id = ${`checkout:${orderId}`} AND attempt > 0`))
        .length > 0,
    WAIT,
  );
  return orderId;
}

/** Its present attempt is its last, so that the test does not wait for all of them. */
async function compensationFails(orderId: string): Promise<void> {
  await vi.waitUntil(async () => {
    await stage.db.query(sql`
      UPDATE saga_steps SET attempt = 100
      WHERE saga_id = ${`checkout:${orderId}`} AND kind = 'compensation' AND status = 'pending'`);
    return (
      (
        await stage.db.query(
          sql`SELECT FROM sagas WHERE saga_id = ${`checkout:${orderId}`} AND status = 'compensation_failed'`,
        )
      ).length > 0
    );
  }, WAIT);
}
