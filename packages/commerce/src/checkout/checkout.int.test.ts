import { loadAggregate } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { accountAggregate, commandAccount } from "../account/index.ts";
import type { AccountCommand } from "../account/index.ts";
import { readOrderViews } from "../order/index.ts";
import { createTestGateway, createTestShop, orderInput, shopper, SKUS } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { placeOrder } from "./place-order.ts";
import type { PlaceOrderInput } from "./input.ts";

async function order(
  shop: TestShop,
  input: Partial<PlaceOrderInput> = {},
  user = null as typeof shopper | null,
): Promise<string> {
  const placed = await placeOrder(shop.context({ user }), orderInput(input));
  return placed.orderId;
}

async function view(shop: TestShop, orderId: string) {
  return (await readOrderViews(shop.database, [orderId])).get(orderId) ?? expect.fail("the order is not in its view");
}

const steps = async (shop: TestShop, orderId: string) =>
  Object.fromEntries((await view(shop, orderId)).steps.map(({ name, status }) => [name, status]));
const available = async (shop: TestShop, sku: string) =>
  (await shop.database.query<{ available: number }>(sql`SELECT available FROM stock WHERE sku = ${sku}`))[0]?.available;

it("a paid order is confirmed, its stock taken, its mail sent, its sale counted", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  await shop.settle(gateway);
  expect(await view(shop, orderId)).toMatchObject({ status: "confirmed", total: 2_400, version: 4 });
  expect(await steps(shop, orderId)).toEqual({
    placed: "done",
    paid: "done",
    stockReserved: "done",
    confirmed: "done",
    shipped: "pending",
  });
  expect(await available(shop, SKUS.mug)).toBe(998);
  expect([...gateway.ledger.values()]).toMatchObject([{ orderId, amount: 2_400, refunded: 0 }]);
  expect(await shop.mails()).toMatchObject([{ orderId, subject: expect.stringContaining("is confirmed") }]);
  expect(await shop.database.query(sql`SELECT currency, orders, units, revenue FROM sales_by_day`)).toEqual([
    { currency: "USD", orders: 1, units: 2, revenue: 2_400 },
  ]);
});

it("a declined card cancels the order, and nothing is taken", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop, { payment: { method: "card", token: "tok_chargeDeclined" } });
  await shop.settle(gateway);
  expect(await view(shop, orderId)).toMatchObject({ status: "cancelled", cancelReason: "CARD_DECLINED" });
  expect(await steps(shop, orderId)).toMatchObject({
    paid: "failed",
    stockReserved: "skipped",
    confirmed: "skipped",
    cancelled: "done",
  });
  expect(await available(shop, SKUS.mug)).toBe(1_000);
  expect(gateway.ledger.size).toBe(0);
});

it("of orders for the last items just so many are confirmed, and the others get their money back", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const ids = await Promise.all(
    Array.from({ length: 8 }, () => order(shop, { lines: [{ sku: SKUS.rare, quantity: 1 }] })),
  );
  await shop.settle(gateway);
  const views = await Promise.all(ids.map((id) => view(shop, id)));
  expect(views.filter(({ status }) => status === "confirmed").length).toBe(3);
  expect(views.filter(({ cancelReason }) => cancelReason === "OUT_OF_STOCK").length).toBe(5);
  expect(await available(shop, SKUS.rare)).toBe(0);
  for (const { orderId, status } of views) {
    const [charge] = [...gateway.ledger.values()].filter((entry) => entry.orderId === orderId);
    expect(charge?.refunded).toBe(status === "confirmed" ? 0 : 500);
  }
});

async function credit(shop: TestShop, ...commands: AccountCommand[]): Promise<void> {
  for (const command of commands) {
    await commandAccount(shop.context({ user: shopper }), shopper.id, command, command);
  }
}
const open = { type: "open", accountId: shopper.id, currency: "USD" } as const;
const deposit = (amount: number) => ({ type: "deposit", amount, currency: "USD" }) as const;
const accountOf = async (shop: TestShop) =>
  (await loadAggregate(shop.database, accountAggregate, accountAggregate.streamId(shopper.id))).state;

it("store credit pays like a card: reserved, then taken at the confirmation", async () => {
  await using shop = await createTestShop();
  await credit(shop, open, deposit(10_000));
  const orderId = await order(shop, { payment: { method: "account" } }, shopper);
  await shop.settle(createTestGateway());
  expect(await view(shop, orderId)).toMatchObject({ status: "confirmed" });
  expect(await accountOf(shop)).toMatchObject({
    balance: 7_600,
    holds: { [`hold-${orderId}`]: { status: "captured" } },
  });
  expect(await shop.database.query(sql`SELECT balance, held, available FROM account_view`)).toEqual([
    { balance: 7_600, held: 0, available: 7_600 },
  ]);
});

it("store credit that was reserved for an order without stock is available again", async () => {
  await using shop = await createTestShop();
  await credit(shop, open, deposit(10_000));
  const orderId = await order(
    shop,
    { lines: [{ sku: SKUS.rare, quantity: 3 }], payment: { method: "account" } },
    shopper,
  );
  await shop.database.query(sql`UPDATE stock SET available = 2 WHERE sku = ${SKUS.rare}`);
  await shop.settle(createTestGateway());
  expect(await view(shop, orderId)).toMatchObject({ status: "cancelled", cancelReason: "OUT_OF_STOCK" });
  expect(await accountOf(shop)).toMatchObject({
    balance: 10_000,
    holds: { [`hold-${orderId}`]: { status: "released" } },
  });
  const types = await shop.database.query<{ type: string }>(sql`SELECT type FROM account_statement ORDER BY version`);
  expect(types.map(({ type }) => type)).toEqual(["opened", "deposit", "hold", "release"]);
});

it("too little store credit cancels the order and moves no money", async () => {
  await using shop = await createTestShop();
  await credit(shop, open, deposit(100));
  const orderId = await order(shop, { payment: { method: "account" } }, shopper);
  await shop.settle(createTestGateway());
  expect(await view(shop, orderId)).toMatchObject({ status: "cancelled", cancelReason: "INSUFFICIENT_FUNDS" });
  expect(await accountOf(shop)).toMatchObject({ balance: 100, holds: {} });
});
