/** What every page is while Postgres is away: static, with its own styles, and gone by itself when it is back. */
import type { PageSecurity } from "@tillstream/trpc";

const RETRY_SECONDS = 5;

const html = (nonce: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Back in a moment · Fernhill</title>
<noscript><meta http-equiv="refresh" content="${RETRY_SECONDS}"></noscript>
<style>
  :root { color-scheme: light dark; --paper: #faf7f2; --ink: #23201c; --muted: #6a6156; --clay: #b4532a; }
  @media (prefers-color-scheme: dark) { :root { --paper: #1b1815; --ink: #f3ede4; --muted: #a99f92; --clay: #e8976f; } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink); font: 17px/1.6 ui-sans-serif, system-ui, sans-serif; }
  main { box-sizing: border-box; width: 100%; max-width: 36rem; padding: 2rem 1.5rem; }
  h1 { font: 500 2.1rem/1.15 ui-serif, Georgia, serif; margin: 0 0 1rem; }
  p { margin: 0 0 .9rem; }
  .mark { color: var(--clay); font-weight: 600; }
  .note { color: var(--muted); font-size: .95rem; }
</style>
</head>
<body>
<main>
  <p class="mark">Fernhill</p>
  <h1>The shop is closed for a moment</h1>
  <p>We cannot reach our shelves just now. What is in your cart is kept, and orders you have placed are safe.</p>
  <p class="note" role="status">This page looks again every few seconds and opens by itself.</p>
</main>
<script nonce="${nonce}">
  setInterval(function () {
    fetch("/api/health", { cache: "no-store" }).then(function (answer) { if (answer.ok) location.reload(); }, function () {});
  }, 2000);
</script>
</body>
</html>
`;

export function awayPage({ nonce, headers: security }: PageSecurity): Response {
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "retry-after": String(RETRY_SECONDS),
    ...security,
  };
  return new Response(html(nonce), { status: 503, headers });
}
