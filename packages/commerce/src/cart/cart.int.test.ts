import { sql } from "@tillstream/runtime";
import { beforeAll, afterAll, describe, expect, it } from "vitest";
import { createTestShop, orderInput, shopper, SKUS, testBrowser } from "../testing/index.ts";
import type { TestBrowser, TestShop } from "../testing/index.ts";
import { pruneCarts } from "./repository.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

const put = (browser: TestBrowser, quantity: number, sku: string = SKUS.mug) =>
  browser.shop().cart.setQuantity({ sku, quantity });
const linesOf = async (browser: TestBrowser) =>
  (await browser.shop().cart.get()).lines.map(({ sku, quantity }) => `${quantity} ${sku}`);

const someone = (id: string) => ({ ...shopper, id, email: `${id}@example.com` });

describe("a guest's cart", () => {
  it("is empty and has no id until something is put in", async () => {
    expect(await testBrowser(shop).shop().cart.get()).toMatchObject({
      cartId: null,
      version: 0,
      lines: [],
      problems: [],
    });
  });

  it("is known by its cookie, and quantities are absolute", async () => {
    const browser = testBrowser(shop);
    await put(browser, 2);
    await put(browser, 3);
    await put(browser, 1, SKUS.lamp);
    expect(await linesOf(browser)).toEqual(["3 MUG", "1 LAMP"]);
    expect(await linesOf(testBrowser(shop))).toEqual([]);
  });

  it("is not opened by a token of one's own making", async () => {
    const browser = testBrowser(shop);
    const { cartId, token } = await put(browser, 1);
    for (const forged of [`${cartId}.x`, `${cartId}`, `other${token?.slice(5)}`, `${token}x`]) {
      const requestHeaders = new Headers({ cookie: `fernhill.cart=${forged}` });
      expect(await testBrowser(shop).shop({ requestHeaders }).cart.get()).toMatchObject({ cartId: null });
    }
    const requestHeaders = new Headers({ "tillstream-cart": token ?? "" });
    expect(await testBrowser(shop).shop({ requestHeaders }).cart.get()).toMatchObject({ cartId });
  });

  it("keeps a line's place when it is taken out and put back", async () => {
    const browser = testBrowser(shop);
    for (const sku of [SKUS.mug, SKUS.lamp]) await put(browser, 1, sku);
    await put(browser, 0);
    expect(await linesOf(browser)).toEqual(["1 LAMP"]);
    await put(browser, 4);
    expect(await linesOf(browser)).toEqual(["4 MUG", "1 LAMP"]);
  });

  it("changes its version with what is in it, and only then", async () => {
    const browser = testBrowser(shop);
    expect((await put(browser, 1)).version).toBe(1);
    expect((await put(browser, 1)).version).toBe(1);
    expect((await put(browser, 2)).version).toBe(2);
  });

  it("does not go back to an earlier quantity when its command is repeated", async () => {
    const browser = testBrowser(shop);
    await put(browser, 1);
    const first = { idempotencyKey: "first" };
    await browser.shop(first).cart.setQuantity({ sku: SKUS.mug, quantity: 5 });
    await put(browser, 6);
    await browser.shop(first).cart.setQuantity({ sku: SKUS.mug, quantity: 5 });
    expect(await linesOf(browser)).toEqual(["6 MUG"]);
  });

  it("tells what it became for an hour, and not to the next person at that browser", async () => {
    const browser = testBrowser(shop);
    const { cartId, version } = await put(browser, 1);
    const { lines: _, ...delivery } = orderInput();
    const input = { ...delivery, cartId: cartId ?? "", cartVersion: version };
    const { orderId } = await browser.shop().checkout.placeOrder(input);
    expect(await browser.shop().cart.get()).toMatchObject({ lastOrder: { orderId } });
    await shop.database.query(sql`UPDATE orders SET placed_at = now() - interval '61 minutes' WHERE id = ${orderId}`);
    expect(await browser.shop().cart.get()).toMatchObject({ lastOrder: null, lines: [] });
    expect(await browser.shop().checkout.placeOrder(input)).toMatchObject({ orderId });
  });

  it("takes in nothing that the shop does not have, and names the field", async () => {
    await expect(put(testBrowser(shop), 1, "NOPE")).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { code: "UNKNOWN_SKU", fields: [{ field: "sku" }] },
    });
  });
});

describe("an account's cart", () => {
  it("is the same on two devices, and made once however many begin it at once", async () => {
    const user = someone("two-devices");
    const devices = Array.from({ length: 6 }, () => testBrowser(shop, user));
    await Promise.all(devices.map((device, index) => put(device, index + 1, index % 2 === 0 ? SKUS.mug : SKUS.lamp)));
    const carts = await Promise.all(devices.map((device) => device.shop().cart.get()));
    expect(new Set(carts.map(({ cartId }) => cartId)).size).toBe(1);
    expect(carts[0]?.lines.length).toBe(2);
  });

  it("takes over the guest's of this browser, of each item the larger quantity, and says what came along", async () => {
    const browser = testBrowser(shop);
    const user = someone("merges");
    await put(testBrowser(shop, user), 2);
    await put(browser, 1);
    await put(browser, 3, SKUS.lamp);
    browser.user = user;
    expect(await browser.shop().cart.get()).toMatchObject({ guestItems: 4 });
    const { claimed } = await browser.shop().cart.claim();
    expect(claimed).toMatchObject([{ sku: SKUS.lamp, quantity: 3 }]);
    expect(await linesOf(browser)).toEqual(["2 MUG", "3 LAMP"]);
    expect(await browser.shop().cart.claim()).toMatchObject({ claimed: [], guestItems: 0 });
    browser.user = null;
    expect(await linesOf(browser)).toEqual([]);
  });
});

