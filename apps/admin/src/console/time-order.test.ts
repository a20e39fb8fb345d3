import { expect, test } from "vitest";
import { turnedBy } from "./time-order.ts";

const href = (filters: object) => JSON.stringify(filters);
const filters = { status: "failed", sort: "newest", before: null } as const;

test("the head of the time leads to the first page from the other end, with the same filters", () => {
  expect(turnedBy({ ...filters, before: "7" }, href, "5").head).toEqual({
    href: href({ ...filters, sort: "oldest", before: null }),
    direction: "desc",
  });
  expect(turnedBy({ ...filters, sort: "oldest" }, href, null).head).toEqual({ href: href(filters), direction: "asc" });
});

test("from the oldest row on, the pages lead back to the oldest and on to newer ones", () => {
  const oldest = { ...filters, sort: "oldest", before: "7" } as const;
  expect(turnedBy(oldest, href, "9").pages).toEqual({
    newerLabel: "Oldest",
    olderLabel: "Newer",
    newerHref: href({ ...oldest, before: null }),
    olderHref: href({ ...oldest, before: "9" }),
  });
});

test("a list ends where no page follows, and begins at its first", () => {
  expect(turnedBy(filters, href, null).pages).toMatchObject({ newerHref: undefined, olderHref: undefined });
});
