/** What stands beside what: by the colours that things share, by what was really sold, and by address. */
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { shopRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, SKUS } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  const { database } = shop;
  await database.query(sql`
    INSERT INTO categories (slug, name, summary, image, ordinal) VALUES ('cups', 'Cups', '', '', 1), ('cloths', 'Cloths', '', '', 2)`);
  await database.query(sql`
    INSERT INTO products (id, slug, name, category, summary, description, details, image, ordinal, price_from, currency)
    SELECT slug, slug, slug, category, '', '', '{}', '', ordinal, 1000, 'USD'
    FROM (VALUES ('cup', 'cups', 10), ('other-cup', 'cups', 11), ('cloth', 'cloths', 12), ('sold-out-cloth', 'cloths', 13), ('plain-cloth', 'cloths', 14),
                 ('without-variants', 'cups', 15)) AS row(slug, category, ordinal)`);
  await database.query(sql`
    INSERT INTO product_variants (sku, product_id, name, options, price, currency, image, ordinal)
    SELECT sku, product, colour, jsonb_build_object('colour', colour, 'size', 'Large'), 1000, 'USD', '', ordinal
    FROM (VALUES ('CUP-1', 'cup', 'Moss', 0), ('CUP-2', 'cup', 'Clay', 1), ('OTHER-1', 'other-cup', 'Ink', 0), ('CLOTH-1', 'cloth', 'Moss', 0),
                 ('GONE-1', 'sold-out-cloth', 'Clay', 0), ('PLAIN-1', 'plain-cloth', 'Chalk', 0)) AS row(sku, product, colour, ordinal)`);
  await database.query(sql`
    INSERT INTO stock (sku, available) VALUES ('CUP-1', 10), ('CUP-2', 2), ('OTHER-1', 10), ('CLOTH-1', 10), ('GONE-1', 0), ('PLAIN-1', 10)`);
});
afterAll(() => shop[Symbol.asyncDispose]());

const catalogue = () => createCallerFactory(shopRouter)(shop.context()).catalogue;
const slugsOf = (cards: readonly { slug: string }[]) => cards.map(({ slug }) => slug);

it("what shares a colour goes well with a product, other shelves first, then its own shelf; nothing that is sold out", async () => {
  expect(slugsOf(await catalogue().companions({ slug: "cup", limit: 12 }))).toEqual(["cloth", "other-cup"]);
  expect(slugsOf(await catalogue().companions({ slug: "cup", limit: 1 }))).toEqual(["cloth"]);
  expect(await catalogue().companions({ slug: "nothing", limit: 4 })).toEqual([]);
});

it("cards come in the order that was asked for, and are those of the lists", async () => {
  const cards = await catalogue().cards({ slugs: ["cloth", "nothing", "cup", "cloth", "without-variants"] });
  expect(slugsOf(cards)).toEqual(["cloth", "cup"]);
  const { items } = await catalogue().list({ category: "cups" });
  expect(items).toContainEqual(cards[1]);
  expect(slugsOf(items)).not.toContain("without-variants");
});

it("the best seller is what was ordered most; a cancelled order sells nothing", async () => {
  const gateway = createTestGateway();
  const order = (sku: string, quantity: number, more = {}) =>
    placeOrder(shop.context(), orderInput({ lines: [{ sku, quantity }], ...more }));
  await order(SKUS.mug, 5);
  await order(SKUS.lamp, 7);
  const cancelled = await order(SKUS.rare, 1);
  await shop.settle(gateway);
  await shop.database.query(sql`UPDATE orders SET status = 'cancelled' WHERE id = ${cancelled.orderId}`);
  expect(await catalogue().bestSellers({ limit: 3 })).toEqual(["lamp", "mug"]);
});

it("the stock of a product's variants is told in their order, in the bands of its page", async () => {
  expect(await catalogue().stock({ slug: "cup" })).toEqual([
    { sku: "CUP-1", stock: "in" },
    { sku: "CUP-2", stock: "low" },
  ]);
  expect(await catalogue().stock({ slug: "nothing" })).toEqual([]);
});

it("every product that can be shown has an address, and no other", async () => {
  const addresses = await catalogue().addresses();
  expect(slugsOf(addresses)).toEqual([
    "mug",
    "lamp",
    "rare",
    "cup",
    "other-cup",
    "cloth",
    "sold-out-cloth",
    "plain-cloth",
  ]);
  expect(addresses[0]?.updatedAt).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});
