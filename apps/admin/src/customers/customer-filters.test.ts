import { expect, test } from "vitest";
import { customersHref, listInput } from "./customer-filters.ts";

test("an address that makes no sense still gives a list", () => {
  expect(listInput({ search: "  \n ", after: null })).toEqual({ search: undefined, cursor: undefined, limit: 50 });
  expect(listInput({ search: null, after: "x".repeat(201) })).toMatchObject({ cursor: undefined });
});

test("any search can be shared as an address", () => {
  const search = "a+b@c.example & co";
  const shared = new URL(customersHref({ search, after: "guest-1" }), "http://console.test").searchParams;
  expect(listInput({ search: shared.get("search"), after: shared.get("after") })).toMatchObject({
    search,
    cursor: "guest-1",
  });
});
