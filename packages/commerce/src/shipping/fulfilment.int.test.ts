import { isRefusal, listLetters } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { commandAccount } from "../account/index.ts";
import { placeOrder } from "../checkout/index.ts";
import type { PlaceOrderInput } from "../checkout/index.ts";
import { adminRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, refundedByHand, shopper, SKUS } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { requestCancellation } from "./cancel.ts";
import { startDueShipments } from "./dispatch.ts";
import { UNREACHABLE_CITY } from "./simulated-carrier.ts";

let shop: TestShop;
const gateway = createTestGateway();
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

async function confirmed(overrides: Partial<PlaceOrderInput> = {}): Promise<string> {
  const placed = await placeOrder(shop.context({ user: shopper }), orderInput(overrides));
  if (isRefusal(placed)) throw new Error(placed.message);
  await shop.settle(gateway);
  return placed.orderId;
}

const operator = (idempotencyKey?: string) =>
  createCallerFactory(adminRouter)(
    shop.context({ user: { ...shopper, role: "operator" }, ...(idempotencyKey !== undefined && { idempotencyKey }) }),
  );

interface Recorded {
  readonly id: string;
  readonly type: string;
  readonly correlation: string;
  readonly causation: string;
  readonly actor: string;
}

/** Everything that happened to the order and its shipment, in the order in which it did. */
const story = (orderId: string) =>
  shop.database.query<Recorded>(sql`
    SELECT event_id AS id, events.type, metadata ->> 'correlationId' AS correlation, metadata ->> 'causationId' AS causation,
           metadata ->> 'actor' AS actor
    FROM events JOIN event_log USING (event_id)
    WHERE events.stream_id IN (${`order-${orderId}`}, ${`shipment-${orderId}`}) ORDER BY position`);

async function orderOf(orderId: string) {
  const rows = await shop.database.query<{ status: string; payment: string; stock: string; reason: string | null }>(sql`
    SELECT status, payment_status AS payment, stock_status AS stock, cancel_reason AS reason FROM orders WHERE id = ${orderId}`);
  return rows[0];
}

const subjectsOf = async (orderId: string) => {
  const mails = await shop.database.query<{ subject: string; body: string }>(
    sql`SELECT subject, body FROM mail_messages WHERE order_id = ${orderId} ORDER BY id`,
  );
  return mails.map(({ subject, body }) => `${subject}: ${body}`);
};

it("a confirmed order is labelled, shipped and told of, and its history is one flow from event to event", async () => {
  const orderId = await confirmed();
  expect(await orderOf(orderId)).toMatchObject({ status: "confirmed" });
  await shop.ship(gateway);
  expect(await orderOf(orderId)).toEqual({ status: "shipped", payment: "captured", stock: "sold", reason: null });
  const events = await story(orderId);
  const flow = events.slice(events.findIndex(({ type }) => type === "OrderConfirmed"));
  expect(flow.map(({ type, actor }) => [type, actor])).toEqual([
    ["OrderConfirmed", "saga:checkout"],
    ["ShipmentScheduled", "consumer:shipping"],
    ["ShippingStarted", "system"],
    ["ShipmentCreated", "consumer:shipping"],
    ["OrderShipped", "consumer:order-shipping"],
  ]);
  expect(flow.slice(1).map(({ causation }) => causation)).toEqual(flow.slice(0, -1).map(({ id }) => id));
  expect(new Set(events.map(({ correlation }) => correlation)).size).toBe(1);
  const [, onItsWay] = await subjectsOf(orderId);
  expect(onItsWay).toMatch(/is on its way: Meadow Post has it now.*MP\d{12}/);
});

it("before its time an order is not shipped", async () => {
  const orderId = await confirmed();
  await shop.database.query(sql`UPDATE shipments SET due_at = now() + interval '1 hour' WHERE order_id = ${orderId}`);
  await shop.ship(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "confirmed" });
});

