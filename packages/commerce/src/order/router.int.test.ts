import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { adminRouter, shopRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

const asShopper = (user: SessionUser | null) => createCallerFactory(shopRouter)(shop.context({ user }));
const asMerchant = (role: SessionUser["role"]) =>
  createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, id: role, role } }));

async function place(user: SessionUser | null): Promise<{ orderId: string; accessToken: string }> {
  return await placeOrder(shop.context({ user }), orderInput());
}

it("a shopper's own orders come page by page, newest first, each once, though placed at one instant", async () => {
  const user = { ...shopper, id: "many-orders" };
  const placed = await Promise.all(Array.from({ length: 7 }, () => place(user)));
  await place({ ...shopper, id: "somebody-else" });
  // One after the other and backward, so that no order of the table's own happens to be the right one.
  for (const { orderId } of placed.toSorted((one, other) => other.orderId.localeCompare(one.orderId))) {
    await shop.database.query(sql`
      UPDATE orders SET placed_at = '2026-01-01T10:00:00Z'::timestamptz + (ascii(right(id, 1)) % 3) * interval '1 microsecond'
      WHERE id = ${orderId}`);
  }
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await asShopper(user).orders.mine({ limit: 2, ...(cursor !== undefined && { cursor }) });
    seen.push(...page.items.map(({ orderId }) => orderId));
    cursor = page.nextCursor;
  }
  expect(seen.toSorted()).toEqual(placed.map(({ orderId }) => orderId).toSorted());
  const newestFirst = await shop.database.query<{ id: string }>(sql`
    SELECT id FROM orders WHERE customer_id = ${user.id} ORDER BY placed_at DESC, id DESC`);
  expect(seen).toEqual(newestFirst.map(({ id }) => id));
});

it("an order opens for its shopper and by its link, and for nobody else", async () => {
  const { orderId, accessToken } = await place(shopper);
  const { accessToken: otherLink } = await place(null);
  expect(await asShopper(shopper).orders.byId({ orderId })).toMatchObject({ orderId, status: "pending" });
  expect(await asShopper(null).orders.byId({ orderId, accessToken })).toMatchObject({ orderId });
  for (const [user, token] of [
    [null, undefined],
    [null, otherLink],
    [{ ...shopper, id: "somebody-else" }, undefined],
  ] as const) {
    await expect(asShopper(user).orders.byId({ orderId, accessToken: token })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  }
  await expect(asShopper(null).orders.mine()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

it("an order is shown as placed before its view is there, and the view agrees with that", async () => {
  const { orderId } = await place(shopper);
  const before = await asShopper(shopper).orders.byId({ orderId });
  await shop.settle(createTestGateway());
  const after = await asShopper(shopper).orders.byId({ orderId });
  expect(before.steps.map(({ name }) => name)).toEqual(after.steps.map(({ name }) => name));
  const { lines, total, placedAt } = before;
  expect(after).toMatchObject({ status: "confirmed", lines, total, placedAt });
  expect([before.version, after.version]).toEqual([0, 4]);
});

it("the merchant sees all orders page by page, filtered by status, and a shopper sees none of it", async () => {
  await Promise.all(Array.from({ length: 5 }, () => place(null)));
  await shop.settle(createTestGateway());
  await place(null);
  const all = await asMerchant("viewer").orders.list({ limit: 100 });
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await asMerchant("viewer").orders.list({
      limit: 2,
      status: "confirmed",
      ...(cursor !== undefined && { cursor }),
    });
    seen.push(...page.items.map(({ orderId }) => orderId));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(all.items.filter(({ status }) => status === "confirmed").map(({ orderId }) => orderId));
  expect(seen.length).toBeGreaterThanOrEqual(5);
  await expect(asMerchant("shopper").orders.list()).rejects.toMatchObject({ code: "FORBIDDEN" });
});

it("the merchant finds an order with its address, its stream and its run", async () => {
  const { orderId } = await place(null);
  const found = await asMerchant("viewer").orders.byId({ orderId });
  expect(found).toMatchObject({
    email: "ines@example.com",
    shippingAddress: { city: "Town" },
    streamId: `order-${orderId}`,
    sagaId: `checkout:${orderId}`,
    order: { orderId },
  });
  await expect(asMerchant("viewer").orders.byId({ orderId: "nowhere" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
