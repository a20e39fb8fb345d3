import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { adminRouter, shopRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  await shop.database.query(sql`
    INSERT INTO auth_users (id, name, email, role) VALUES ('olga', 'Olga', 'olga@example.com', 'operator')`);
});
afterAll(() => shop[Symbol.asyncDispose]());

const console = () =>
  createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, id: "olga", role: "operator" } }));
const inShop = () => createCallerFactory(shopRouter)(shop.context()).catalogue;
const dollars = (amount: number) => ({ amount, currency: "USD" });

const bowl = (slug: string) => ({
  slug,
  name: "Oak bowl",
  category: "things",
  summary: "A bowl for five apples.",
  description: "Turned from one piece of oak.",
  details: ["28 cm across"],
  variant: { sku: slug.toUpperCase(), name: "Oiled", price: dollars(6_400), image: "" },
});

it("a new product is in the shop and found at once, is sold out until some is received, and is then sold", async () => {
  const { categories, currency } = await console().catalogue.choices();
  expect([categories, currency]).toEqual([[{ slug: "things", name: "Things" }], "USD"]);
  const created = await console().catalogue.createProduct(bowl("oak-bowl"));
  expect(created).toEqual({ slug: "oak-bowl", sku: "OAK-BOWL" });
  expect((await inShop().list({ search: "apples" })).items).toMatchObject([
    { slug: "oak-bowl", price: dollars(6_400), stock: "out" },
  ]);
  expect(await inShop().bySlug({ slug: "oak-bowl" })).toMatchObject({ name: "Oak bowl", details: ["28 cm across"] });
  expect(await console().catalogue.bySlug({ slug: "oak-bowl" })).toMatchObject({ version: 1, updatedBy: "Olga" });
  expect((await console().catalogue.priceHistory({ sku: created.sku })).items).toMatchObject([
    { price: dollars(6_400), by: "Olga" },
  ]);
  const order = () => placeOrder(shop.context(), orderInput({ lines: [{ sku: created.sku, quantity: 1 }] }));
  await expect(order()).rejects.toMatchObject({ code: "OUT_OF_STOCK" });
  await console().stock.receive({ sku: created.sku, quantity: 3, reason: "from the workshop" });
  const { orderId } = await order();
  await shop.settle(createTestGateway());
  expect(await console().orders.byId({ orderId })).toMatchObject({ order: { status: "confirmed" } });
  expect(await console().stock.bySku({ sku: created.sku })).toMatchObject({ available: 2, reserved: 1 });
});

it("a variant more is beside the others, and a cheaper one is what the product costs from", async () => {
  await console().catalogue.createProduct(bowl("ash-bowl"));
  const variant = { sku: "ASH-BOWL-RAW", name: "Raw", price: dollars(5_000), image: "" };
  await console().catalogue.addVariant({ slug: "ash-bowl", variant });
  const { items: prices } = await console().catalogue.priceHistory({ sku: variant.sku });
  expect(prices).toMatchObject([{ price: dollars(5_000), by: "Olga", until: null }]);
  const { variants } = await inShop().bySlug({ slug: "ash-bowl" });
  expect(variants.map(({ sku, name, price }) => [sku, name, price.amount])).toEqual([
    ["ASH-BOWL", "Oiled", 6_400],
    ["ASH-BOWL-RAW", "Raw", 5_000],
  ]);
  const { items } = await inShop().list({ sort: "price-asc" });
  expect(items.find(({ slug }) => slug === "ash-bowl")).toMatchObject({ price: dollars(5_000), priceVaries: true });
});

it("of products that are made at once with one address, and of items with one SKU, there is one", async () => {
  const made = (products: readonly ReturnType<typeof bowl>[]) =>
    Promise.allSettled(products.map((product) => console().catalogue.createProduct(product)));
  const sameSlug = await made(
    ["A", "B", "C", "D"].map((sku) => ({
      ...bowl("elm-bowl"),
      variant: { ...bowl("elm-bowl").variant, sku: `ELM-${sku}` },
    })),
  );
  const sameSku = await made(
    ["a", "b", "c", "d"].map((part) => ({ ...bowl(`ivy-${part}`), variant: { ...bowl("ivy").variant, sku: "IVY" } })),
  );
  for (const answers of [sameSlug, sameSku])
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const [count] = await shop.database.query(sql`
    SELECT (SELECT count(*)::int FROM products WHERE slug LIKE 'elm%' OR slug LIKE 'ivy%') AS products,
           (SELECT count(*)::int FROM product_variants WHERE sku LIKE 'ELM%' OR sku LIKE 'IVY%') AS variants`);
  expect(count).toEqual({ products: 2, variants: 2 });
});

