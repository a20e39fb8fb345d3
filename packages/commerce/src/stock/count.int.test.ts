import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "@tillstream/runtime";
import { createCallerFactory, errorData } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import fc from "fast-check";
import { expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { adminRouter } from "../routers.ts";
import { requestCancellation } from "../shipping/index.ts";
import { createTestGateway, createTestShop, orderInput, shopper, SKUS } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

const MIGRATION = readFileSync(
  join(import.meta.dirname, "../../../../prisma/migrations/20261130110000_stock_ledger/migration.sql"),
  "utf8",
);

const gateway = createTestGateway();
const sku = SKUS.mug;
const reason = "the yearly count";

const olga = (shop: TestShop, idempotencyKey?: string) =>
  createCallerFactory(adminRouter)(
    shop.context({
      user: { ...shopper, id: "olga", role: "operator" },
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    }),
  );

async function place(shop: TestShop, quantity: number): Promise<string> {
  const placed = await placeOrder(shop.context(), orderInput({ lines: [{ sku, quantity }] }));
  return placed.orderId;
}

/** Available and on hand, as the view has them. */
async function seen(shop: TestShop) {
  const { available, reserved } = await olga(shop).stock.bySku({ sku });
  return { available, onHand: available + reserved };
}

/** Everything that happens to an item, but a count. */
async function history(shop: TestShop) {
  const sent = await place(shop, 3);
  await shop.settle(gateway);
  const cancelled = await place(shop, 2);
  await shop.settle(gateway);
  await requestCancellation(shop.context(), cancelled);
  await shop.settle(gateway);
  await olga(shop).stock.receive({ sku, quantity: 20, reason: "delivery 4711" });
  await shop.settle(gateway);
  await shop.ship(gateway);
  await olga(shop).orders.receiveReturn({ orderId: sent, reason: "chipped" });
  await shop.settle(gateway);
  const open = await place(shop, 4);
  await shop.settle(gateway);
  return { sent, cancelled, open };
}

it("a count sets what is on hand, and the ledger tells each change with who made it and for which order", async () => {
  await using shop = await createTestShop();
  await shop.database.query(sql`
    INSERT INTO auth_users (id, name, email, role) VALUES ('olga', 'Olga', 'olga@example.com', 'operator')`);
  const { sent, cancelled, open } = await history(shop);
  const count = { sku, counted: 1_010, expected: 1_020, reason };
  const counted = await olga(shop, "count-1").stock.count(count);
  expect(counted).toMatchObject({ available: 1_006, reserved: 4, onHand: 1_010, difference: -10 });
  expect(await olga(shop, "count-1").stock.count(count)).toEqual(counted);
  await shop.settle(gateway);
  expect(await seen(shop)).toEqual({ available: 1_006, onHand: 1_010 });
  const { items } = await olga(shop).stock.ledger({ sku });
  expect(items.map(({ kind, quantity, available, onHand }) => [kind, quantity, available, onHand])).toEqual([
    ["counted", -10, 1_006, 1_010],
    ["reserved", -4, 1_016, 1_020],
    ["returned", 3, 1_020, 1_020],
    ["shipped", -3, 1_017, 1_017],
    ["received", 20, 1_017, 1_020],
    ["released", 2, 997, 1_000],
    ["reserved", -2, 995, 1_000],
    ["reserved", -3, 997, 1_000],
  ]);
  expect(items.map(({ order }) => order?.id ?? null)).toEqual([
    null,
    open,
    sent,
    sent,
    null,
    cancelled,
    cancelled,
    sent,
  ]);
  expect(items[0]).toMatchObject({ by: "Olga", reason, eventId: `stock-${sku}:2` });
  expect(items[4]).toMatchObject({ by: "Olga", reason: "delivery 4711", eventId: `stock-${sku}:1` });
  const first = await olga(shop).stock.ledger({ sku, limit: 5 });
  const rest = await olga(shop).stock.ledger({ sku, limit: 5, cursor: first.nextCursor ?? "" });
  expect([...first.items, ...rest.items]).toEqual(items);
  expect(rest.nextCursor).toBeNull();
});

it("a shelf holds so much, and what is received beyond it is refused by its field", async () => {
  await using shop = await createTestShop();
  await olga(shop).stock.count({ sku, counted: 99_999_990, reason });
  const receive = (quantity: number) => olga(shop).stock.receive({ sku, quantity, reason: "delivery 4711" });
  const refused = await receive(11).catch((thrown: unknown) => thrown);
  expect(refused instanceof TRPCError && errorData(refused)).toMatchObject({
    reason: "INVALID_INPUT",
    fields: [{ field: "quantity", rule: "<= 10" }],
  });
  expect(await receive(10)).toMatchObject({ available: 100_000_000 });
});

it("the ledger that the migration makes of a history is the one that the consumer kept", async () => {
  await using shop = await createTestShop();
  await history(shop);
  const kept = await olga(shop).stock.ledger({ sku });
  await shop.database.query(sql`TRUNCATE stock_ledger RESTART IDENTITY`);
  await shop.test.pool.query(MIGRATION.slice(MIGRATION.indexOf("WITH entry")));
  expect(await olga(shop).stock.ledger({ sku })).toEqual(kept);
});

it("an order that is placed during a count changes nothing of it", async () => {
  await using shop = await createTestShop();
  const { onHand } = await seen(shop);
  await place(shop, 5);
  await shop.settle(gateway);
  await olga(shop).stock.count({ sku, counted: 998, expected: onHand, reason });
  await shop.settle(gateway);
  expect(await seen(shop)).toEqual({ available: 993, onHand: 998 });
});

it("a parcel that left during a count refuses it and says so, and one that came back counts before the books have it", async () => {
  await using shop = await createTestShop();
  const orderId = await place(shop, 2);
  await shop.settle(gateway);
  const { onHand: expected } = await seen(shop);
  await shop.ship(gateway);
  await expect(olga(shop).stock.count({ sku, counted: 998, expected, reason })).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringMatching(/1000 were on hand, and now 998 are \(since then: shipped 2\)/),
    cause: { code: "STOCK_CHANGED", fields: [{ field: "expected" }] },
  });
  expect(await seen(shop)).toEqual({ available: 998, onHand: 998 });
  await olga(shop).orders.receiveReturn({ orderId, reason: "chipped" });
  const none = expect(olga(shop).stock.count({ sku, counted: 1, reason })).rejects;
  await none.toMatchObject({ cause: { code: "COUNT_BELOW_RESERVED" } });
  expect(await olga(shop).stock.count({ sku, counted: 1_000, reason })).toMatchObject({ difference: 0 });
  await shop.settle(gateway);
  expect(await seen(shop)).toEqual({ available: 1_000, onHand: 1_000 });
});

