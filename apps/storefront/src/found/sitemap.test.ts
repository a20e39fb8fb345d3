import { expect, it } from "vitest";
import { PRIVATE_PAGES } from "./known-paths.ts";
import { sitemap } from "./sitemap.ts";

const map = sitemap("https://shop.test", [{ slug: "cups" }], [{ slug: "mug", updatedAt: "2026-12-01" }]);

it("the map has the shop's pages, its categories and its products with their last change", () => {
  expect(map).toContain("<url><loc>https://shop.test/</loc></url>");
  expect(map).toContain("<url><loc>https://shop.test/delivery</loc></url>");
  expect(map).toContain("<url><loc>https://shop.test/c/cups</loc></url>");
  expect(map).toContain("<url><loc>https://shop.test/p/mug</loc><lastmod>2026-12-01</lastmod></url>");
});

it("nothing about a person is in it", () => {
  expect(PRIVATE_PAGES.filter((page) => map.includes(`shop.test/${page}<`))).toEqual([]);
});

it("an address that XML would misread is escaped", () => {
  expect(sitemap("https://shop.test/?a=1&b", [], [])).toContain("<loc>https://shop.test/?a=1&amp;b/</loc>");
});
