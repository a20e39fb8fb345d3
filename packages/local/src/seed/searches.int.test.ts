/** Searches as shoppers type them, in the seeded catalogue. */
import { shopRouter } from "@tillstream/commerce";
import { createTestShop } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedCatalogue } from "./catalogue-rows.ts";

const FIRST_ROW = 4;

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  await seedCatalogue(shop.database);
});
afterAll(() => shop[Symbol.asyncDispose]());

const catalogue = () => createCallerFactory(shopRouter)(shop.context()).catalogue;
const firstRow = async (search: string) =>
  (await catalogue().list({ search, limit: FIRST_ROW })).items.map(({ slug }) => slug);

describe("the first row shows what is meant", () => {
  it.each([
    ["a colour", "indigo", ["washed-linen-cushion", "wide-serving-bowl"]],
    ["a colour that only variants have", "tenmoku", ["round-teapot"]],
    ["a colour as people call it", "blue mug", ["dipped-mug"]],
    ["a colour and a thing", "moss lamp", ["cap-table-lamp", "reach-desk-lamp"]],
    ["a thing and its colour", "lamp moss", ["cap-table-lamp", "reach-desk-lamp"]],
    ["a colour and a thing", "rust cushion", ["washed-linen-cushion"]],
    ["a material", "oak", ["long-board", "desk-tray", "tripod-floor-lamp"]],
    ["a material and a thing", "walnut board", ["long-board"]],
    ["a material of the details", "porcelain", ["bud-vase-trio"]],
    ["a kind of material", "wooden tray", ["desk-tray"]],
    ["a material", "marble", ["pestle-and-mortar"]],
    ["a slip: a letter more", "mugg", ["dipped-mug"]],
    ["a slip: letters swapped", "lmap", ["cap-table-lamp", "reach-desk-lamp"]],
    ["a slip: another letter", "cushien", ["washed-linen-cushion"]],
    ["a slip: a letter less", "indgo mug", ["dipped-mug"]],
    ["a slip in a longer word", "secatuers", ["secateurs"]],
    ["a slip that begins a word of the shop", "walnut bord", ["long-board"]],
    ["two slips", "linnen towl", ["linen-tea-towels", "waffle-towels"]],
    ["two words that are one", "tea pot", ["round-teapot"]],
    ["two words that are one", "table cloth", ["striped-tablecloth"]],
    ["two words that are one", "note book", ["cloth-notebook"]],
    ["one word that is two", "birdbox", ["bird-box"]],
    ["one word that is two", "moonjar", ["moon-jar"]],
    ["an accent", "múg", ["dipped-mug"]],
    ["an accent", "kêttle", ["whistling-kettle"]],
    ["a plural", "candlesticks", ["chamber-candlestick"]],
    ["a plural with another letter", "knives", ["cooks-knife"]],
    ["a singular", "napkin", ["hemmed-napkins"]],
    ["the other order", "notebook cloth", ["cloth-notebook"]],
    ["a SKU", "FH-CER-0301", ["dipped-mug"]],
    ["a SKU without its dashes", "fhcer0701", ["round-teapot"]],
    ["the beginning of a word", "lante", ["paper-lantern", "hurricane-lantern"]],
    ["a word that is in every text beside one that is not", "the kettle", ["whistling-kettle"]],
  ])("%s: %j", async (_, typed, meant) => {
    const row = await firstRow(typed);
    expect(
      meant.filter((slug) => !row.includes(slug)),
      `first row: ${row.join(", ")}`,
    ).toEqual([]);
  });
});

const answer = (search: string) => catalogue().list({ search, limit: FIRST_ROW });

it("what is shown of a product is the variant that was asked for", async () => {
  const { items } = await answer("moss mug");
  expect(items[0]).toMatchObject({
    slug: "dipped-mug",
    image: "/products/dipped-mug-moss.svg",
    sku: "FH-CER-0302",
    shown: "FH-CER-0302",
  });
  expect((await answer("dipped mug")).items[0]).toMatchObject({ image: "/products/dipped-mug-oat.svg", shown: null });
});

it("what was looked for instead is said, with what may have been meant as well", async () => {
  expect((await answer("indgo mug")).search).toMatchObject({ kind: "words", corrected: "indigo mug" });
  expect((await answer("mug")).search).toEqual({ kind: "words", corrected: null, others: [] });
});

it("a word that is in every text lists everything, signs list nothing, and both are said", async () => {
  expect((await answer("to be or not to be")).search.kind).toBe("common");
  expect(await answer("the")).toMatchObject({ search: { kind: "common" }, items: { length: FIRST_ROW } });
  expect(await answer("'\"<>&")).toMatchObject({ search: { kind: "signs" }, items: [] });
  expect(await answer(`'"<b>`)).toMatchObject({ search: { kind: "words", corrected: null }, items: [] });
});

it("a variant is of the materials that it is named for, or of all of its product's", async () => {
  const of = async (material: string, colour?: string) =>
    (await catalogue().list({ material, colour, limit: 100 })).items.map(({ slug }) => slug);
  expect(await of("linen", "plum")).toEqual(["hemmed-napkins"]);
  expect(await of("brass", "ink")).not.toContain("opal-wall-light"); // its other variants are of brass and of steel
  expect(await of("iron")).not.toContain("striped-tablecloth"); // which is ironed
  expect(await of("iron")).toContain("tape-dispenser");
});

it("suggestions have pictures, categories, and what was looked for instead", async () => {
  expect(await catalogue().suggest({ text: "lightin" })).toMatchObject({
    categories: [{ slug: "lighting", name: "Lighting" }],
  });
  const { products, corrected } = await catalogue().suggest({ text: "moka pott" });
  expect(products[0]).toMatchObject({ slug: "moka-pot", image: "/products/moka-pot-steel-3-cups.svg" });
  expect(corrected).toBe("moka pot");
  expect(await catalogue().suggest({ text: "m" })).toEqual({ products: [], categories: [], corrected: null });
});
