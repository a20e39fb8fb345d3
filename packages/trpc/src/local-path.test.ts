import fc from "fast-check";
import { expect, test } from "vitest";
import { localPath } from "./local-path.ts";

test("a path of this site is kept with its query", () => {
  expect(localPath("/events?type=OrderCreated&before=12")).toBe("/events?type=OrderCreated&before=12");
});

test.each([
  "https://evil.test/",
  "//evil.test",
  "/\\evil.test",
  "/\t/evil.test",
  "/.//evil.test",
  "/..//evil.test",
  "/%2e//evil.test",
  "/a/..//evil.test",
  "/./\\evil.test",
  "javascript:alert(1)",
  "cart",
  "",
  undefined,
  null,
  ["/cart", "/orders"],
])("%j leads nowhere", (wanted) => expect(localPath(wanted)).toBeUndefined());

test("whatever is asked for, a browser that follows it stays on the site", () => {
  const parts = [
    "/",
    "\\",
    ".",
    "..",
    "%2e",
    "%2F",
    "%5C",
    "\t",
    "\n",
    "\r",
    " ",
    "@",
    ":",
    "?",
    "#",
    "evil.test",
    "http",
    "a",
  ];
  const wanted = fc.oneof(
    fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((list) => `/${list.join("")}`),
    fc.string({ unit: "binary" }).map((rest) => `/${rest}`),
    fc.webUrl(),
  );
  const site = "https://shop.test/login";
  fc.assert(
    fc.property(wanted, (next) => {
      const path = localPath(next);
      if (path === undefined) return;
      expect(new URL(path, site).origin).toBe("https://shop.test");
      expect(path).toMatch(/^\/(?![/\\])/);
      expect(localPath(path)).toBe(path);
    }),
    { numRuns: 5_000 },
  );
});
