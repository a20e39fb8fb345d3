/** Before every page: a clear 503 while Postgres is away, gone by itself when it is back. */
import { NextResponse } from "next/server";
import { awayPage } from "./server/away-page.ts";
import { server } from "./server/services.ts";

export async function proxy(): Promise<Response> {
  return (await server().gate.isUp()) ? NextResponse.next() : awayPage();
}

export const config = { matcher: ["/((?!api/|_next/|products/|categories/|hero.svg|icon.svg).*)"] };
