/** One intention, one order: what makes it one is the cart, not a key, a tab or a session. */
import { sql } from "@tillstream/runtime";
import { describe, expect, it } from "vitest";
import { createTestGateway, createTestShop, orderInput, shopper, SKUS, testBrowser } from "../testing/index.ts";
import type { TestBrowser, TestShop } from "../testing/index.ts";

const { lines: _lines, ...delivery } = orderInput();

async function filled(browser: TestBrowser, quantity = 2) {
  const { cartId, version } = await browser.shop().cart.setQuantity({ sku: SKUS.mug, quantity });
  return { ...delivery, cartId: cartId ?? expect.fail(), cartVersion: version };
}

const CHANGED = { code: "CONFLICT", cause: { code: "CART_CHANGED", fields: [{ field: "cartVersion" }] } };

const ordersIn = async (shop: TestShop) =>
  shop.database.query<{ status: string }>(sql`SELECT status FROM orders ORDER BY placed_at`);

async function settled(shop: TestShop, orders: number): Promise<void> {
  const gateway = createTestGateway();
  await shop.settle(gateway);
  expect([(await ordersIn(shop)).length, gateway.ledger.size]).toEqual([orders, orders]);
}

const expireKeys = (shop: TestShop) =>
  shop.database.query(sql`UPDATE idempotency_keys SET expires_at = now() - interval '1 hour'`);

