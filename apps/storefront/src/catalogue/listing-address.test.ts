import { expect, test } from "vitest";
import {
  alsoChosen,
  cleared,
  formOf,
  isNarrowed,
  listHref,
  readListState,
  stateBehind,
  toggle,
} from "./listing-address.ts";

const PLAIN = readListState({});
const reread = (href: string) => readListState(Object.fromEntries(new URL(href, "http://shop").searchParams));

test("a state survives its address", () => {
  const state = {
    search: "oat mug",
    categories: ["ceramics", "kitchen"],
    colours: ["oat"],
    materials: ["stoneware", "oak"],
    priceMin: 2_500,
    priceMax: 4_999,
    inStock: true,
    sort: "price-asc",
    pages: 3,
  } as const;
  const href = listHref(state);
  expect(href).toBe(
    "/search?q=oat+mug&category=ceramics,kitchen&colour=oat&material=stoneware,oak&from=25&to=49.99&stock=in&sort=price-asc&pages=3",
  );
  expect(reread(href)).toEqual(state);
});

test("a plain list has a plain address", () => {
  expect(listHref(PLAIN)).toBe("/products");
  expect(listHref(readListState({}, { categories: ["garden"] }))).toBe("/c/garden");
  expect(listHref(readListState({ category: "garden,kitchen" }))).toBe("/products?category=garden,kitchen");
  expect(listHref(readListState({ q: "mug" }))).toBe("/search?q=mug");
});

test("nonsense in an address is left out", () => {
  const odd = { q: "  ", sort: "toString", pages: "-4", category: "../x", colour: "moss,moss,", from: " ", to: "" };
  expect(readListState(odd)).toEqual({ ...PLAIN, colours: ["moss"] });
  expect(readListState({ sort: "relevance" }).sort).toBe("featured");
  expect(readListState({ pages: "9999" }).pages).toBe(20);
  expect(readListState({ q: ["mug", "cup"] }).search).toBe("mug");
  expect(readListState({ q: "oat\u0000mug\u0007" }).search).toBe("oat mug");
  expect(readListState({ q: `${"a".repeat(199)}\u{1f375}` }).search).toBe(`${"a".repeat(199)}\ufffd`);
});

test("a value is added and taken away, from the first page; a category's page keeps its category when all is cleared", () => {
  const garden = readListState({ pages: "3", colour: "moss" }, { categories: ["garden"] });
  expect(listHref(toggle(garden, "colours", "fern"))).toBe("/c/garden?colour=moss,fern");
  expect(listHref(toggle(garden, "colours", "moss"))).toBe("/c/garden");
  expect(listHref(toggle(garden, "categories", "kitchen"))).toBe("/products?category=garden,kitchen&colour=moss");
  expect(isNarrowed(garden)).toBe(true);
  expect(listHref(cleared(garden))).toBe("/c/garden");
  expect(isNarrowed(cleared(garden))).toBe(false);
  expect(formOf(garden)).toEqual({ action: "/c/garden", kept: { colour: "moss" } });
});

test("a price that is none narrows nothing, and is kept to be told at its field", () => {
  const state = readListState({ from: "cheap", to: "1e9" });
  const notOne = (typed: string) => `“${typed}” is not a price. Enter one such as 25 or 49.50`;
  const problems = { from: notOne("cheap"), to: notOne("1e9") };
  expect(state).toEqual({ ...PLAIN, mistyped: { from: "cheap", to: "1e9", problems } });
  expect(listHref(state)).toBe("/products");
});

test.each([
  ["$20", 2_000],
  [" 20,5 ", 2_050],
  ["1 000", 100_000],
  ["1,000.50", 100_050],
  ["12.", 1_200],
])("%s is a price", (from, priceMin) => {
  expect(readListState({ from })).toEqual({ ...PLAIN, priceMin });
});

test.each([
  ["-1", "50", { from: "“-1” is not a price. Enter one such as 25 or 49.50" }],
  ["20", "12.999", { to: "“12.999” has more than two digits after the point. Enter one such as 49.50" }],
  ["50", "20", { from: "The lower price is above the upper one" }],
  ["2 0", "", { from: "“2 0” is not a price. Enter one such as 25 or 49.50" }],
  ["1".repeat(40), "", { from: `“${"1".repeat(40)}” is not a price. Enter one such as 25 or 49.50` }],
])("from %s to %s narrows nothing, keeps both texts and says why", (from, to, problems) => {
  expect(readListState({ from, to })).toEqual({ ...PLAIN, mistyped: { from, to, problems } });
});

test("a second choice that is made before the first one has landed keeps the first", () => {
  const page = readListState({ colour: "moss", to: "50" }, { categories: ["garden"] });
  const oak = toggle(page, "materials", "oak");
  const both = (next: typeof page) => listHref(alsoChosen(oak, page, next));
  expect(both(toggle(page, "colours", "fern"))).toBe("/c/garden?colour=moss,fern&material=oak&to=50");
  expect(both(toggle(page, "colours", "moss"))).toBe("/c/garden?material=oak&to=50");
  expect(both(toggle(page, "materials", "oak"))).toBe("/c/garden?colour=moss&material=oak&to=50");
  expect(both({ ...page, priceMax: undefined })).toBe("/c/garden?colour=moss&material=oak");
  expect(both({ ...page, inStock: true })).toBe("/c/garden?colour=moss&material=oak&to=50&stock=in");
  expect(both(toggle(page, "categories", "kitchen"))).toBe(
    "/products?category=garden,kitchen&colour=moss&material=oak&to=50",
  );
  expect(stateBehind(listHref(oak))).toEqual(oak);
});
