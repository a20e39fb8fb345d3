import { sql } from "@tillstream/runtime";
import { createCallerFactory, errorData } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

it("no search of whole, printable characters is an error", async () => {
  const character = fc
    .integer({ min: 1, max: 0x2fff })
    .map((code) => String.fromCodePoint(code).replace(/\p{Cc}/u, " "));
  const odd = fc.oneof(
    fc.string({ unit: character, maxLength: 40 }),
    fc.constantFrom("a & | !", "':*", "the and of", "\\", "%_", "-- ;"),
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

/** Walnut in small and large, oak in small only; one small walnut is sold out. */
describe("a list that is narrowed", () => {
  beforeAll(async () => {
    await shop.database.query(
      sql`INSERT INTO categories (slug, name, summary, image, ordinal) VALUES ('boxes', 'Boxes', '', '', 2)`,
    );
    await shop.database.query(sql`
      INSERT INTO products (id, slug, name, category, summary, description, details, image, ordinal, price_from, currency)
      SELECT 'box-' || n, 'box-' || n, 'Box ' || n, 'boxes', 'Keeps things', 'With a lid.', ARRAY['Solid oak or walnut, brass hinge'], '', 10 + n, 2000, 'USD'
      FROM generate_series(1, 3) n`);
    await shop.database.query(sql`
      INSERT INTO product_variants (sku, product_id, name, options, price, currency, image, ordinal)
      SELECT upper(product.id) || '-' || variant.ordinal, product.id, variant.name, '{}', price, 'USD', variant.name, variant.ordinal
      FROM products product, (VALUES ('Moss, oak', 2000, 1), ('Indigo, walnut', 6000, 2)) AS variant(name, price, ordinal) WHERE category = 'boxes'`);
    await shop.database.query(sql`
      INSERT INTO stock (sku, available) SELECT sku, CASE WHEN sku = 'BOX-1-2' THEN 0 ELSE 5 END FROM product_variants WHERE product_id LIKE 'box-%'`);
  });

  const slugs = async (input: ListInput) => (await allPages(input)).map(({ slug }) => slug);
  const facetsOf = async (input: ListInput) =>
    (await catalogue().list({ ...input, facets: true })).facets ?? expect.fail("no facets");
  const countsOf = (facets: readonly { value: string; count: number }[]) =>
    Object.fromEntries(facets.map(({ value, count }) => [value, count]));

  it("shows products of which one variant has all that is asked for", async () => {
    expect(await slugs({ colour: "moss" })).toEqual(["box-1", "box-2", "box-3"]);
    expect(await slugs({ colour: "moss", material: "walnut" })).toEqual([]);
    expect(await slugs({ colour: ["moss", "indigo"], material: "walnut" })).toEqual(["box-1", "box-2", "box-3"]);
    expect(await slugs({ material: "walnut", inStock: true })).toEqual(["box-2", "box-3"]);
    expect(await slugs({ material: "walnut", priceMax: 5_999 })).toEqual([]);
    expect(
      await slugs({ material: ["walnut", "oak"], category: "boxes", priceMin: 2_000, priceMax: 2_000, limit: 2 }),
    ).toHaveLength(3);
    expect(await slugs({ category: ["boxes", "things"] })).toHaveLength(6);
    for (const card of await allPages({ colour: "indigo", search: "box" }))
      expect(card).toMatchObject({ image: "Indigo, walnut", shown: expect.stringMatching(/^BOX-\d-2$/) });
  });

  it("counts for each value what would be listed with it, other kinds applied", async () => {
    const facets = await facetsOf({ material: "walnut", inStock: true });
    expect(facets.count).toBe(2);
    expect(countsOf(facets.categories)).toEqual({ boxes: 2 });
    expect(countsOf(facets.colours)).toEqual({ indigo: 2 });
    expect(countsOf(facets.materials)).toMatchObject({ oak: 5, walnut: 2, brass: 3 });
    expect(facets.inStock).toBe(2);
    expect(facets.prices).toEqual([{ min: 5_000, max: 9_999, count: 2 }]);
    expect(facets.colours[0]).toMatchObject({ name: "Indigo", swatch: "#374260" });
  });

  it("keeps a chosen value that nothing has any more, with 0", async () => {
    const facets = await facetsOf({ colour: ["plum", "moss"], category: "boxes", priceMin: 5_000 });
    expect(facets.count).toBe(0);
    expect(countsOf(facets.colours)).toEqual({ indigo: 3, plum: 0, moss: 0 });
  });

  it("is as long as its count says, whatever it is narrowed to", async () => {
    const some = (...texts: string[]) => fc.option(fc.subarray(texts), { nil: undefined });
    const amount = fc.option(fc.constantFrom(0, 1_000, 2_000, 6_000), { nil: undefined });
    const input = fc.record({
      search: fc.constantFrom("", "box", "oak", "oak table", "nothing"),
      category: some("boxes", "tables", "things"),
      colour: some("moss", "indigo"),
      material: some("oak", "walnut"),
      priceMin: amount,
      priceMax: amount,
      inStock: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(input, async (narrowed) => {
        const found = await slugs({ ...narrowed, limit: 100 });
        const facets = await facetsOf(narrowed);
        expect([facets.count, await catalogue().count(narrowed)]).toEqual([found.length, found.length]);
        for (const { value, count } of facets.categories)
          expect([value, await catalogue().count({ ...narrowed, category: value })]).toEqual([value, count]);
        for (const { value, count } of facets.colours)
          expect([value, await catalogue().count({ ...narrowed, colour: value })]).toEqual([value, count]);
        for (const { min, max, count } of facets.prices)
          expect(await catalogue().count({ ...narrowed, priceMin: min ?? undefined, priceMax: max ?? undefined })).toBe(
            count,
          );
      }),
      { numRuns: 25 },
    );
  });
});

it("categories count their products, or what a search finds in them", async () => {
  const counts = async (search?: string) =>
    Object.fromEntries(
      (await catalogue().categories({ search })).map(({ slug, productCount }) => [slug, productCount]),
    );
  expect(await counts()).toMatchObject({ things: 3, tables: PRODUCTS });
  expect(await counts("lamp")).toMatchObject({ things: 1, tables: 0 });
});

it("prices of a cart are those of now, and an unknown sku has none", async () => {
  const priced = await priceVariants(shop.database, ["MUG", "p1-large", "NOPE"]);
  expect([...priced.keys()].toSorted()).toEqual(["MUG", "p1-large"]);
  expect(priced.get("p1-large")).toMatchObject({ name: "Oak table 1, large", price: 1_500, available: 3 });
  expect(priced.get("MUG")).toMatchObject({ name: "Mug", price: 1_200 });
});

it("a cursor is good for its own list alone, and list, count and suggestions refuse the same texts", async () => {
  const { nextCursor } = await catalogue().list({ sort: "price-asc", limit: 2 });
  const cursor = nextCursor ?? expect.fail("there is another page");
  for (const other of [
    { sort: "price-desc" },
    { sort: "price-asc", category: "tables" },
    { sort: "price-asc", search: "oak" },
    { sort: "price-asc", priceMin: 1 },
  ] as const)
    await expect(catalogue().list({ ...other, cursor })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { fields: [{ field: "cursor" }] },
    });
  expect((await catalogue().list({ sort: "price-asc", limit: 3, cursor })).items).toHaveLength(3);
  for (const odd of ["oak\u0000", "oak \ud800", "oak\u0007"]) {
    const refusals = [
      [catalogue().list({ search: odd }), "search"],
      [catalogue().count({ search: odd }), "search"],
      [catalogue().suggest({ text: odd }), "text"],
    ] as const;
    for (const [asked, field] of refusals) {
      const error = await asked.catch((thrown: unknown) => thrown);
      expect(error instanceof TRPCError && errorData(error).fields).toMatchObject([{ field }]);
    }
  }
});
