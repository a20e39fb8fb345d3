import { globSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isKnownPath, isPublicPage, PRIVATE_PAGES, PUBLIC_PAGES } from "./known-paths.ts";

/** What the proxy does not see, or what answers with something else than a page. */
const NO_PAGES = ["api", "metrics", "robots.txt", "sitemap.xml"];

it("every page of the shop is known as public or private, and nothing else is", () => {
  const folders = readdirSync(join(import.meta.dirname, "../app"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NO_PAGES.includes(entry.name))
    .map(({ name }) => name);
  expect([...PUBLIC_PAGES, ...PRIVATE_PAGES].toSorted()).toEqual(["", ...folders].toSorted());
});

const ADDRESSES = globSync(["**/page.tsx", "{account,c,orders,p}/**/route.ts"], {
  cwd: join(import.meta.dirname, "../app"),
})
  .map((file) => `/${file.replace(/\/?[^/]+$/, "").replaceAll(/\[\w+\]/g, "some-id")}`)
  .toSorted();

it("whatever has a page is known, and what is behind it is not", () => {
  expect(ADDRESSES.length).toBeGreaterThan(20);
  expect(ADDRESSES.filter((address) => !isKnownPath(address))).toEqual([]);
  const behind = ADDRESSES.map((address) => `${address}/some/more/of/it`);
  expect(behind.filter(isKnownPath)).toEqual([]);
});

it.each(["/", "/p/mug", "/c/ceramics", "/products", "/account/orders", "/opengraph-image", "/apple-icon"])(
  "%s is a page",
  (path) => expect(isKnownPath(path)).toBe(true),
);

it.each([
  "/wp-admin/setup.php",
  "/.env",
  "/P/mug",
  "/products.php",
  "/about/us",
  "/products/x",
  "/account/x",
  "/orders",
  "/orders/x",
  "/c",
])("%s is none", (path) => expect(isKnownPath(path)).toBe(false));

it("what is about a person is not public, and a picture is no page", () => {
  expect(
    ["/account", "/orders/1", "/cart", "/checkout", "/search", "/p/mug/opengraph-image"].filter(isPublicPage),
  ).toEqual([]);
  expect(["/", "/p/mug", "/privacy"].filter((path) => !isPublicPage(path))).toEqual([]);
});
