/** Sign-in, sign-out and sessions, as better-auth serves them. */
import { server } from "../../../../server/services.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

function handle(request: Request): Promise<Response> {
  return server().authHandler(request);
}

export { handle as GET, handle as POST };
