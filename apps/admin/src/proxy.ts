/**
 * Before every page: what it may do in the browser, a clear 503 while Postgres is away, and the way to the login for visitors without a session
 * cookie. A cookie proves nothing yet: the layout reads the session, and every procedure checks the role.
 */
import { pageSecurity } from "@tillstream/trpc";
import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";
import { awayPage } from "./server/away-page.ts";
import { loginPath, pathHeader } from "./server/return-path.ts";
import { server } from "./server/services.ts";
import { hasSessionCookie } from "./server/session-cookie.ts";

export async function proxy(request: NextRequest): Promise<Response> {
  const security = pageSecurity();
  if (!(await server().gate.isUp())) return awayPage(security);
  const { pathname, search } = request.nextUrl;
  if (pathname !== "/login" && !hasSessionCookie(request.cookies)) {
    return NextResponse.redirect(new URL(loginPath(pathname + search), request.url), { headers: security.headers });
  }
  const headers = new Headers(request.headers);
  headers.set(pathHeader, pathname + search);
  headers.set("content-security-policy", security.headers["content-security-policy"]);
  return NextResponse.next({ request: { headers }, headers: security.headers });
}

export const config = { matcher: ["/((?!api/|metrics$|_next/|icon.svg).*)"] };
