/** For an address that no page of the shop can have: it asks no database and draws nothing. */
import type { PageSecurity } from "@tillstream/trpc";
import type { Theme } from "@tillstream/ui/theme-cookie";
import { NOT_HERE } from "../found/not-here.ts";
import { plainPage } from "./plain-page.ts";

const KEPT_SECONDS = 3_600;
const SEARCH_LENGTH_MAX = 200;

export function unknownPage(security: PageSecurity, theme: Theme | undefined): Response {
  return plainPage(security, theme, {
    status: 404,
    title: "Not found",
    head: `<meta name="robots" content="noindex">\n`,
    body: `  <h1>${NOT_HERE.title}</h1>
  <p>${NOT_HERE.text}</p>
  <form action="/search" role="search">
    <input type="search" name="q" aria-label="Search the shop" placeholder="Search" maxlength="${SEARCH_LENGTH_MAX}">
    <button>Search</button>
  </form>
  <p>${NOT_HERE.ways.map(({ href, label }) => `<a href="${href}">${label}</a>`).join(" · ")}</p>`,
    headers: { "cache-control": `private, max-age=${KEPT_SECONDS}`, vary: "cookie" },
  });
}