it.each([false, true])(
  "a part that is paid back and goes on the shelf is on hand once, whether it had left: %s",
  async (hadLeft) => {
    await using shop = await createTestShop();
    const orderId = await place(shop, 3);
    await shop.settle(gateway);
    if (hadLeft) await shop.ship(gateway);
    const before = await olga(shop).stock.bySku({ sku });
    const onHand = before.available + before.reserved + (hadLeft ? 1 : 0);
    const lines = [{ sku, quantity: 1 }];
    await olga(shop).orders.refundLines({ orderId, lines, restock: true, to: "card", reason: "chipped" });
    expect(await olga(shop).stock.count({ sku, counted: onHand, reason })).toMatchObject({ difference: 0 });
    await shop.settle(gateway);
    expect(await olga(shop).stock.count({ sku, counted: onHand, reason })).toMatchObject({ difference: 0 });
    await shop.settle(gateway);
    expect(await olga(shop).stock.bySku({ sku })).toMatchObject({ available: 998, reserved: hadLeft ? 0 : 2 });
    const [entry] = (await olga(shop).stock.ledger({ sku })).items.filter(({ kind }) => kind === "restocked");
    expect(entry).toMatchObject({ quantity: 1, onHand });
  },
);

it("what goes on the shelf again counts while its order leaves, and what is written off does not, before the books have either", async () => {
  await using shop = await createTestShop();
  const orderId = await place(shop, 4);
  await shop.settle(gateway);
  await shop.database.query(sql`UPDATE consumer_checkpoints SET status = 'paused' WHERE consumer = 'stock'`);
  const part = { orderId, lines: [{ sku, quantity: 1 }], to: "card" as const, reason: "dropped" };
  await olga(shop).orders.refundLines({ ...part, restock: true });
  await olga(shop).orders.refundLines({ ...part, restock: false });
  expect(await olga(shop).stock.count({ sku, counted: 999, reason })).toMatchObject({ difference: 0 });
  await shop.settle(gateway);
  await shop.ship(gateway);
  expect(await olga(shop).stock.count({ sku, counted: 997, reason })).toMatchObject({ difference: 0 });
  await shop.database.query(sql`UPDATE consumer_checkpoints SET status = 'running' WHERE consumer = 'stock'`);
  await shop.settle(gateway);
  expect(await olga(shop).stock.bySku({ sku })).toMatchObject({ available: 997, reserved: 0, sold: 2 });
  const { items } = await olga(shop).stock.ledger({ sku });
  expect(items.map(({ kind, quantity, onHand }) => [kind, quantity, onHand])).toEqual([
    ["shipped", -2, 997],
    ["written off", -1, 999],
    ["restocked", 1, 1_000],
    ["reserved", -4, 1_000],
  ]);
});

