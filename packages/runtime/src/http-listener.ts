/** An app of hono as a listener of `node:http`, for answers that are for programs. */
import type { RequestListener } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import type { HttpBindings } from "@hono/node-server";

/** Of every answer that is for programs: a browser that is led to one shows it in no page, runs nothing in it and guesses at nothing. */
export const FOR_PROGRAMS = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

/** What an app finds beside the request: `c.env.incoming` with its body, and `c.env.outgoing`. */
export interface HttpEnv {
  readonly Bindings: HttpBindings;
}

interface App {
  fetch(request: Request, env: object): Response | Promise<Response>;
}

/** An app answers every failure by itself; an address that is none has 400. */
export function httpListener(app: App): RequestListener {
  const listen = getRequestListener(
    async (request, env) => {
      const response = await app.fetch(request, env);
      // What is left of a body is not read: the connection ends with the answer.
      if (!env.incoming.complete) env.outgoing.setHeader("connection", "close");
      return response;
    },
    {
      hostname: "localhost", // of a request that names no host
      overrideGlobalObjects: false,
      autoCleanupIncoming: false,
      errorHandler: (error) =>
        Response.json(
          { error: { message: "The address is not valid." } },
          { status: error instanceof RequestError ? 400 : 500, headers: { connection: "close" } },
        ),
    },
  );
  return (incoming, outgoing) => {
    outgoing.setHeaders(new Map(Object.entries({ "cache-control": "no-store", ...FOR_PROGRAMS })));
    void listen(incoming, outgoing);
  };
}
