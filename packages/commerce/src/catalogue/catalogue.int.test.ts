import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { shopRouter } from "../routers.ts";
import { createTestShop } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { priceVariants, SORTS } from "./queries.ts";

const PRODUCTS = 23;

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  await shop.database.query(
    sql`INSERT INTO categories (slug, name, summary, image, ordinal) VALUES ('tables', 'Tables', '', '', 1)`,
  );
  // Prices, names and ordinals repeat, so that only the id tells some products apart.
  await shop.database.query(sql`
    INSERT INTO products (id, slug, name, category, summary, description, details, image, ordinal, price_from, currency)
    SELECT 'p' || n, 'p' || n, 'Oak table ' || n % 4, 'tables', 'A table of oak', 'Stands on four legs.', ARRAY['oak'], '', n % 3, 1000 * (n % 5), 'USD'
    FROM generate_series(1, ${PRODUCTS}::int) n`);
  await shop.database.query(sql`
    INSERT INTO product_variants (sku, product_id, name, options, price, currency, image, ordinal)
    SELECT product.id || '-' || size, product.id, size, jsonb_build_object('size', size), price_from + extra, 'USD', '', extra
    FROM products product, (VALUES ('small', 0), ('large', 500)) AS variant(size, extra) WHERE category = 'tables'`);
  await shop.database.query(sql`
    INSERT INTO stock (sku, available) SELECT sku, CASE WHEN sku LIKE '%large' THEN 3 ELSE 0 END FROM product_variants WHERE product_id IN ('p1', 'p2')`);
});
afterAll(() => shop[Symbol.asyncDispose]());

const catalogue = () => createCallerFactory(shopRouter)(shop.context()).catalogue;
type ListInput = NonNullable<Parameters<ReturnType<typeof catalogue>["list"]>[0]>;

async function allPages(input: ListInput) {
  const items = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await catalogue().list({ ...input, ...(cursor !== undefined && { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

it("in every sort, pages of any size hold every product once, in the order of the whole list", async () => {
  for (const sort of SORTS) {
    const whole = (await catalogue().list({ sort, limit: 100 })).items.map(({ slug }) => slug);
    expect(whole.length).toBe(PRODUCTS + 3);
    for (const limit of [3, 25]) expect((await allPages({ sort, limit })).map(({ slug }) => slug)).toEqual(whole);
  }
});

it("a price is sorted by number, either way", async () => {
  const prices = (await allPages({ sort: "price-asc", limit: 10 })).map(({ price }) => price.amount);
  expect(prices).toEqual(prices.toSorted((one, other) => one - other));
  const falling = (await allPages({ sort: "price-desc", limit: 10 })).map(({ price }) => price.amount);
  expect(falling).toEqual(prices.toReversed());
});

it("a search finds by the beginnings of words, wants all of them, and pages through what it finds", async () => {
  const found = await allPages({ search: "oa tab", limit: 7 });
  expect(found.length).toBe(PRODUCTS);
  expect(await catalogue().count({ search: "oa tab" })).toBe(PRODUCTS);
  expect(await allPages({ search: "oak mug" })).toEqual([]);
  expect((await allPages({ search: "MUG" })).map(({ slug }) => slug)).toEqual(["mug"]);
  expect((await allPages({ category: "tables", search: "mug" })).length).toBe(0);
});

it("no search whatever is an error", async () => {
  const character = fc.integer({ min: 1, max: 0x2fff }).map((code) => String.fromCodePoint(code));
  const odd = fc.oneof(
    fc.string({ unit: character, maxLength: 40 }),
    fc.constantFrom("a & | !", "':*", "the and of", "\\", "\u0000", "%_", "-- ;"),
  );
  await fc.assert(
    fc.asyncProperty(odd, async (search) => {
      const { items } = await catalogue().list({ search });
      expect(await catalogue().count({ search })).toBeGreaterThanOrEqual(items.length);
    }),
    { numRuns: 60 },
  );
});

it("a cursor of another sort, or of nothing, is refused with its field", async () => {
  const { nextCursor: byName } = await catalogue().list({ sort: "name", limit: 2 });
  const { nextCursor: byPrice } = await catalogue().list({ sort: "price-asc", limit: 2 });
  for (const [sort, cursor] of [
    ["price-asc", byName],
    ["name", byPrice],
    ["name", "nonsense"],
    ["featured", Buffer.from('[99999999999,"x"]').toString("base64url")],
  ] as const) {
    await expect(catalogue().list({ sort, cursor: cursor ?? expect.fail() })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  }
});

it("a product shows its choices with their prices and stock, and a card the one that can be bought", async () => {
  const product = await catalogue().bySlug({ slug: "p1" });
  expect(product).toMatchObject({ name: "Oak table 1", categoryName: "Tables", details: ["oak"] });
  expect(product.variants.map(({ sku, price, stock }) => [sku, price.amount, stock])).toEqual([
    ["p1-small", 1_000, "out"],
    ["p1-large", 1_500, "low"],
  ]);
  const card = (await allPages({ category: "tables" })).find(({ slug }) => slug === "p1");
  expect(card).toMatchObject({
    sku: "p1-large",
    price: { amount: 1_000 },
    priceVaries: true,
    variantCount: 2,
    stock: "low",
  });
  expect((await allPages({})).find(({ slug }) => slug === "mug")).toMatchObject({
    priceVaries: false,
    variantCount: 1,
    stock: "in",
  });
  await expect(catalogue().bySlug({ slug: "nothing" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("categories count their products, or what a search finds in them", async () => {
  const counts = async (search?: string) =>
    Object.fromEntries(
      (await catalogue().categories({ search })).map(({ slug, productCount }) => [slug, productCount]),
    );
  expect(await counts()).toEqual({ things: 3, tables: PRODUCTS });
  expect(await counts("lamp")).toEqual({ things: 1, tables: 0 });
});

it("prices of a cart are those of now, and an unknown sku has none", async () => {
  const priced = await priceVariants(shop.database, ["MUG", "p1-large", "NOPE"]);
  expect([...priced.keys()].toSorted()).toEqual(["MUG", "p1-large"]);
  expect(priced.get("p1-large")).toMatchObject({ name: "Oak table 1, large", price: 1_500, available: 3 });
  expect(priced.get("MUG")).toMatchObject({ name: "Mug", price: 1_200 });
});