describe("one cart", () => {
  it("is one order, however many press at once, each with a key of its own", async () => {
    await using shop = await createTestShop();
    for (let round = 0; round < 5; round += 1) {
      const browser = testBrowser(shop);
      const input = await filled(browser);
      const answers = await Promise.all(Array.from({ length: 12 }, () => browser.shop().checkout.placeOrder(input)));
      expect(new Set(answers.map(({ orderId }) => orderId)).size).toBe(1);
    }
    await settled(shop, 5);
  });

  it("is one order for a guest who signs in before asking again, and for one who signed out", async () => {
    await using shop = await createTestShop();
    const browser = testBrowser(shop);
    const input = { ...(await filled(browser)), as: "guest" };
    const first = await browser.shop().checkout.placeOrder(input);
    browser.user = shopper;
    expect(await browser.shop().checkout.placeOrder(input)).toMatchObject({ orderId: first.orderId });
    expect(await browser.shop().cart.get()).toMatchObject({ lastOrder: { orderId: first.orderId } });
    browser.user = null;
    expect(await browser.shop().checkout.placeOrder(input)).toMatchObject({ orderId: first.orderId });
    await settled(shop, 1);
  });

  it("is what a guest who signs in is told of, and not the account's order of last week", async () => {
    await using shop = await createTestShop();
    const browser = testBrowser(shop, shopper);
    const before = await filled(browser);
    const lastWeek = await browser.shop().checkout.placeOrder(before);
    await shop.settle(createTestGateway());
    const elsewhere = testBrowser(shop);
    const input = await filled(elsewhere);
    const { orderId } = await elsewhere.shop().checkout.placeOrder(input);
    elsewhere.user = shopper;
    expect(lastWeek.orderId < orderId).toBe(true);
    expect(await elsewhere.shop().cart.get()).toMatchObject({ customerId: shopper.id, lastOrder: { orderId } });
  });

  it("is one order after its key's life, and after its own", async () => {
    await using shop = await createTestShop();
    const browser = testBrowser(shop);
    const input = await filled(browser);
    const key = { idempotencyKey: "yesterday" };
    const first = await browser.shop(key).checkout.placeOrder(input);
    await expireKeys(shop);
    await shop.services.cache.delete("idempotency:checkout.placeOrder:yesterday");
    expect(await browser.shop(key).checkout.placeOrder(input)).toMatchObject({ orderId: first.orderId });
    await shop.database.query(sql`DELETE FROM carts`);
    expect(await browser.shop().checkout.placeOrder(input)).toMatchObject({ orderId: first.orderId });
    await settled(shop, 1);
  });

  it("is one order from a tab that still shows what was in it before", async () => {
    await using shop = await createTestShop();
    const browser = testBrowser(shop);
    const before = await filled(browser, 1);
    const now = await filled(browser, 2);
    await expect(browser.shop().checkout.placeOrder(before)).rejects.toMatchObject(CHANGED);
    const placed = await browser.shop().checkout.placeOrder(now);
    expect(placed.total.amount).toBe(2_400);
    expect(await browser.shop().checkout.placeOrder(before)).toMatchObject({ orderId: placed.orderId });
    await settled(shop, 1);
  });

  it("cannot be changed while it is ordered, and is another one once that is confirmed", async () => {
    await using shop = await createTestShop();
    const browser = testBrowser(shop);
    const input = await filled(browser);
    const { orderId } = await browser.shop().checkout.placeOrder(input);
    await expect(filled(browser, 5)).rejects.toMatchObject({ cause: { code: "CART_FROZEN" } });
    expect(await browser.shop().cart.get()).toMatchObject({ status: "ordered", lines: [{ quantity: 2 }] });
    await settled(shop, 1);
    expect(await browser.shop().cart.get()).toMatchObject({
      cartId: null,
      lines: [],
      lastOrder: { orderId, status: "confirmed" },
    });
    const next = await filled(browser, 1);
    expect(next.cartId).not.toBe(input.cartId);
    await expect(browser.shop().checkout.placeOrder(input)).rejects.toMatchObject(CHANGED);
    expect((await ordersIn(shop)).length).toBe(1);
  });

  it("changed by one tab while another orders it is either ordered as it was seen or not at all", async () => {
    await using shop = await createTestShop();
    for (let round = 0; round < 20; round += 1) {
      const browser = testBrowser(shop);
      const input = await filled(browser, 1);
      const [placed, changed] = await Promise.allSettled([
        browser.shop().checkout.placeOrder(input),
        browser.shop().cart.setQuantity({ sku: SKUS.mug, quantity: 7 }),
      ]);
      expect([placed.status, changed.status].toSorted()).toEqual(["fulfilled", "rejected"]);
    }
    const quantities = await shop.database.query<{ quantity: number }>(sql`SELECT DISTINCT quantity FROM order_lines`);
    expect(quantities.every(({ quantity }) => quantity === 1)).toBe(true);
  });

  it("of an account is not ordered without a session: the refusal offers to sign in", async () => {
    await using shop = await createTestShop();
    const browser = testBrowser(shop, shopper);
    const input = { ...(await filled(browser)), as: shopper.id };
    browser.user = null;
    const signedOut = { code: "UNAUTHORIZED", cause: { code: "SIGNED_OUT" } };
    await expect(browser.shop().checkout.placeOrder(input)).rejects.toMatchObject(signedOut);
    browser.user = { ...shopper, id: "somebody-else", email: "else@example.com" };
    await expect(browser.shop().checkout.placeOrder(input)).rejects.toMatchObject(CHANGED);
    browser.user = shopper;
    const { orderId } = await browser.shop().checkout.placeOrder(input);
    browser.user = null;
    await expect(browser.shop().checkout.placeOrder(input)).rejects.toMatchObject(signedOut);
    browser.user = shopper;
    expect(await browser.shop().checkout.placeOrder(input)).toMatchObject({ orderId });
    await settled(shop, 1);
  });
});

