import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { adminRouter, shopRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper, SKUS, testBrowser } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  await shop.database.query(sql`
    INSERT INTO auth_users (id, name, email, role) VALUES ('olga', 'Olga', 'olga@example.com', 'operator'), ('omar', 'Omar', 'omar@example.com', 'operator')`);
});
afterAll(() => shop[Symbol.asyncDispose]());

const as = (id: string, role: "viewer" | "operator" = "operator") =>
  createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, id, role } })).catalogue;
const inShop = () => createCallerFactory(shopRouter)(shop.context()).catalogue;
const dollars = (amount: number) => ({ amount, currency: "USD" });

async function textsOf(slug: string) {
  const { updatedAt, updatedBy, variants, categories, ...texts } = await as("olga").bySlug({ slug });
  return { ...texts, details: [...texts.details] };
}

describe("a product's words", () => {
  it("are changed for the shop at once, with who did it", async () => {
    const seen = await textsOf("mug");
    await as("olga").updateProduct({ ...seen, name: "Stoneware mug", details: ["fired twice"] });
    expect(await as("omar").bySlug({ slug: "mug" })).toMatchObject({ version: seen.version + 1, updatedBy: "Olga" });
    expect(await inShop().bySlug({ slug: "mug" })).toMatchObject({ name: "Stoneware mug", details: ["fired twice"] });
    expect((await inShop().list({ search: "stoneware" })).items).toHaveLength(1);
  });

  it("of two who edit at once, the slower is told whose edit came first, when, and what it says", async () => {
    const seen = await textsOf("lamp");
    await as("olga").updateProduct({ ...seen, summary: "a bright lamp" });
    const slower = expect(as("omar").updateProduct({ ...seen, summary: "a dim lamp" })).rejects;
    await slower.toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(/^Olga changed this product at \d+ \w+ \d{4}, \d\d:\d\d UTC, so .*version 2/),
      cause: { code: "PRODUCT_CHANGED", fields: [{ field: "summary", message: "a bright lamp" }] },
    });
    expect(await textsOf("lamp")).toMatchObject({ summary: "a bright lamp", version: 2 });
    await as("omar").updateProduct({ ...(await textsOf("lamp")), summary: "a dim lamp" });
    expect(await textsOf("lamp")).toMatchObject({ summary: "a dim lamp", version: 3 });
  });

  it.each([
    [{ name: " " }, "name"],
    [{ category: "nowhere" }, "category"],
    [{ details: ["fine", ""] }, "details.1"],
  ])("%j is refused by its field", async (wrong, field) => {
    const seen = await textsOf("rare");
    const refused = expect(as("olga").updateProduct({ ...seen, ...wrong })).rejects;
    await refused.toMatchObject({ code: "BAD_REQUEST" });
    await refused.toThrow(field);
    expect(await textsOf("rare")).toEqual(seen);
  });
});

