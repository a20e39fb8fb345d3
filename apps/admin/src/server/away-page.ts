/** What every page is while Postgres is away: static, with its own styles, and gone by itself when Postgres is back. */
import type { PageSecurity } from "@tillstream/trpc";

const RETRY_SECONDS = 5;

const html = (nonce: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Database unavailable · Tillstream</title>
<noscript><meta http-equiv="refresh" content="${RETRY_SECONDS}"></noscript>
<style>
  :root { color-scheme: light dark; --canvas: #f8f9fb; --ink: #14171c; --muted: #5a626e; --line: #dde1e7; --failed: #b3261e; }
  @media (prefers-color-scheme: dark) { :root { --canvas: #0e1116; --ink: #e8ebf0; --muted: #98a1ae; --line: #272d36; --failed: #ff8a80; } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--canvas); color: var(--ink); font: 15px/1.55 ui-sans-serif, system-ui, sans-serif; }
  main { box-sizing: border-box; width: 100%; max-width: 34rem; padding: 2rem 1.25rem; }
  p.mark { color: var(--failed); font-weight: 600; margin: 0 0 .5rem; }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; letter-spacing: -.01em; }
  p { margin: 0 0 .75rem; }
  p.note { color: var(--muted); border-top: 1px solid var(--line); padding-top: .75rem; margin-top: 1.25rem; }
</style>
</head>
<body>
<main>
  <svg aria-hidden="true" width="28" height="28" viewBox="0 0 20 20" style="display:block;margin-bottom:1.5rem"><rect width="20" height="20" rx="4.5" fill="var(--ink)"/><g fill="var(--canvas)"><rect x="4" y="4.5" width="7.5" height="2.5" rx="1.25"/><rect x="6.5" y="8.75" width="9.5" height="2.5" rx="1.25"/><rect x="4" y="13" width="4.5" height="2.5" rx="1.25"/><circle cx="12" cy="14.25" r="1.75"/></g></svg>
  <p class="mark">◆ 503 · Database unavailable</p>
  <h1>The console cannot reach Postgres</h1>
  <p>Nothing is lost: every order and every event that was answered for is stored, and processing goes on from where it stopped.</p>
  <p>Check that the database is running, for example with <code>npm run doctor</code>, or look at <a href="/api/health" style="color: inherit">/api/health</a>.</p>
  <p class="note" role="status">This page looks every few seconds and opens by itself when the database answers.</p>
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