it("an order that waits for a person is not shipped until somebody has decided", async () => {
  const orderId = await confirmed();
  const order = await operator().orders.flagAttention({ orderId, reason: "the address looks wrong" });
  expect(order).toEqual({ orderId });
  await shop.ship(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "confirmed" });
  expect((await operator().orders.byId({ orderId })).order).toMatchObject({ status: "attention" });
  await operator().orders.resolveAttention({ orderId, note: "called the customer" });
  await shop.ship(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "shipped" });
});

it("a carrier that does not answer holds up its own order and no other", async () => {
  const address = { ...orderInput().shippingAddress, city: UNREACHABLE_CITY };
  const stuck = await confirmed({ shippingAddress: address });
  const other = await confirmed();
  await shop.ship(gateway);
  expect([await orderOf(stuck), await orderOf(other)]).toMatchObject([{ status: "confirmed" }, { status: "shipped" }]);
  const letters = await shop.database.query(
    sql`SELECT consumer, error FROM dead_letters WHERE stream_id = ${`order-${stuck}`}`,
  );
  expect(letters).toMatchObject([{ consumer: "shipping", error: expect.stringContaining("does not answer") }]);
});

/** An order that the carrier has refused so often that its letter is parked. */
async function unshippable(overrides: Partial<PlaceOrderInput> = {}): Promise<string> {
  const shippingAddress = { ...orderInput().shippingAddress, city: UNREACHABLE_CITY };
  const orderId = await confirmed({ ...overrides, shippingAddress });
  await shop.ship(gateway);
  await untilParked(orderId);
  return orderId;
}

async function untilParked(orderId: string): Promise<void> {
  const retrying = async () =>
    (
      await listLetters(shop.database, {
        consumer: "shipping",
        streamId: `order-${orderId}`,
        status: "retrying",
        limit: 1,
      })
    ).length > 0;
  while (await retrying()) {
    await shop.database.query(sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying'`);
    await shop.settle(gateway);
  }
}

/** As an operator does it at /dead-letters. */
async function retryLetters(orderId: string): Promise<(string | undefined)[]> {
  const streamId = `order-${orderId}`;
  const parked = await listLetters(shop.database, { consumer: "shipping", streamId, limit: 10 });
  await operator().deadLetters.retry({ ids: parked.map(({ id }) => id), reason: "tried again" });
  await shop.settle(gateway);
  const letters = await listLetters(shop.database, { consumer: "shipping", streamId, status: "all", limit: 10 });
  return letters.map(({ status }) => status);
}

const attentionOf = async (orderId: string) => (await operator().orders.byId({ orderId })).attention;

it("an order whose label is never made waits for a person, and goes on when the carrier makes it after all", async () => {
  const orderId = await unshippable();
  expect(await attentionOf(orderId)).toEqual(["SHIPPING_FAILED"]);
  expect((await operator().orders.byId({ orderId })).order).toMatchObject({ status: "attention" });
  expect(await retryLetters(orderId)).toEqual(["parked"]);
  await shop.database.query(
    sql`UPDATE orders SET shipping_address = shipping_address || '{"city": "Town"}' WHERE id = ${orderId}`,
  );
  expect(await retryLetters(orderId)).toEqual(["resolved"]);
  expect(await orderOf(orderId)).toMatchObject({ status: "shipped", payment: "captured" });
  expect(await attentionOf(orderId)).toEqual([]);
});

it("an order that no carrier takes is cancelled by the merchant and paid back, and its letter then does nothing", async () => {
  const orderId = await unshippable();
  const shopperAsks = requestCancellation(shop.context({ user: shopper }), orderId);
  expect(await shopperAsks).toMatchObject({ code: "ORDER_NEEDS_ATTENTION" });
  expect(await operator("cancel-1").orders.cancel({ orderId, reason: "no carrier goes there" })).toEqual({
    orderId,
    status: "cancelling",
  });
  await shop.settle(gateway);
  expect(await orderOf(orderId)).toEqual({
    status: "cancelled",
    payment: "refunded",
    stock: "released",
    reason: "CANCELLED_BY_MERCHANT",
  });
  expect(await attentionOf(orderId)).toEqual([]);
  expect((await subjectsOf(orderId)).at(-1)).toMatch(/We had to cancel it before it left.*\nWe returned \$24\.00/);
  const before = await story(orderId);
  expect(await retryLetters(orderId)).toEqual(["resolved", "resolved"]);
  expect(await story(orderId)).toEqual(before);
});

it("a letter that is discarded leaves the order to a person, who can have the carrier asked again, or cancel it", async () => {
  const orderId = await unshippable();
  const [letter = expect.fail("no letter")] = await listLetters(shop.database, {
    streamId: `order-${orderId}`,
    limit: 1,
  });
  await operator().deadLetters.discard({ id: letter.id, reason: "nobody lives there" });
  await shop.settle(gateway);
  expect(await attentionOf(orderId)).toEqual(["SHIPPING_FAILED"]);
  await operator().orders.resolveAttention({ orderId, note: "tried again" });
  await shop.settle(gateway);
  await untilParked(orderId);
  expect(await attentionOf(orderId)).toEqual(["SHIPPING_FAILED"]);
  await operator("cancel-2").orders.cancel({ orderId, reason: "nobody lives there" });
  await shop.settle(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "cancelled", payment: "refunded" });
});

