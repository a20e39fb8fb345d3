/** The real gateway process in trouble while orders come in. Waits between attempts are skipped, and added up. */
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { createSimulatedGateway } from "../payment/index.ts";
import { createTestShop, orderInput, startGatewayProcess } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { placeOrder } from "./place-order.ts";

const MINUTE_MS = 60_000;
const CALL_TIMEOUT_MS = 500;

async function order(shop: TestShop, token = "tok_visa"): Promise<string> {
  const placed = await placeOrder(shop.context(), orderInput({ payment: { method: "card", token } }));
  return placed.orderId;
}

const statusesOf = async (shop: TestShop) =>
  (await shop.database.query<{ status: string }>(sql`SELECT status FROM orders`)).map(({ status }) => status);

/** Settles while every wait of the first order's charge is cut short; `onWaited` hears how long it would have waited so far. */
async function settleWithoutWaiting(
  shop: TestShop,
  url: string,
  orderId: string,
  onWaited: (waitedMs: number) => Promise<void> = async () => undefined,
): Promise<void> {
  let settled = false;
  let waitedMs = 0;
  const settling = shop.settle(createSimulatedGateway(url, CALL_TIMEOUT_MS)).finally(() => (settled = true));
  while (!settled) {
    const due = await shop.database.query<{ sagaId: string; waitMs: number }>(sql`
      WITH waiting AS (SELECT saga_id, step, kind, run_at FROM saga_steps WHERE status = 'pending' AND run_at > now() FOR UPDATE)
      UPDATE saga_steps SET run_at = now() FROM waiting
      WHERE (saga_steps.saga_id, saga_steps.step, saga_steps.kind) = (waiting.saga_id, waiting.step, waiting.kind)
      RETURNING waiting.saga_id AS "sagaId", (extract(epoch FROM waiting.run_at - now()) * 1000)::int AS "waitMs"`);
    for (const { sagaId, waitMs } of due) if (sagaId === `checkout:${orderId}`) waitedMs += waitMs;
    await onWaited(waitedMs);
  }
  await settling;
}

it("orders wait for a gateway that is down for a minute, and are confirmed when it is back", async () => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess();
  await gateway.setFaults({ down: true });
  const first = await order(shop);
  for (let more = 0; more < 4; more += 1) await order(shop);
  let isDown = true;
  await settleWithoutWaiting(shop, gateway.url, first, async (waitedMs) => {
    if (!isDown || waitedMs < MINUTE_MS) return;
    expect(new Set(await statusesOf(shop))).toEqual(new Set(["pending"]));
    expect(await gateway.entries()).toEqual([]);
    isDown = false;
    await gateway.setFaults({ down: false });
  });
  expect(isDown).toBe(false);
  expect(new Set(await statusesOf(shop))).toEqual(new Set(["confirmed"]));
  expect((await gateway.entries()).map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => "capture"));
}, 60_000);

it.each([
  ["tok_visa", "confirmed", 1],
  ["tok_chargeDeclined", "cancelled", 0],
  ["tok_insufficientFunds", "cancelled", 0],
  ["tok_flaky", "confirmed", 1],
  ["tok_duplicateWebhook", "confirmed", 1],
])("an order paid with %s is %s in the end, with %d captures", async (token, status, captures) => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess();
  const orderId = await order(shop, token);
  await settleWithoutWaiting(shop, gateway.url, orderId);
  expect(await statusesOf(shop)).toEqual([status]);
  expect((await gateway.entries()).map((entry) => entry.kind)).toEqual(
    Array.from({ length: captures }, () => "capture"),
  );
});

it("a capture whose answer never comes is unknown after the step's timeout, found at the gateway, given back, and the order says so", async () => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess();
  await order(shop, "tok_timeout");
  await shop.settle(createSimulatedGateway(gateway.url), undefined, { stepTimeoutMs: 500 });
  const [ended] = await shop.database.query(sql`
    SELECT o.status, o.payment_status AS payment, o.cancel_reason AS reason, step.status AS charge
    FROM orders o JOIN saga_steps step ON step.saga_id = 'checkout:' || o.id AND step.step = 'charge' AND step.kind = 'action'`);
  expect(ended).toEqual({ status: "cancelled", payment: "refunded", reason: "TIMED_OUT", charge: "unknown" });
  expect((await gateway.entries()).map(({ kind }) => kind)).toEqual(["capture", "refund"]);
});

it("a quarter of all calls failing loses no order and charges nobody twice", async () => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess();
  await gateway.setFaults({ errorRate: 0.25 });
  const first = await order(shop);
  for (let more = 0; more < 9; more += 1) await order(shop);
  await settleWithoutWaiting(shop, gateway.url, first);
  expect(new Set(await statusesOf(shop))).toEqual(new Set(["confirmed"]));
  expect(new Set((await gateway.entries()).map(({ orderId }) => orderId)).size).toBe(10);
  expect(await gateway.entries()).toHaveLength(10);
});
