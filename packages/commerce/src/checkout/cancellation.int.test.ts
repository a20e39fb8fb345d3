import { Refusal } from "@tillstream/eventing";
import { outcomeOf } from "@tillstream/eventing/testing";
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { expect, it, vi } from "vitest";
import { commandAccount } from "../account/index.ts";
import { PaymentUnavailableError } from "../payment/index.ts";
import { shopRouter } from "../routers.ts";
import { requestCancellation, startDueShipments } from "../shipping/index.ts";
import { createTestGateway, createTestShop, orderInput, refundedByHand, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import type { PlaceOrderInput } from "./input.ts";
import { placeOrder } from "./place-order.ts";

const RACING_ORDERS = 40;

async function place(shop: TestShop, overrides: Partial<PlaceOrderInput> = {}) {
  return await placeOrder(shop.context({ user: shopper }), orderInput(overrides));
}

const cancel = (shop: TestShop, orderId: string) => requestCancellation(shop.context({ user: shopper }), orderId);

async function endOf(shop: TestShop, orderId: string) {
  const rows = await shop.database.query<Record<string, unknown>>(sql`
    SELECT o.status, o.payment_status AS payment, o.stock_status AS stock, o.cancel_reason AS reason,
           (SELECT status FROM shipments WHERE order_id = o.id) AS shipment,
           (SELECT status FROM sagas WHERE saga_id = 'cancellation:' || o.id) AS run
    FROM orders o WHERE o.id = ${orderId}`);
  return rows[0];
}

const CANCELLED = {
  status: "cancelled",
  payment: "refunded",
  stock: "released",
  reason: "CANCELLED_BY_CUSTOMER",
  shipment: "cancelled",
  run: "completed",
};

it("a confirmed order that the shopper cancels is paid back, put back and told of, and never ships", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const { orderId } = await place(shop);
  await shop.settle(gateway);
  expect(await cancel(shop, orderId)).toMatchObject({ orderId, status: "cancelling" });
  await shop.settle(gateway);
  await shop.ship(gateway);
  expect(await endOf(shop, orderId)).toEqual(CANCELLED);
  expect([...gateway.ledger.values()]).toMatchObject([{ amount: 2_400, refunded: 2_400 }]);
  const mails = await shop.mails();
  expect(mails.at(-1)?.body).toMatch(/^You cancelled it.*\nWe returned \$24\.00/);
  const steps = await shop.database.query<{ step: string }>(
    sql`SELECT step FROM saga_steps WHERE saga_id = ${`cancellation:${orderId}`} ORDER BY ordinal`,
  );
  expect(steps.map(({ step }) => step)).toEqual(["acceptRequest", "refund", "releaseStock", "cancelOrder"]);
});

it("money that somebody at the gateway has given back already is not waited for", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const { orderId } = await place(shop);
  await shop.settle(gateway);
  await cancel(shop, orderId);
  await shop.settle(refundedByHand(gateway, 2_400));
  expect(await endOf(shop, orderId)).toEqual(CANCELLED);
  expect([...gateway.ledger.values()]).toMatchObject([{ amount: 2_400, refunded: 2_400 }]);
});

it("store credit goes back to the account", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  for (const command of [
    { type: "open", accountId: shopper.id, currency: "USD" },
    { type: "deposit", amount: 5_000, currency: "USD" },
  ] as const)
    await commandAccount(shop.context({ user: shopper }), shopper.id, command, command);
  const { orderId } = await place(shop, { payment: { method: "account" } });
  await shop.settle(gateway);
  await cancel(shop, orderId);
  await shop.settle(gateway);
  expect(await endOf(shop, orderId)).toEqual(CANCELLED);
  expect(await shop.database.query(sql`SELECT balance, held FROM account_view`)).toEqual([{ balance: 5_000, held: 0 }]);
});

