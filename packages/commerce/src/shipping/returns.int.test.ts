import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { commandAccount } from "../account/index.ts";
import { adminRouter } from "../routers.ts";
import { createFulfilment, refundedByHand, shopper, SKUS } from "../testing/index.ts";
import type { Fulfilment } from "../testing/index.ts";

let fulfilment: Fulfilment;
beforeAll(async () => {
  fulfilment = await createFulfilment();
});
afterAll(() => fulfilment[Symbol.asyncDispose]());

it("what comes back is paid back and put back once, however often it is said", async () => {
  const { shop, gateway, confirmed, operator, story, orderOf, subjectsOf } = fulfilment;
  const orderId = await confirmed({ lines: [{ sku: SKUS.lamp, quantity: 2 }] });
  await shop.ship(gateway);
  const before = await shop.database.query(sql`SELECT available FROM stock WHERE sku = ${SKUS.lamp}`);
  await operator("return-1").orders.receiveReturn({ orderId, reason: "too bright" });
  await operator("return-1").orders.receiveReturn({ orderId, reason: "too bright" });
  await operator("return-2").orders.receiveReturn({ orderId, reason: "too bright" });
  await shop.settle(gateway);
  expect(await orderOf(orderId)).toEqual({
    status: "cancelled",
    payment: "refunded",
    stock: "returned",
    reason: "RETURNED",
  });
  const charge = [...gateway.ledger.values()].find((entry) => entry.orderId === orderId);
  expect(charge).toMatchObject({ refunded: charge?.amount });
  const after = await shop.database.query<{ available: number }>(
    sql`SELECT available FROM stock WHERE sku = ${SKUS.lamp}`,
  );
  expect(after).toEqual([{ available: (before[0] as { available: number }).available + 2 }]);
  const events = await story(orderId);
  const received = events.find(({ type }) => type === "ReturnReceived") ?? expect.fail("no return");
  expect(
    events
      .filter(({ causation }) => causation === received.id)
      .map(({ type }) => type)
      .toSorted(),
  ).toEqual(["OrderReturned", "PaymentRefunded"]);
  expect(new Set(events.map(({ correlation }) => correlation)).size).toBe(1);
  expect((await subjectsOf(orderId)).at(-1)).toContain("We are returning $178.00 to the card that you paid with.");
  const { items, nextCursor } = await operator().orders.returns();
  expect([items, nextCursor]).toMatchObject([
    [{ orderId, reason: "too bright", paidBack: { amount: 17_800, currency: "USD" }, isPaidBack: true }],
    null,
  ]);
});

it("a return whose money somebody at the gateway has given back already says so and holds nothing up", async () => {
  const { shop, gateway, confirmed, operator, orderOf } = fulfilment;
  const orderId = await confirmed();
  await shop.ship(gateway);
  await operator().orders.receiveReturn({ orderId, reason: "too heavy" });
  await shop.settle(refundedByHand(gateway, 2_400));
  expect(await orderOf(orderId)).toMatchObject({ payment: "refunded", reason: "RETURNED" });
  expect(await shop.database.query(sql`SELECT FROM dead_letters WHERE consumer = 'payment-refund'`)).toEqual([]);
});

it("what was paid with store credit comes back to the account", async () => {
  const { shop, gateway, confirmed, operator, orderOf } = fulfilment;
  const account = (command: Parameters<typeof commandAccount>[2]) =>
    commandAccount(shop.context({ user: shopper }), shopper.id, command, command);
  await account({ type: "open", accountId: shopper.id, currency: "USD" });
  await account({ type: "deposit", amount: 5_000, currency: "USD" });
  const balance = async () =>
    (
      await shop.database.query<{ balance: number }>(
        sql`SELECT balance FROM account_view WHERE account_id = ${shopper.id}`,
      )
    )[0]?.balance;
  const orderId = await confirmed({ payment: { method: "account" } });
  expect(await balance()).toBe(2_600);
  await shop.ship(gateway);
  await operator().orders.receiveReturn({ orderId, reason: "changed their mind" });
  await shop.settle(gateway);
  expect(await balance()).toBe(5_000);
  expect(await orderOf(orderId)).toMatchObject({ payment: "refunded", reason: "RETURNED" });
});

it("only what was shipped comes back, and only an operator says so, with a reason", async () => {
  const { shop, confirmed, operator } = fulfilment;
  const orderId = await confirmed();
  const refused = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: { data?: unknown; code: string }) => error,
    );
  expect(await refused(operator().orders.receiveReturn({ orderId, reason: "x" }))).toMatchObject({ code: "CONFLICT" });
  expect(await refused(operator().orders.receiveReturn({ orderId, reason: " " }))).toMatchObject({
    code: "BAD_REQUEST",
  });
  expect(await refused(operator().orders.receiveReturn({ orderId: "nowhere", reason: "x" }))).toMatchObject({
    code: "NOT_FOUND",
  });
  const viewer = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } }));
  expect(await refused(viewer.orders.receiveReturn({ orderId, reason: "x" }))).toMatchObject({ code: "FORBIDDEN" });
});