describe("a full cart", () => {
  const SKUS_OF_MANY = Array.from({ length: 160 }, (_, at) => `MANY-${String(at).padStart(3, "0")}`);

  it("takes in nothing more, changes by nothing that it refused, and takes over only what fits", async () => {
    await using own = await createTestShop();
    await own.database.query(sql`
      INSERT INTO product_variants (sku, product_id, name, options, price, currency, image, ordinal)
      SELECT sku, 'mug', sku, '{}', 100, 'USD', '', 1 FROM unnest(${SKUS_OF_MANY}::text[]) sku`);
    const user = someone("fills");
    const [account, guest] = [testBrowser(own, user), testBrowser(own)];
    for (const sku of SKUS_OF_MANY.slice(0, 100)) await put(account, 1, sku);
    for (const sku of SKUS_OF_MANY.slice(60)) await put(guest, 2, sku);
    const before = await account.shop().cart.get();
    const full = { code: "CONFLICT", cause: { code: "CART_FULL" } };
    await expect(put(account, 9, SKUS.mug)).rejects.toMatchObject(full);
    expect(await account.shop().cart.get()).toEqual(before);
    guest.user = user;
    const { lines, claimed } = await guest.shop().cart.claim();
    expect([lines.length, claimed.length]).toEqual([100, 40]);
    await put(account, 0, SKUS_OF_MANY[0]);
    expect((await put(account, 9, SKUS.mug)).lines.length).toBe(100);
  }, 60_000);
});

describe("what has changed since", () => {
  it("is itemised: fewer left, another price, no longer sold", async () => {
    await using own = await createTestShop();
    const browser = testBrowser(own);
    await put(browser, 2, SKUS.rare);
    await browser.shop().cart.setQuantity({ sku: SKUS.mug, quantity: 1, seenPrice: 1_100 });
    await put(browser, 1, SKUS.lamp);
    await own.database.query(sql`UPDATE stock SET available = 1 WHERE sku = 'RARE'`);
    await own.database.query(sql`DELETE FROM stock WHERE sku = 'LAMP'`);
    await own.database.query(sql`DELETE FROM product_variants WHERE sku = 'LAMP'`);
    const cart = await browser.shop().cart.get();
    expect(cart.problems).toMatchObject([
      { kind: "OUT_OF_STOCK", sku: "RARE", left: 1, wanted: 2, field: "lines.0.quantity" },
      { kind: "PRICE_CHANGED", sku: "MUG", before: { amount: 1_100 }, now: { amount: 1_200 } },
      { kind: "UNKNOWN_SKU", sku: "LAMP", name: "Lamp", field: "lines.2.sku" },
    ]);
    expect(cart.total.amount).toBe(2 * 500 + 1_200);
    await put(browser, 1, SKUS.rare);
    await put(browser, 0, SKUS.lamp);
    const prices = [{ sku: SKUS.mug, unitPrice: 1_200 }];
    expect(await browser.shop().cart.acceptPrices({ prices })).toMatchObject({ problems: [] });
    expect(await browser.shop().cart.quote()).toMatchObject({ problems: [], total: { amount: 1_700 } });
  });
});

it("what is added is added, however many add at once; a line takes no more than it may have", async () => {
  const browser = testBrowser(shop);
  await browser.shop().cart.setQuantity({ sku: "MUG", quantity: 1 });
  await Promise.all(Array.from({ length: 10 }, () => browser.shop().cart.add({ sku: "MUG", quantity: 1 })));
  expect((await browser.shop().cart.get()).lines).toMatchObject([{ sku: "MUG", quantity: 11 }]);
  const { lines } = await browser.shop().cart.add({ sku: "MUG", quantity: 999 });
  expect(lines).toMatchObject([{ sku: "MUG", quantity: 999 }]);
  await expect(browser.shop().cart.add({ sku: "MUG", quantity: 0 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

it("a cart that nobody touched for a month is forgotten, and no other", async () => {
  const [left, kept] = [testBrowser(shop), testBrowser(shop)];
  const { cartId } = await put(left, 1);
  await put(kept, 1);
  await shop.database.query(sql`UPDATE carts SET updated_at = now() - interval '31 days' WHERE id = ${cartId}`);
  expect(await pruneCarts(shop.database)).toBe(1);
  expect([await linesOf(left), await linesOf(kept)]).toEqual([[], ["1 MUG"]]);
});
