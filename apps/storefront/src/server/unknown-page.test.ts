import { expect, it } from "vitest";
import { unknownPage } from "./unknown-page.ts";

const security = { nonce: "n", headers: { "content-security-policy": "default-src 'self'" } };

it("the page of an unknown address is in the chosen theme, and leads to the front page and to the search", async () => {
  const page = unknownPage(security, "dark");
  expect([page.status, page.headers.get("vary")]).toEqual([404, "cookie"]);
  const html = await page.text();
  expect(html).toContain('<html lang="en" data-theme="dark">');
  expect(html).toContain('<a href="/">Fernhill</a>');
  expect(html).toMatch(/<form action="\/search" role="search">\s*<input type="search" name="q"/);
  expect(await unknownPage(security, undefined).text()).toContain('<html lang="en">');
});
