import type { Saga } from "@tillstream/eventing";
import { sql, TimeoutError } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { changeOrder } from "../order/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { PaymentUnavailableError } from "../payment/index.ts";
import { createTestGateway, createTestShop, orderInput, refundedByHand, SKUS } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { placeOrder } from "./place-order.ts";

const ONCE = { attempts: 1, backoffMs: 1, backoffMsMax: 1 } as const;

async function order(shop: TestShop, sku: string = SKUS.mug): Promise<string> {
  const placed = await placeOrder(shop.context(), orderInput({ lines: [{ sku, quantity: 1 }] }));
  return placed.orderId;
}

/** How an order ended: its run, its row, its history. */
async function ending(shop: TestShop, orderId: string) {
  const rows = await shop.database.query<{
    run: string;
    status: string;
    payment: string;
    reason: string | null;
    events: string[];
  }>(sql`
    SELECT saga.status AS run, o.status, o.payment_status AS payment, o.cancel_reason AS reason,
           array(SELECT type FROM events WHERE stream_id = 'order-' || o.id ORDER BY version) AS events
    FROM orders o JOIN sagas saga ON saga.subject = o.id WHERE o.id = ${orderId}`);
  return rows[0] ?? expect.fail("the order has no run");
}

it("a charge that was captured though nobody answered is found by its key and given back", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  const silent: PaymentGateway = {
    ...gateway,
    async charge(input, signal) {
      await gateway.charge(input, signal);
      throw new TimeoutError("no answer");
    },
  };
  await shop.settle(silent);
  expect(await ending(shop, orderId)).toEqual({
    run: "compensated",
    status: "cancelled",
    payment: "refunded",
    reason: "TIMED_OUT",
    events: ["OrderCreated", "PaymentCaptured", "PaymentRefunded", "OrderCancelled"],
  });
  expect([...gateway.ledger.values()]).toMatchObject([{ amount: 1_200, refunded: 1_200 }]);
});

it("a charge without an answer that never arrived is not refunded, and the order is cancelled", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  await shop.settle({
    ...gateway,
    charge: () => Promise.reject(new TimeoutError("no answer")),
    refund: () => expect.fail("refunded"),
  });
  expect(await ending(shop, orderId)).toMatchObject({
    run: "compensated",
    status: "cancelled",
    payment: "none",
    reason: "TIMED_OUT",
  });
});

it("an answer that got lost on its way is asked for again, and the card is charged once", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  let lost = 1;
  const flaky: PaymentGateway = {
    ...gateway,
    async charge(input, signal) {
      const outcome = await gateway.charge(input, signal);
      if ((lost -= 1) >= 0) throw new PaymentUnavailableError("the connection broke");
      return outcome;
    },
  };
  await shop.settle(flaky);
  expect(await ending(shop, orderId)).toMatchObject({ run: "completed", status: "confirmed", payment: "captured" });
  expect([...gateway.ledger.values()]).toMatchObject([{ orderId, amount: 1_200, refunded: 0 }]);
});

it("a payment taken for an order that was cancelled meanwhile is given back, and the history says so", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  const metadata = { correlationId: "c", causationId: "c", actor: "user:shopper" };
  const slow: PaymentGateway = {
    ...gateway,
    async charge(input, signal) {
      const cancel = {
        type: "cancel",
        reason: { code: "CHANGED_MIND", message: "The shopper changed their mind." },
      } as const;
      await shop.database.transaction((tx) => changeOrder(tx, orderId, cancel, metadata));
      return gateway.charge(input, signal);
    },
  };
  await shop.settle(slow);
  expect(await ending(shop, orderId)).toEqual({
    run: "compensated",
    status: "cancelled",
    payment: "refunded",
    reason: "CHANGED_MIND",
    events: ["OrderCreated", "OrderCancelled", "PaymentCaptured", "PaymentRefunded"],
  });
  expect([...gateway.ledger.values()]).toMatchObject([{ amount: 1_200, refunded: 1_200 }]);
});

it.each(["reserveStock", "confirm"])(
  "where %s fails by a fault of our own, page and mail say so, and not that the payment service was away",
  async (step) => {
    await using shop = await createTestShop();
    const orderId = await order(shop);
    const record = () => Promise.reject(new Error("deadlock detected"));
    const broken = (saga: Saga): Saga => ({
      ...saga,
      steps: saga.steps.map((one) => (one.name === step ? { ...one, action: { record }, retry: ONCE } : one)),
    });
    await shop.settle(createTestGateway(), undefined, { alter: broken });
    expect(await ending(shop, orderId)).toMatchObject({
      run: "compensated",
      status: "cancelled",
      payment: "refunded",
      reason: "NOT_COMPLETED",
    });
    const [mail] = await shop.mails();
    expect(mail?.body).toMatch(/^Something went wrong on our side.*\nWe returned \$12\.00/);
  },
);

it("a refund that fails for a moment is given once, and stock that was never reserved is not released", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop, SKUS.rare);
  await shop.database.query(sql`UPDATE stock SET available = 0 WHERE sku = 'RARE'`);
  let failures = 1;
  const keys = new Set<string>();
  const flaky: PaymentGateway = {
    ...gateway,
    refund(input, signal) {
      keys.add(input.idempotencyKey);
      if ((failures -= 1) >= 0) return Promise.reject(new PaymentUnavailableError("busy"));
      return gateway.refund(input, signal);
    },
  };
  await shop.settle(flaky);
  expect(await ending(shop, orderId)).toMatchObject({
    run: "compensated",
    reason: "OUT_OF_STOCK",
    payment: "refunded",
  });
  expect(keys.size).toBe(1);
  const movements = await shop.database.query(sql`SELECT FROM stock_movements WHERE order_id = ${orderId}`);
  expect(movements).toEqual([]);
});

it.each([
  ["all", 1_200],
  ["a part", 200],
])("where somebody at the gateway has given back %s before, the rest is, and the order says so", async (_, byHand) => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  await shop.database.query(sql`UPDATE stock SET available = 0 WHERE sku = 'MUG'`);
  await shop.settle(refundedByHand(gateway, byHand));
  expect(await ending(shop, orderId)).toMatchObject({ run: "compensated", status: "cancelled", payment: "refunded" });
  expect([...gateway.ledger.values()]).toMatchObject([{ amount: 1_200, refunded: 1_200 }]);
  const [mail] = await shop.mails();
  expect(mail?.body).toContain("We returned $12.00");
});

it("a refund that is refused leaves the run standing visibly, not silently", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop, SKUS.rare);
  await shop.database.query(sql`UPDATE stock SET available = 0 WHERE sku = 'RARE'`);
  const refusing: PaymentGateway = {
    ...gateway,
    refund: async () => ({ kind: "refused", code: "charge_not_found", message: "no" }),
  };
  let settled = false;
  const settling = shop.settle(refusing).finally(() => (settled = true));
  // Its attempts are spread over minutes: each is made due at once.
  while (!settled) await shop.database.query(sql`UPDATE saga_steps SET run_at = now() WHERE status = 'pending'`);
  await settling;
  expect(await ending(shop, orderId)).toMatchObject({
    run: "compensation_failed",
    status: "pending",
    payment: "captured",
  });
});