it("a shopper who cancels while the carrier is still being asked is not told that it has left, and nothing leaves", async () => {
  const orderId = await confirmed();
  while ((await startDueShipments(shop.database)) > 0);
  expect(await requestCancellation(shop.context({ user: shopper }), orderId)).toMatchObject({ status: "cancelling" });
  await shop.settle(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "cancelled", reason: "CANCELLED_BY_CUSTOMER" });
  expect((await story(orderId)).map(({ type }) => type)).not.toContain("ShipmentCreated");
});

it("the merchant cannot cancel what has left, nor can a viewer cancel anything", async () => {
  const orderId = await confirmed();
  await shop.ship(gateway);
  await expect(operator("late").orders.cancel({ orderId, reason: "too late" })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  const viewer = createCallerFactory(adminRouter)(
    shop.context({ user: { ...shopper, role: "viewer" }, idempotencyKey: "v" }),
  );
  await expect(viewer.orders.cancel({ orderId, reason: "x" })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

it("the same shipment asked for again has the same label, and is shipped once", async () => {
  const orderId = await confirmed();
  await shop.ship(gateway);
  const before = await story(orderId);
  await shop.database.query(sql`DELETE FROM processed_events WHERE event_id LIKE ${`%${orderId}%`}`);
  await shop.database.query(
    sql`UPDATE consumer_checkpoints SET position = 0 WHERE consumer IN ('shipping', 'order-shipping', 'payment-refund')`,
  );
  await shop.ship(gateway);
  expect(await story(orderId)).toEqual(before);
});

it("no event of the flow holds what the address holds", async () => {
  const orderId = await confirmed();
  await shop.ship(gateway);
  const data = await shop.database.query(
    sql`SELECT data FROM events WHERE stream_id IN (${`order-${orderId}`}, ${`shipment-${orderId}`})`,
  );
  for (const part of ["Ines", "1 Street", "12345", "ines@example.com"])
    expect(JSON.stringify(data)).not.toContain(part);
});

it("what comes back is paid back and put back once, however often it is said", async () => {
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
});

it("a return whose money somebody at the gateway has given back already says so and holds nothing up", async () => {
  const orderId = await confirmed();
  await shop.ship(gateway);
  await operator().orders.receiveReturn({ orderId, reason: "too heavy" });
  await shop.settle(refundedByHand(gateway, 2_400));
  expect(await orderOf(orderId)).toMatchObject({ payment: "refunded", reason: "RETURNED" });
  expect(await shop.database.query(sql`SELECT FROM dead_letters WHERE consumer = 'payment-refund'`)).toEqual([]);
});

it("what was paid with store credit comes back to the account", async () => {
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
