/** Sign-in, sign-out and sessions, as better-auth serves them. Signing out leaves nothing of the person in the browser. */
import { dropCartToken } from "@tillstream/commerce";
import { server } from "../../../../server/services.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

async function handle(request: Request): Promise<Response> {
  const response = await server().authHandler(request);
  if (response.ok && new URL(request.url).pathname.endsWith("/sign-out"))
    dropCartToken({ responseHeaders: response.headers });
  return response;
}

export { handle as GET, handle as POST };