it("variants that come at once, while their product is edited, are all found afterwards, and words that left are not", async () => {
  await console().catalogue.createProduct({ ...bowl("fir-bowl"), summary: "A bowl of yesterday." });
  const { version, ...texts } = await console().catalogue.bySlug({ slug: "fir-bowl" });
  const { category, description, details } = texts;
  const name = "Fir bowl";
  const names = ["Moss", "Indigo", "Tenmoku", "Crème brûlée"];
  await Promise.all([
    console().catalogue.updateProduct({
      slug: "fir-bowl",
      version,
      name,
      category,
      summary: "Now",
      description,
      details: [...details],
    }),
    // Past the commands, which would wait for each other at the product.
    ...names.map((variant, index) =>
      shop.database.transaction(async (tx) => {
        await tx.query(sql`
          INSERT INTO product_variants (sku, product_id, name, options, price, currency, image, ordinal)
          VALUES (${`FIR-${index}`}, 'fir-bowl', ${variant}, '{}', 6400, 'USD', '', ${index})`);
        await tx.query(sql`SELECT pg_sleep(0.02)`);
      }),
    ),
  ]);
  const found = async (search: string) => (await inShop().list({ search })).items.map(({ slug }) => slug);
  for (const search of ["fir moss", "fir indigo", "fir tenmoku", "creme brulee", "fir-3", "fir now"])
    expect([search, await found(search)]).toEqual([search, ["fir-bowl"]]);
  expect(await found("yesterday")).toEqual([]);
  expect((await inShop().list({ colour: ["moss", "tenmoku"], search: "fir" })).items).toHaveLength(1);
  await shop.database.query(sql`DELETE FROM product_variants WHERE sku = 'FIR-2'`);
  expect(await found("fir tenmoku")).toEqual([]);
});

describe("is refused by its field", () => {
  const refusedBy = async (sent: Promise<unknown>) => {
    const error: unknown = await sent.then(() => undefined).catch((thrown: unknown) => thrown);
    return (error as { cause?: { fields?: { field: string }[] } }).cause?.fields?.map(({ field }) => field);
  };
  const { variant } = bowl("yew-bowl");

  it.each([
    [{ slug: "mug" }, "slug"],
    [{ slug: "new" }, "slug"],
    [{ slug: "Yew Bowl" }, "slug"],
    [{ name: " " }, "name"],
    [{ category: "nowhere" }, "category"],
    [{ variant: { ...variant, sku: "MUG" } }, "variant.sku"],
    [{ variant: { ...variant, sku: "yew" } }, "variant.sku"],
    [{ variant: { ...variant, name: "" } }, "variant.name"],
    [{ variant: { ...variant, price: dollars(0) } }, "variant.price.amount"],
    [{ variant: { ...variant, price: { amount: 5, currency: "EUR" } } }, "variant.price.currency"],
    [{ variant: { ...variant, image: "/nothing.svg" } }, "variant.image"],
  ])("a product with %j", async (wrong, field) => {
    expect(await refusedBy(console().catalogue.createProduct({ ...bowl("yew-bowl"), ...wrong }))).toEqual([field]);
    await expect(inShop().bySlug({ slug: "yew-bowl" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it.each([
    [{ sku: "MUG" }, "variant.sku"],
    [{ name: "oiled" }, "variant.name"],
    [{ image: "/nothing.svg" }, "variant.image"],
  ])("a variant with %j", async (wrong, field) => {
    await console()
      .catalogue.createProduct(bowl("yew-bowl"))
      .catch(() => undefined);
    const add = console().catalogue.addVariant({
      slug: "yew-bowl",
      variant: { ...variant, sku: "YEW-RAW", name: "Raw", ...wrong },
    });
    expect(await refusedBy(add)).toEqual([field]);
  });
});