describe("a declined card", () => {
  it("leaves the cart as it was, open again, and the next try is another order of the same cart", async () => {
    await using shop = await createTestShop();
    const browser = testBrowser(shop);
    const input = await filled(browser);
    const declined = { ...input, payment: { method: "card", token: "tok_chargeDeclined" } } as const;
    const first = await browser.shop().checkout.placeOrder(declined);
    await settled(shop, 0).catch(() => undefined);
    const cart = await browser.shop().cart.get();
    expect(cart).toMatchObject({
      cartId: input.cartId,
      status: "open",
      lines: [{ sku: SKUS.mug, quantity: 2 }],
      lastOrder: { orderId: first.orderId, status: "cancelled", cancelReason: "CARD_DECLINED" },
    });
    expect(await browser.shop().checkout.placeOrder(declined)).toMatchObject({ orderId: first.orderId });
    expect(
      (await browser.shop().orders.aftercare({ orderId: first.orderId, accessToken: first.accessToken })).paidSince,
    ).toBe(false);
    const second = await browser.shop().checkout.placeOrder({ ...input, cartVersion: cart.version });
    expect(second.orderId).not.toBe(first.orderId);
    const gateway = createTestGateway();
    await shop.settle(gateway);
    expect((await ordersIn(shop)).map(({ status }) => status)).toEqual(["cancelled", "confirmed"]);
    expect(
      (await browser.shop().orders.aftercare({ orderId: first.orderId, accessToken: first.accessToken })).paidSince,
    ).toBe(true);
    expect([...gateway.ledger.values()]).toMatchObject([{ orderId: second.orderId, refunded: 0 }]);
  });
});

describe("lines without a cart", () => {
  it("are one order under their key, first without a session and then with one, and past the key's life", async () => {
    await using shop = await createTestShop();
    const browser = testBrowser(shop);
    const key = { idempotencyKey: "one-intention" };
    const first = await browser.shop(key).checkout.placeOrder(orderInput());
    browser.user = shopper;
    expect(await browser.shop(key).checkout.placeOrder(orderInput())).toEqual(first);
    await expireKeys(shop);
    await shop.services.cache.delete("idempotency:checkout.placeOrder:one-intention");
    expect(await browser.shop(key).checkout.placeOrder(orderInput())).toMatchObject({ orderId: first.orderId });
    await settled(shop, 1);
  });
});

it("lines under an expired key that took the last pieces are that order, and not sold out", async () => {
  await using shop = await createTestShop();
  const key = { idempotencyKey: "the last three" };
  const input = orderInput({ lines: [{ sku: SKUS.rare, quantity: 3 }] });
  const first = await testBrowser(shop).shop(key).checkout.placeOrder(input);
  await settled(shop, 1);
  await expireKeys(shop);
  await shop.services.cache.delete("idempotency:checkout.placeOrder:the last three");
  expect(await testBrowser(shop).shop(key).checkout.placeOrder(input)).toMatchObject({ orderId: first.orderId });
});

describe("what is known to be missing", () => {
  it.each([
    [9, 2, "lines.0.quantity", "Only 2 of Rare are left, not 9."],
    [1, 0, "lines.0.quantity", "Rare is sold out."],
  ])(
    "%i wanted and %i left is refused by its line before anything is charged",
    async (quantity, left, field, message) => {
      await using shop = await createTestShop();
      const browser = testBrowser(shop);
      const { cartId, version } = await browser.shop().cart.setQuantity({ sku: SKUS.rare, quantity });
      await shop.database.query(sql`UPDATE stock SET available = ${left} WHERE sku = 'RARE'`);
      const inCart = { ...delivery, cartId: cartId ?? "", cartVersion: version };
      const inLines = orderInput({ lines: [{ sku: SKUS.rare, quantity }] });
      for (const input of [inCart, inLines]) {
        await expect(browser.shop().checkout.placeOrder(input)).rejects.toMatchObject({
          code: "CONFLICT",
          message,
          cause: { code: "OUT_OF_STOCK", fields: [{ field, message }] },
        });
      }
      await settled(shop, 0);
    },
  );

  it("a price that is not the one that was seen is refused by its line", async () => {
    await using shop = await createTestShop();
    const browser = testBrowser(shop);
    const input = await filled(browser);
    await shop.database.query(sql`UPDATE product_variants SET price = 1500 WHERE sku = 'MUG'`);
    await expect(browser.shop().checkout.placeOrder(input)).rejects.toMatchObject({
      cause: { code: "PRICE_CHANGED", fields: [{ field: "lines.0.unitPrice" }] },
    });
    await settled(shop, 0);
  });
});