it("a pending order is not cancelled: the shopper is asked to try again in a moment, and may do so with the same key", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const { orderId } = await place(shop);
  const withKey = () => requestCancellation(shop.context({ user: shopper, idempotencyKey: "again" }), orderId);
  await expect(withKey()).rejects.toMatchObject({ code: "ORDER_STILL_PENDING", retryAfterSeconds: 1 });
  await shop.settle(gateway);
  expect(await withKey()).toMatchObject({ orderId, status: "cancelling" });
  await shop.settle(gateway);
  expect(await withKey()).toMatchObject({ orderId, status: "cancelling" });
  expect(await endOf(shop, orderId)).toEqual(CANCELLED);
});

it("the order's customer and a visitor with its link may cancel it, once for a key, and nobody else", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const { orderId, accessToken } = await place(shop);
  await shop.settle(gateway);
  const as = (user: typeof shopper | null, idempotencyKey = "k") =>
    createCallerFactory(shopRouter)(shop.context({ user, idempotencyKey })).orders;
  await expect(as(null).cancel({ orderId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(as({ ...shopper, id: "somebody-else" }).cancel({ orderId })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const first = await as(null).cancel({ orderId, accessToken });
  expect(await as(shopper).cancel({ orderId })).toEqual(first);
  expect(await as(shopper, "another").cancel({ orderId })).toEqual(first);
  const requests = await shop.database.query(sql`SELECT FROM events WHERE type = 'CancellationRequested'`);
  expect(requests.length).toBe(1);
});

it("of the label and a cancellation at the same moment exactly one gets the order, and the other one finds it gone", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orders = await Promise.all(Array.from({ length: RACING_ORDERS }, () => place(shop)));
  await shop.settle(gateway);
  while ((await startDueShipments(shop.database)) > 0);
  const labelled = async () =>
    (await shop.database.query(sql`SELECT FROM shipments WHERE status = 'created' LIMIT 1`)).length > 0;
  // Labels are made from the first order on; cancellations come from the last, and they meet.
  const shipping = shop.settle(gateway);
  await vi.waitUntil(labelled, { timeout: 10_000, interval: 1 });
  const answers = [];
  for (const { orderId } of orders.toReversed()) answers.unshift(await outcomeOf(cancel(shop, orderId)));
  await shipping;
  await shop.settle(gateway);
  const ends = await Promise.all(orders.map(({ orderId }) => endOf(shop, orderId)));
  const shipped = {
    status: "shipped",
    payment: "captured",
    stock: "sold",
    reason: null,
    shipment: "created",
    run: null,
  };
  answers.forEach((answer, index) => {
    expect(ends[index]).toEqual(answer instanceof Refusal ? shipped : CANCELLED);
    if (answer instanceof Refusal) expect(answer.code).toBe("ORDER_SHIPPED");
  });
  const won = answers.filter((answer) => !(answer instanceof Refusal)).length;
  expect([won > 0, won < RACING_ORDERS]).toEqual([true, true]); // otherwise there was no race
  const refunded = [...gateway.ledger.values()].filter((charge) => charge.refunded > 0);
  expect(refunded.length).toBe(won);
}, 60_000);

it("a refund that cannot be had leaves the order for a person, and what it is about with it", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const { orderId } = await place(shop);
  await shop.settle(gateway);
  await cancel(shop, orderId);
  let settled = false;
  const away = { ...gateway, refund: () => Promise.reject(new PaymentUnavailableError("away")) };
  const settling = shop.settle(away).finally(() => (settled = true));
  // Its twenty attempts are spread over minutes: each is made due at once.
  while (!settled) await shop.database.query(sql`UPDATE saga_steps SET run_at = now() WHERE status = 'pending'`);
  await settling;
  const view = await shop.database.query(sql`SELECT status, attention FROM order_view WHERE order_id = ${orderId}`);
  expect(view).toEqual([{ status: "attention", attention: ["CANCELLATION_FAILED"] }]);
  await shop.ship(gateway);
  expect(await endOf(shop, orderId)).toMatchObject({ status: "confirmed", stock: "reserved", shipment: "cancelled" });
});
