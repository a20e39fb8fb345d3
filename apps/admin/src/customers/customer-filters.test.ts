import { expect, test } from "vitest";
import { customersHref, listInput } from "./customer-filters.ts";

test("any search can be shared as an address", () => {
  const search = "a+b@c.example & co";
  const shared = new URL(customersHref({ search, after: "guest-1" }), "http://console.test").searchParams;
  expect(listInput({ search: shared.get("search"), after: shared.get("after") })).toMatchObject({
    search,
    cursor: "guest-1",
  });
});
