import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { adminRouter } from "../routers.ts";
import { requestCancellation } from "../shipping/index.ts";
import { createTestGateway, createTestShop, orderInput, shopper, SKUS } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

const admin = (shop: TestShop, role: "viewer" | "operator", idempotencyKey?: string) =>
  createCallerFactory(adminRouter)(
    shop.context({ user: { ...shopper, role }, ...(idempotencyKey !== undefined && { idempotencyKey }) }),
  );

async function place(shop: TestShop, quantity: number, token = "tok_visa"): Promise<string> {
  const input = orderInput({ lines: [{ sku: SKUS.mug, quantity }], payment: { method: "card", token } });
  const placed = await placeOrder(shop.context(), input);
  return placed.orderId;
}

/** Available, reserved, sold. */
async function mugs(shop: TestShop): Promise<readonly number[]> {
  const { items } = await admin(shop, "viewer").stock.list();
  const row = items.find(({ sku }) => sku === SKUS.mug) ?? expect.fail("no mugs");
  return [row.available, row.reserved, row.sold];
}

it("each unit is available, reserved or sold, through confirmation, shipping, cancellation and return", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  expect(await mugs(shop)).toEqual([1_000, 0, 0]);
  const cancelled = await place(shop, 2);
  const kept = await place(shop, 3);
  await place(shop, 5, "tok_chargeDeclined");
  await shop.settle(gateway);
  expect(await mugs(shop)).toEqual([995, 5, 0]);
  await requestCancellation(shop.context(), cancelled);
  await shop.settle(gateway);
  expect(await mugs(shop)).toEqual([997, 3, 0]);
  await shop.ship(gateway);
  expect(await mugs(shop)).toEqual([997, 0, 3]);
  await admin(shop, "operator").orders.receiveReturn({ orderId: kept, reason: "chipped" });
  await shop.settle(gateway);
  expect(await mugs(shop)).toEqual([1_000, 0, 0]);
});

it("a replay of everything counts nothing twice, because of the inbox and of nothing else", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  await place(shop, 4);
  await shop.settle(gateway);
  await shop.ship(gateway);
  const funnel = () => admin(shop, "viewer").analytics.funnelByDay();
  const before = [await mugs(shop), await funnel()];
  expect(before).toMatchObject([[996, 0, 4], [{ placed: 1, paid: 1, confirmed: 1, shipped: 1, cancelled: 0 }]]);
  const rewind = () =>
    shop.database.query(sql`UPDATE consumer_checkpoints SET position = 0 WHERE consumer IN ('stock', 'analytics')`);
  await rewind();
  await shop.settle(gateway);
  expect([await mugs(shop), await funnel()]).toEqual(before);
  await shop.database.query(sql`DELETE FROM processed_events WHERE consumer IN ('stock', 'analytics')`);
  await rewind();
  await shop.settle(gateway);
  expect(await mugs(shop)).toEqual([992, 0, 8]);
  expect(await funnel()).toMatchObject([{ placed: 2, shipped: 2 }]);
});

it("received stock is on the shelf at once and in the view soon, once for its key, with who and why", async () => {
  await using shop = await createTestShop();
  const receipt = { sku: SKUS.rare, quantity: 7, reason: "delivery 4711" };
  const first = await admin(shop, "operator", "delivery-1").stock.receive(receipt);
  expect(first).toEqual({ sku: SKUS.rare, available: 10, version: 1 });
  expect(await admin(shop, "operator", "delivery-1").stock.receive(receipt)).toEqual(first);
  await admin(shop, "operator").stock.receive({ ...receipt, quantity: 1 });
  await shop.settle(createTestGateway());
  const { items } = await admin(shop, "viewer").stock.list({ availableMax: 100 });
  expect(items).toMatchObject([{ sku: SKUS.rare, name: "Rare", available: 11 }]);
  const events = await shop.database.query(sql`
    SELECT event_id AS id, data, metadata ->> 'actor' AS actor FROM events WHERE stream_type = 'stock' ORDER BY version`);
  expect(events).toEqual([
    { id: "stock-RARE:1", data: receipt, actor: `user:${shopper.id}` },
    { id: "stock-RARE:2", data: { ...receipt, quantity: 1 }, actor: `user:${shopper.id}` },
  ]);
});

it("deliveries and orders of one item at the same time leave shelf, ledger and view in agreement", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const deliveries = Array.from({ length: 10 }, (_, index) =>
    admin(shop, "operator").stock.receive({ sku: SKUS.mug, quantity: index + 1, reason: "delivery" }),
  );
  await Promise.all([...deliveries, ...Array.from({ length: 10 }, () => place(shop, 1))]);
  await shop.settle(gateway);
  expect(await mugs(shop)).toEqual([1_045, 10, 0]);
  const shelf = await shop.database.query(sql`
    SELECT available, (SELECT sum(quantity)::int FROM stock_movements movement WHERE movement.sku = stock.sku) AS ledger
    FROM stock WHERE sku = 'MUG'`);
  expect(shelf).toEqual([{ available: 1_045, ledger: 1_045 }]);
});

it("the list comes page by page, each item once", async () => {
  await using shop = await createTestShop();
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await admin(shop, "viewer").stock.list({ limit: 2, ...(cursor !== undefined && { cursor }) });
    seen.push(...page.items.map(({ sku }) => sku));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual([SKUS.lamp, SKUS.mug, SKUS.rare]);
});

it("a viewer receives nothing, and nobody receives what the shop does not sell", async () => {
  await using shop = await createTestShop();
  const receipt = { sku: SKUS.mug, quantity: 1, reason: "delivery" };
  await expect(admin(shop, "viewer").stock.receive(receipt)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(admin(shop, "operator").stock.receive({ ...receipt, sku: "NONE" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(admin(shop, "operator").stock.receive({ ...receipt, quantity: 0 })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});