describe("a price", () => {
  it("holds from now on, has its history, and orders keep the one they were placed at", async () => {
    const before = await placeOrder(shop.context(), orderInput());
    expect(before.total).toEqual(dollars(2_400));
    await as("olga").setPrice({ sku: SKUS.mug, price: dollars(1_500), reason: "clay is dearer" });
    await as("omar").setPrice({ sku: SKUS.mug, price: dollars(900), expectedAmount: 1_500, reason: "a sale" });
    expect((await inShop().bySlug({ slug: "mug" })).variants).toMatchObject([{ price: dollars(900) }]);
    expect((await inShop().list({ sort: "price-asc" })).items.map(({ sku }) => sku)).toEqual(["RARE", "MUG", "LAMP"]);
    const { items } = await as("olga", "viewer").priceHistory({ sku: SKUS.mug });
    expect(items).toMatchObject([
      { price: dollars(900), by: "Omar", reason: "a sale", until: null },
      { price: dollars(1_500), by: "Olga", reason: "clay is dearer", until: items[0]?.from },
      { price: dollars(1_200), by: null, reason: null, until: items[1]?.from },
    ]);
    await shop.settle(createTestGateway());
    const placed = createCallerFactory(shopRouter)(shop.context()).orders;
    expect(await placed.byId({ orderId: before.orderId, accessToken: before.accessToken })).toMatchObject({
      total: dollars(2_400),
      lines: [{ unitPrice: dollars(1_200) }],
    });
    expect((await placeOrder(shop.context(), orderInput())).total).toEqual(dollars(1_800));
  });

  it("that rose since a shopper saw it is not charged before they accept it", async () => {
    const browser = testBrowser(shop);
    const [{ price: seen } = expect.fail()] = (await inShop().bySlug({ slug: "lamp" })).variants;
    const put = { sku: SKUS.lamp, quantity: 1, seenPrice: seen.amount };
    const { cartId, version: cartVersion } = await browser.shop().cart.setQuantity(put);
    await as("olga").setPrice({ sku: SKUS.lamp, price: dollars(9_900), reason: "brass is dearer" });
    const { lines, ...input } = orderInput();
    const order = (version: number) =>
      browser.shop().checkout.placeOrder({ ...input, cartId: cartId ?? "", cartVersion: version });
    await expect(order(cartVersion)).rejects.toMatchObject({ cause: { code: "PRICE_CHANGED" } });
    const accepted = await browser.shop().cart.acceptPrices({ prices: [{ sku: SKUS.lamp, unitPrice: 9_900 }] });
    expect((await order(accepted.version)).total).toEqual(dollars(9_900));
  });

  it("that somebody else changed meanwhile is not overwritten", async () => {
    await as("olga").setPrice({ sku: SKUS.rare, price: dollars(600), reason: "few are left" });
    const stale = as("omar").setPrice({ sku: SKUS.rare, price: dollars(700), expectedAmount: 500, reason: "the same" });
    await expect(stale).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(/^Olga changed this price to \$6\.00 at \d+ \w+ \d{4}, \d\d:\d\d UTC, so nothing/),
      cause: { code: "PRICE_CHANGED" },
    });
    expect((await as("olga").priceHistory({ sku: SKUS.rare })).items).toHaveLength(2);
  });

  it.each([
    [{ price: dollars(0) }, "price.amount"],
    [{ price: dollars(1.5) }, "price.amount"],
    [{ price: { amount: 5, currency: "EUR" } }, "price.currency"],
    [{ price: dollars(600) }, "price.amount"],
    [{ reason: " " }, "reason"],
  ])("%j is refused by its field", async (wrong, field) => {
    const refused = expect(
      as("olga").setPrice({ sku: SKUS.rare, price: dollars(5), reason: "why not", ...wrong }),
    ).rejects;
    await refused.toMatchObject({ code: "BAD_REQUEST" });
    await refused.toThrow(field);
  });
});

it("the list is found by words and by skus, and read page by page", async () => {
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await as("olga", "viewer").list({ limit: 2, ...(cursor !== undefined && { cursor }) });
    expect(page.count).toBe(3);
    seen.push(...page.items.map(({ slug }) => slug));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(["lamp", "rare", "mug"]);
  const found = async (search: string) => (await as("olga").list({ search })).items.map(({ slug }) => slug);
  expect([await found("stoneware"), await found("ra"), await found("zeppelin")]).toEqual([["mug"], ["rare"], []]);
});

it("prices of one product that change at once leave its least price right", async () => {
  const skus = ["MUG", "MUG-B", "MUG-C"];
  await shop.database.query(sql`
    INSERT INTO product_variants (sku, product_id, name, options, price, currency, image, ordinal)
    SELECT sku, 'mug', sku, '{}', 1200, 'USD', '', 1 FROM unnest(${skus.slice(1)}::text[]) AS other(sku)`);
  for (let round = 1; round <= 12; round += 1) {
    const amounts = skus.map((_sku, index) => 1_000 + 100 * ((round + index) % 3) + round);
    await Promise.all(
      skus.map((sku, index) =>
        as("olga").setPrice({ sku, price: dollars(amounts[index] ?? 0), reason: `round ${round}` }),
      ),
    );
    const [product] = await shop.database.query<{ least: number }>(sql`
      SELECT price_from AS least FROM products WHERE id = 'mug'`);
    expect(product?.least).toBe(Math.min(...amounts));
  }
});
