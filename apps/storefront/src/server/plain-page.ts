/** Pages that cost no render: static, with their own styles. */
import type { PageSecurity } from "@tillstream/trpc";

const STYLE = `
  :root { color-scheme: light dark; --paper: #faf7f2; --ink: #23201c; --muted: #6a6156; --clay: #b4532a; }
  @media (prefers-color-scheme: dark) { :root { --paper: #1b1815; --ink: #f3ede4; --muted: #a99f92; --clay: #e8976f; } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink); font: 17px/1.6 ui-sans-serif, system-ui, sans-serif; }
  main { box-sizing: border-box; width: 100%; max-width: 36rem; padding: 2rem 1.5rem; }
  h1 { font: 500 2.1rem/1.15 ui-serif, Georgia, serif; margin: 0 0 1rem; }
  p { margin: 0 0 .9rem; }
  a { color: var(--clay); text-underline-offset: 3px; }
  .mark { color: var(--clay); font-weight: 600; }
  .note { color: var(--muted); font-size: .95rem; }
`;

interface PlainPage {
  readonly status: number;
  readonly title: string;
  readonly head?: string;
  /** Of `main`, below the shop's name. */
  readonly body: string;
  readonly script?: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function plainPage({ nonce, headers: security }: PageSecurity, page: PlainPage): Response {
  const script = page.script === undefined ? "" : `<script nonce="${nonce}">${page.script}</script>\n`;
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · Fernhill</title>
${page.head ?? ""}<style>${STYLE}</style>
</head>
<body>
<main>
  <p class="mark">Fernhill</p>
${page.body}
</main>
${script}</body>
</html>
`;
  const headers = { "content-type": "text/html; charset=utf-8", ...page.headers, ...security };
  return new Response(html, { status: page.status, headers });
}
