/** Orders that leave late or never: what the carrier refuses, and who may cancel until when. */
import { listDeadLetters } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { PlaceOrderInput } from "../checkout/index.ts";
import { adminRouter } from "../routers.ts";
import { createFulfilment, orderInput, shopper } from "../testing/index.ts";
import type { Fulfilment } from "../testing/index.ts";
import { requestCancellation } from "./cancel.ts";
import { startDueShipments } from "./dispatch.ts";
import { UNREACHABLE_CITY } from "./simulated-carrier.ts";

let fulfilment: Fulfilment;
beforeAll(async () => {
  fulfilment = await createFulfilment();
});
afterAll(() => fulfilment[Symbol.asyncDispose]());

it("a carrier that does not answer holds up its own order and no other", async () => {
  const { shop, gateway, confirmed, orderOf } = fulfilment;
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
  const { shop, gateway, confirmed } = fulfilment;
  const shippingAddress = { ...orderInput().shippingAddress, city: UNREACHABLE_CITY };
  const orderId = await confirmed({ ...overrides, shippingAddress });
  await shop.ship(gateway);
  await untilParked(orderId);
  return orderId;
}

async function untilParked(orderId: string): Promise<void> {
  const { shop, gateway } = fulfilment;
  const retrying = async () =>
    (
      await listDeadLetters(shop.database, {
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
async function retryDeadLetters(orderId: string): Promise<(string | undefined)[]> {
  const { shop, gateway, operator } = fulfilment;
  const streamId = `order-${orderId}`;
  const parked = await listDeadLetters(shop.database, { consumer: "shipping", streamId, limit: 10 });
  await operator().deadLetters.retry({ ids: parked.map(({ id }) => id), reason: "tried again" });
  await shop.settle(gateway);
  const letters = await listDeadLetters(shop.database, { consumer: "shipping", streamId, status: "all", limit: 10 });
  return letters.map(({ status }) => status);
}

const attentionOf = async (orderId: string) => (await fulfilment.operator().orders.byId({ orderId })).attention;

it("an order whose label is never made waits for a person, and goes on when the carrier makes it after all", async () => {
  const { shop, operator, orderOf } = fulfilment;
  const orderId = await unshippable();
  expect(await attentionOf(orderId)).toEqual(["SHIPPING_FAILED"]);
  expect((await operator().orders.byId({ orderId })).order).toMatchObject({ status: "attention" });
  expect(await retryDeadLetters(orderId)).toEqual(["parked"]);
  await shop.database.query(
    sql`UPDATE orders SET shipping_address = shipping_address || '{"city": "Town"}' WHERE id = ${orderId}`,
  );
  expect(await retryDeadLetters(orderId)).toEqual(["resolved"]);
  expect(await orderOf(orderId)).toMatchObject({ status: "shipped", payment: "captured" });
  expect(await attentionOf(orderId)).toEqual([]);
});

it("an operator who answers that it may go on has the carrier asked again, without a look at the letters", async () => {
  const { shop, gateway, operator, orderOf } = fulfilment;
  const orderId = await unshippable();
  await shop.database.query(
    sql`UPDATE orders SET shipping_address = shipping_address || '{"city": "Town"}' WHERE id = ${orderId}`,
  );
  await operator().orders.resolveAttention({ orderId, note: "the address was wrong" });
  await shop.settle(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "shipped", payment: "captured" });
  expect(await attentionOf(orderId)).toEqual([]);
  expect(
    await listDeadLetters(shop.database, { consumer: "shipping", streamId: `order-${orderId}`, limit: 10 }),
  ).toEqual([]);
});

it("an order that no carrier takes is cancelled by the merchant and paid back, and its letter is over and does nothing", async () => {
  const { shop, gateway, operator, story, orderOf, subjectsOf } = fulfilment;
  const orderId = await unshippable();
  const shopperAsks = requestCancellation(shop.context({ user: shopper }), orderId);
  await expect(shopperAsks).rejects.toMatchObject({ code: "ORDER_NEEDS_ATTENTION" });
  expect(await operator("cancel-1").orders.cancel({ orderId, reason: "no carrier goes there" })).toMatchObject({
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
  const letters = await listDeadLetters(shop.database, {
    consumer: "shipping",
    streamId: `order-${orderId}`,
    status: "all",
    limit: 10,
  });
  expect(letters.map(({ status }) => status)).toEqual(["resolved", "resolved"]);
  expect((await story(orderId)).filter(({ type }) => type === "OrderShipped")).toEqual([]);
});

it("a letter that is discarded leaves the order to a person, who can have the carrier asked again, or cancel it", async () => {
  const { shop, gateway, operator, orderOf } = fulfilment;
  const orderId = await unshippable();
  const [letter = expect.fail("no letter")] = await listDeadLetters(shop.database, {
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
  const { shop, gateway, confirmed, story, orderOf } = fulfilment;
  const orderId = await confirmed();
  while ((await startDueShipments(shop.database)) > 0);
  expect(await requestCancellation(shop.context({ user: shopper }), orderId)).toMatchObject({ status: "cancelling" });
  await shop.settle(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "cancelled", reason: "CANCELLED_BY_CUSTOMER" });
  expect((await story(orderId)).map(({ type }) => type)).not.toContain("ShipmentCreated");
});

it("the merchant cannot cancel what has left, nor can a viewer cancel anything", async () => {
  const { shop, gateway, confirmed, operator } = fulfilment;
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
