/** Pages that cost no render: static, with their own styles. */
import type { PageSecurity } from "@tillstream/trpc";
import type { Theme } from "@tillstream/ui/theme-cookie";

const STYLE = `
  :root { color-scheme: light dark; --paper: light-dark(#faf7f2, #1b1815); --ink: light-dark(#23201c, #f3ede4); --muted: light-dark(#6a6156, #a99f92); --clay: light-dark(#a34922, #e8976f); --field: light-dark(#8f8474, #8a7f72); }
  [data-theme="light"] { color-scheme: light; }
  [data-theme="dark"] { color-scheme: dark; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink); font: 17px/1.6 ui-sans-serif, system-ui, sans-serif; }
  main { box-sizing: border-box; width: 100%; max-width: 36rem; padding: 2rem 1.5rem; }
  h1 { font: 500 2.1rem/1.15 ui-serif, Georgia, serif; margin: 0 0 1rem; }
  p { margin: 0 0 .9rem; }
  a { color: var(--clay); text-underline-offset: 3px; }
  .mark a { color: var(--ink); font: 500 1.5rem/2 ui-serif, Georgia, serif; text-decoration: none; }
  form { display: flex; gap: .5rem; margin: 0 0 .9rem; }
  input, button { box-sizing: border-box; min-height: 44px; border: 1px solid var(--field); border-radius: 22px; padding: 0 1.1rem; background: transparent; color: inherit; font: inherit; }
  input { flex: 1; min-width: 0; }
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

export function plainPage(
  { nonce, headers: security }: PageSecurity,
  theme: Theme | undefined,
  page: PlainPage,
): Response {
  const script = page.script === undefined ? "" : `<script nonce="${nonce}">${page.script}</script>\n`;
  const html = `<!doctype html>
<html lang="en"${theme === undefined ? "" : ` data-theme="${theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · Fernhill</title>
${page.head ?? ""}<style>${STYLE}</style>
</head>
<body>
<main>
  <p class="mark"><a href="/">Fernhill</a></p>
${page.body}
</main>
${script}</body>
</html>
`;
  const headers = { "content-type": "text/html; charset=utf-8", ...page.headers, ...security };
  return new Response(html, { status: page.status, headers });
}
