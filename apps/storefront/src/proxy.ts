/** Before every page: what it may do in the browser, a correlation id, and a clear 503 while Postgres is away, gone by itself when it is back. */
import { pageSecurity } from "@tillstream/trpc";
import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";
import { awayPage } from "./server/away-page.ts";
import { correlationHeader } from "./server/correlation.ts";
import { PATH_HEADER } from "./server/return-path.ts";
import { server } from "./server/services.ts";

export async function proxy(request: NextRequest): Promise<Response> {
  const security = pageSecurity();
  if (!(await server().gate.isUp())) return awayPage(security);
  const headers = new Headers(request.headers);
  const id = server().services.ids.next();
  headers.set(correlationHeader, id);
  headers.set(PATH_HEADER, request.nextUrl.pathname);
  headers.set("content-security-policy", security.headers["content-security-policy"]);
  return NextResponse.next({ request: { headers }, headers: { ...security.headers, [correlationHeader]: id } });
}

export const config = { matcher: ["/((?!api/|metrics$|_next/|products/|categories/|hero.svg|icon.svg).*)"] };
