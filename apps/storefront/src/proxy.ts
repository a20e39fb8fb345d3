/**
 * Before every page: what it may do in the browser, who may keep it, a correlation id, and a clear 503 while Postgres is away,
 * gone by itself when it is back. What cannot be a page is answered here (ADR 21).
 */
import { pageSecurity } from "@tillstream/trpc";
import { themeIn } from "@tillstream/ui/theme-cookie";
import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";
import { isKnownPath, isPublicPage } from "./found/known-paths.ts";
import { awayPage } from "./server/away-page.ts";
import { correlationHeader } from "./server/correlation.ts";
import { PATH_HEADER } from "./server/return-path.ts";
import { server } from "./server/services.ts";
import { unknownPage } from "./server/unknown-page.ts";

/** Kept by the browser that asked, and by no one between: each answer has a nonce of its own. Asked about before each use. */
const KEEP = { "cache-control": "private, no-cache" };

export async function proxy(request: NextRequest): Promise<Response> {
  const security = pageSecurity();
  const path = request.nextUrl.pathname;
  const theme = themeIn(request.cookies);
  if (!isKnownPath(path)) return unknownPage(security, theme);
  if (!(await server().gate.isUp())) return awayPage(security, theme);
  const headers = new Headers(request.headers);
  const id = server().services.ids.next();
  headers.set(correlationHeader, id);
  headers.set(PATH_HEADER, path);
  headers.set("content-security-policy", security.headers["content-security-policy"]);
  // Without a cookie there is neither a person nor a cart in the page.
  const kept = isPublicPage(path) && !request.headers.has("cookie") ? KEEP : {};
  return NextResponse.next({
    request: { headers },
    headers: { ...security.headers, ...kept, [correlationHeader]: id },
  });
}

export const config = {
  matcher: [
    "/((?!api/|metrics$|_next/|(?:products|categories|rooms)/.*[.]svg$|hero.svg|icon.svg|favicon.ico|manifest.webmanifest|robots.txt|sitemap.xml).*)",
  ],
};
