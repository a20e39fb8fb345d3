/** The shop router over HTTP. */
import { shopRouter } from "@tillstream/commerce";
import { createHttpHandler } from "@tillstream/trpc";
import { server, sessionOf } from "../../../../server/services.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

function handle(request: Request): Promise<Response> {
  return createHttpHandler({ router: shopRouter, services: server().services, sessionOf })(request);
}

export { handle as GET, handle as POST };
