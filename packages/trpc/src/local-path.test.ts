import fc from "fast-check";
import { expect, test } from "vitest";
import { localPath } from "./local-path.ts";
import { wantedPath } from "./testing/wanted-path.ts";

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
  const site = "https://shop.test/login";
  fc.assert(
    fc.property(wantedPath, (next) => {
      const path = localPath(next);
      if (path === undefined) return;
      expect(new URL(path, site).origin).toBe("https://shop.test");
      expect(path).toMatch(/^\/(?![/\\])/);
      expect(localPath(path)).toBe(path);
    }),
    { numRuns: 5_000 },
  );
});
