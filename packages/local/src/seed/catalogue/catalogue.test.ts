/** The seed catalogue holds together: no two things share a name, every price can be charged, every picture exists. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { categories, products } from "./index.ts";

const publicFolder = join(import.meta.dirname, "../../../../../apps/storefront/public");
const variants = products.flatMap((product) => product.variants);
const missing = (images: readonly string[]): readonly string[] =>
  images.filter((image) => !existsSync(join(publicFolder, image)));
const repeated = (values: readonly string[]): readonly string[] =>
  values.filter((value, i) => values.indexOf(value) !== i);

const LOW = 5;
const PLENTY = 200;
const LOAD_TEST_STOCK = 2000;

describe("the seed catalogue", () => {
  it("gives every product its own slug and every variant its own SKU and picture", () => {
    expect(repeated(products.map((p) => p.slug))).toEqual([]);
    expect(repeated(variants.map((v) => v.sku))).toEqual([]);
    expect(repeated(variants.map((v) => v.image))).toEqual([]);
  });

  it("writes slugs in kebab-case and SKUs in the FH pattern", () => {
    for (const { slug } of products) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const { sku } of variants) expect(sku).toMatch(/^FH-[A-Z]{3}-\d{4}$/);
  });

  it("prices every variant in whole, positive cents and counts stock in whole units", () => {
    for (const { price, stock } of variants) {
      expect(Number.isSafeInteger(price) && price > 0).toBe(true);
      expect(Number.isSafeInteger(stock) && stock >= 0).toBe(true);
    }
  });

  it("puts at least eight products into each of its categories and none elsewhere", () => {
    for (const { slug } of categories)
      expect(products.filter((p) => p.category === slug).length).toBeGreaterThanOrEqual(8);
    expect(products.filter((p) => !categories.some((c) => c.slug === p.category))).toEqual([]);
  });

  it("gives every product one to four named variants that differ in their options", () => {
    for (const product of products) {
      expect(product.variants.length).toBeGreaterThanOrEqual(1);
      expect(product.variants.length).toBeLessThanOrEqual(4);
      expect(product.variants.every((v) => v.name !== "")).toBe(true);
      expect(repeated(product.variants.map((v) => JSON.stringify(v.options)))).toEqual([]);
    }
  });

  it("keeps featured products well stocked, some lines deep enough for load tests, and a few low or sold out", () => {
    for (const product of products.filter((p) => p.featured))
      for (const { stock } of product.variants) expect(stock).toBeGreaterThanOrEqual(PLENTY);
    expect(variants.filter((v) => v.stock >= LOAD_TEST_STOCK).length).toBeGreaterThanOrEqual(10);
    expect(variants.filter((v) => v.stock > 0 && v.stock <= LOW).length).toBeGreaterThanOrEqual(3);
    expect(variants.filter((v) => v.stock === 0).length).toBeGreaterThanOrEqual(2);
  });

  it("names only pictures that exist", () => {
    expect(missing(variants.map((v) => v.image))).toEqual([]);
    expect(missing(categories.map((c) => c.image))).toEqual([]);
    expect(missing(["/hero.svg"])).toEqual([]);
    const views = JSON.parse(readFileSync(join(publicFolder, "../src/product/views.json"), "utf8")) as Record<
      string,
      { src: string }[]
    >;
    expect(Object.keys(views)).toEqual(variants.map((v) => v.image));
    expect(missing(Object.values(views).flatMap((list) => list.map(({ src }) => src.split("#")[0] ?? "")))).toEqual([]);
  });
});
