import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTestDatabase } from "@tillstream/db/testing";
import { sql, uuidGenerator } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { adminRouter, shopRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "../testing/index.ts";
import { orderNumber } from "./number.ts";

const MIGRATIONS = join(import.meta.dirname, "../../../../prisma/migrations");
const THIS_MIGRATION = "20261128171500_find_orders";
const IDS = [...Array.from({ length: 200 }, () => uuidGenerator.next()), "old-42-1", "7", "an id with Ünïcödé 🌿"];

it("SQL works out the same numbers", async () => {
  await using test = await createTestDatabase();
  const rows = await test.database.query<{ id: string; number: string }>(sql`
    SELECT id, order_number(id) AS number FROM unnest(${IDS}::text[]) AS id`);
  expect(rows).toEqual(IDS.map((id) => ({ id, number: orderNumber(id) })));
});

it("the migration gives every order of a database with data its number, and the old ones are looked for like new ones", async () => {
  await using test = await createTestDatabase();
  await test.pool.query("DROP SCHEMA rebuild, public CASCADE; CREATE SCHEMA public");
  const scripts = readdirSync(MIGRATIONS)
    .filter((name) => /^\d/.test(name))
    .toSorted();
  const run = (name: string) => test.pool.query(readFileSync(join(MIGRATIONS, name, "migration.sql"), "utf8"));
  for (const name of scripts.filter((script) => script < THIS_MIGRATION)) await run(name);
  await test.database.query(sql`
    INSERT INTO orders (id, version, status, email, shipping_address, payment_method, total, currency, placed_at, updated_at)
    SELECT id, 1, 'pending', 'ines@example.com', '{"name": "Ines"}', 'card', 1, 'USD', now(), now() FROM unnest(${IDS}::text[]) AS id`);
  await run(THIS_MIGRATION);
  const rows = await test.database.query<{ id: string; number: string }>(sql`SELECT id, number FROM orders`);
  expect(Object.fromEntries(rows.map(({ id, number }) => [id, number]))).toEqual(
    Object.fromEntries(IDS.map((id) => [id, orderNumber(id)])),
  );
  const byName = await test.database.query(sql`
    SELECT FROM orders WHERE name_words(shipping_address ->> 'name') @@ to_tsquery('simple', 'in:*')`);
  expect(byName).toHaveLength(IDS.length);
});

it("the number is on the row, in the answer of the command, and wherever the order is read", async () => {
  await using shop = await createTestShop();
  const placed = await placeOrder(shop.context({ user: shopper }), orderInput());
  const { orderId, number } = placed;
  expect(number).toBe(orderNumber(orderId));
  expect(await shop.database.query(sql`SELECT number FROM orders`)).toEqual([{ number }]);
  const inShop = createCallerFactory(shopRouter)(shop.context({ user: shopper }));
  const inConsole = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } }));
  const early = await inShop.orders.byId({ orderId });
  await shop.settle(createTestGateway());
  const read = [
    early,
    await inShop.orders.byId({ orderId }),
    ...(await inShop.orders.mine()).items,
    ...(await inConsole.orders.list()).items,
    (await inConsole.orders.byId({ orderId })).order,
  ];
  expect(read.map((order) => order?.number)).toEqual(Array.from({ length: 5 }, () => number));
  expect((await inConsole.mail.list()).items).toMatchObject([{ orderNumber: number }]);
});

it("an order whose number is taken gets another id, and with it another number; its key keeps one answer", async () => {
  await using shop = await createTestShop();
  const [taken = "", free = ""] = IDS;
  await shop.database.query(sql`
    INSERT INTO orders (id, number, version, status, email, shipping_address, payment_method, total, currency, placed_at, updated_at)
    VALUES ('another', ${orderNumber(taken)}, 1, 'pending', '', '{}', 'card', 1, 'USD', now(), now())`);
  const ids = [taken, free];
  const context = shop.context({ ids: { next: () => ids.shift() ?? expect.fail("asked for a third id") } });
  const placed = await placeOrder(context, orderInput());
  expect(placed).toMatchObject({ orderId: free, number: orderNumber(free) });
  expect(await placeOrder(shop.context({ idempotencyKey: context.idempotencyKey }), orderInput())).toEqual(placed);
  const [count] = await shop.database.query<{ orders: number; lines: number; events: number }>(sql`
    SELECT (SELECT count(*)::int FROM orders) AS orders, (SELECT count(*)::int FROM order_lines) AS lines,
           (SELECT count(*)::int FROM events WHERE type = 'OrderCreated') AS events`);
  expect(count).toEqual({ orders: 2, lines: 1, events: 1 });
});

it("a number that is taken again and again is a fault, not an endless search", async () => {
  await using shop = await createTestShop();
  const stuck = () => placeOrder(shop.context({ ids: { next: () => "always-this" } }), orderInput());
  await shop.database.query(sql`
    INSERT INTO orders (id, number, version, status, email, shipping_address, payment_method, total, currency, placed_at, updated_at)
    VALUES ('another', ${orderNumber("always-this")}, 1, 'pending', '', '{}', 'card', 1, 'USD', now(), now())`);
  await expect(stuck()).rejects.toThrow(/orders_number_key/);
});
