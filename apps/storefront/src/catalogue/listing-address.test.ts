import { expect, test } from "vitest";
import { listHref, readListState } from "./listing-address.ts";

test("a state survives its address", () => {
  const state = { search: "oat mug", category: "ceramics", sort: "price-asc", pages: 3 } as const;
  const url = new URL(listHref(state), "http://shop");
  expect(url.pathname).toBe("/search");
  expect(readListState(Object.fromEntries(url.searchParams))).toEqual(state);
});

test("a plain list has a plain address", () => {
  expect(listHref(readListState({}))).toBe("/products");
  expect(listHref(readListState({}, { category: "garden" }))).toBe("/c/garden");
  expect(listHref(readListState({ q: "mug" }))).toBe("/search?q=mug");
});

test("nonsense in an address is left out", () => {
  expect(readListState({ q: "  ", sort: "toString", pages: "-4", category: "../x" })).toEqual({
    search: undefined,
    category: undefined,
    sort: "featured",
    pages: 1,
  });
  expect(readListState({ sort: "relevance" }).sort).toBe("featured");
  expect(readListState({ pages: "9999" }).pages).toBe(20);
  expect(readListState({ q: ["mug", "cup"] }).search).toBe("mug");
});
