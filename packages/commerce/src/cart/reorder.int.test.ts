/** An order once more: what of it is put into a cart, and what is said about the rest. */
import { sql } from "@tillstream/runtime";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { createTestShop, orderInput, shopper, SKUS, testBrowser } from "../testing/index.ts";
import type { TestBrowser, TestShop } from "../testing/index.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

const cartOf = async (browser: TestBrowser) =>
  (await browser.shop().cart.get()).lines.map(({ sku, quantity }) => `${quantity} ${sku}`);

it("what is sold goes into the caller's cart, in quantities that are there, and the rest is told", async () => {
  const ordered = [SKUS.mug, SKUS.lamp, SKUS.rare].map((sku) => ({ sku, quantity: 2 }));
  const { orderId, accessToken } = await placeOrder(shop.context(), orderInput({ lines: ordered }));
  const browser = testBrowser(shop);
  await browser.shop().cart.setQuantity({ sku: SKUS.mug, quantity: 5 });
  const reorder = () => browser.shop({ idempotencyKey: "again" }).orders.reorder({ orderId, accessToken });
  expect((await reorder()).notes).toEqual([]);
  expect(await cartOf(browser)).toEqual(["5 MUG", "2 LAMP", "2 RARE"]);

  await shop.database.query(sql`UPDATE stock SET available = 1 WHERE sku = ${SKUS.rare}`);
  await shop.database.query(sql`UPDATE product_variants SET price = 9900 WHERE sku = ${SKUS.lamp}`);
  await shop.database.query(sql`UPDATE products SET price_from = 9900 WHERE slug = 'lamp'`);
  await shop.database.query(sql`UPDATE order_lines SET sku = 'GONE' WHERE order_id = ${orderId} AND sku = ${SKUS.mug}`);
  const other = testBrowser(shop, shopper);
  const { notes, problems } = await other.shop().orders.reorder({ orderId, accessToken });
  expect(notes).toEqual([
    { sku: "GONE", name: "Mug", wanted: 2, inCart: 0, why: "NOT_SOLD", price: null },
    {
      sku: SKUS.lamp,
      name: "Lamp",
      wanted: 2,
      inCart: 2,
      why: null,
      price: { before: { amount: 8_900, currency: "USD" }, now: { amount: 9_900, currency: "USD" } },
    },
    { sku: SKUS.rare, name: "Rare", wanted: 2, inCart: 1, why: "OUT_OF_STOCK", price: null },
  ]);
  expect(await cartOf(other)).toEqual(["2 LAMP", "1 RARE"]);
  // What the cart holds can be ordered as it is.
  expect(problems).toEqual([]);
  // The same command again is the same answer, and changes nothing.
  expect((await reorder()).notes).toEqual([]);
});
