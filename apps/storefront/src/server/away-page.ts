/** What every page is while Postgres is away: gone by itself when it is back. */
import type { PageSecurity } from "@tillstream/trpc";
import type { Theme } from "@tillstream/ui/theme-cookie";
import { plainPage } from "./plain-page.ts";

const RETRY_SECONDS = 5;

export function awayPage(security: PageSecurity, theme: Theme | undefined): Response {
  return plainPage(security, theme, {
    status: 503,
    title: "Back in a moment",
    head: `<noscript><meta http-equiv="refresh" content="${RETRY_SECONDS}"></noscript>\n`,
    body: `  <h1>The shop is closed for a moment</h1>
  <p>We cannot reach our shelves just now. What is in your cart is kept, and orders you have placed are safe.</p>
  <p class="note" role="status">This page looks again every few seconds and opens by itself.</p>`,
    script: `
  setInterval(function () {
    fetch("/api/health", { cache: "no-store" }).then(function (answer) { if (answer.ok) location.reload(); }, function () {});
  }, 2000);
`,
    headers: { "cache-control": "no-store", "retry-after": String(RETRY_SECONDS) },
  });
}