it("fewer than are reserved cannot be counted", async () => {
  await using shop = await createTestShop();
  await place(shop, 5);
  await shop.settle(gateway);
  const short = expect(olga(shop).stock.count({ sku, counted: 4, reason })).rejects;
  await short.toMatchObject({
    code: "CONFLICT",
    cause: { code: "COUNT_BELOW_RESERVED", fields: [{ field: "counted" }] },
  });
  expect(await olga(shop).stock.count({ sku, counted: 5, reason })).toMatchObject({ available: 0, reserved: 5 });
});

it("whatever crosses, what is on hand is what was received and counted without what was shipped", async () => {
  await using shop = await createTestShop();
  const step = fc.oneof(
    fc.record({ what: fc.constant("count" as const), units: fc.integer({ min: 600, max: 1_400 }) }),
    fc.record({ what: fc.constant("receive" as const), units: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ what: fc.constant("order" as const), units: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ what: fc.constant("ship" as const), units: fc.constant(0) }),
  );
  const carryOut = ({ what, units }: { what: "count" | "receive" | "order" | "ship"; units: number }) => {
    if (what === "count") return olga(shop).stock.count({ sku, counted: units, reason });
    if (what === "receive") return olga(shop).stock.receive({ sku, quantity: units, reason });
    return what === "order" ? place(shop, units) : shop.ship(gateway);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      await Promise.all([...steps.map(carryOut), shop.settle(gateway)]);
      await shop.settle(gateway);
      const [books] = await shop.database.query(sql`
        SELECT (SELECT sum(quantity)::int FROM stock_movements WHERE sku = ${sku} AND kind IN ('received', 'counted'))
             - (SELECT coalesce(sum(line.quantity), 0)::int FROM order_lines line JOIN orders o ON o.id = order_id WHERE line.sku = ${sku} AND o.status = 'shipped') AS "onHand",
               (SELECT available FROM stock WHERE sku = ${sku}) AS available`);
      expect(await seen(shop)).toEqual(books);
      const [latest] = (await olga(shop).stock.ledger({ sku, limit: 1 })).items;
      expect(latest ?? books).toMatchObject(books ?? {});
    }),
    { numRuns: 8 },
  );
});

it("an item that was never stocked is listed, found, counted and stocked by that", async () => {
  await using shop = await createTestShop();
  await shop.database.query(sql`
    INSERT INTO product_variants (sku, product_id, name, options, price, currency, image, ordinal)
    VALUES ('MUG-NEW', 'mug', 'New', '{}', 1200, 'USD', '', 1)`);
  const found = async (search: string) => (await olga(shop).stock.list({ search })).items.map((item) => item.sku);
  expect(await found("mug-n")).toEqual(["MUG-NEW"]);
  expect([await found("a mug"), await found("zeppelin")]).toEqual([["MUG", "MUG-NEW"], []]);
  expect((await olga(shop).stock.list({ availableMax: 2 })).items).toMatchObject([{ sku: "MUG-NEW", available: 0 }]);
  await olga(shop).stock.count({ sku: "MUG-NEW", counted: 6, expected: 0, reason });
  await shop.settle(gateway);
  expect(await olga(shop).stock.bySku({ sku: "MUG-NEW" })).toMatchObject({ available: 6, version: 1 });
  const { stock } = olga(shop);
  const unknown = [
    () => stock.bySku({ sku: "NONE" }),
    () => stock.ledger({ sku: "NONE" }),
    () => stock.count({ sku: "NONE", counted: 1, reason }),
  ];
  for (const ask of unknown)
    await expect(ask()).rejects.toMatchObject({ code: "NOT_FOUND", cause: { code: "UNKNOWN_SKU" } });
});
