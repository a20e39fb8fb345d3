/** For an address that no page of the shop can have: it asks no database and draws nothing. */
import type { PageSecurity } from "@tillstream/trpc";
import { plainPage } from "./plain-page.ts";

const KEPT_SECONDS = 3_600;

export function unknownPage(security: PageSecurity): Response {
  return plainPage(security, {
    status: 404,
    title: "Not found",
    head: `<meta name="robots" content="noindex">\n`,
    body: `  <h1>This page is not here</h1>
  <p>It may have been moved, or the link lacks a part. What we do have is on the shelves.</p>
  <p><a href="/products">See everything</a> · <a href="/search">Search</a> · <a href="/">To the front of the shop</a></p>`,
    headers: { "cache-control": `private, max-age=${KEPT_SECONDS}` },
  });
}
