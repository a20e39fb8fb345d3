/** The HTTP edge of a router: bounded bodies, correlation ids, `Retry-After`, and no answer from a cache. */
import type { AnyRouter } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { errorData } from "./errors.ts";
import type { Context, Services, SessionUser } from "./context.ts";
import { AS_HEADER } from "./spoken-for.ts";
import { traceRequests } from "./trace-requests.ts";

export const BODY_BYTES_MAX = 100_000;
const CORRELATION_ID = /^[\w-]{1,64}$/;

export interface HttpOptions {
  readonly router: AnyRouter;
  readonly services: Services;
  /** Who sends the request; null for a guest. */
  sessionOf(headers: Headers): Promise<SessionUser | null>;
}

export function createHttpHandler(options: HttpOptions): (request: Request) => Promise<Response> {
  return traceRequests("/api/trpc/[trpc]", handlerOf(options));
}

function handlerOf({ router, services, sessionOf }: HttpOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const sent = request.headers.get("x-correlation-id") ?? "";
    const correlationId = CORRELATION_ID.test(sent) ? sent : services.ids.next();
    const bounded = await boundBody(request);
    if (bounded === undefined) return tooLarge(correlationId);
    const responseHeaders = new Headers({ "x-correlation-id": correlationId });
    const response = await fetchRequestHandler({
      endpoint: "/api/trpc",
      req: bounded,
      router,
      allowMethodOverride: true,
      createContext: async (): Promise<Context> => ({
        ...(await createContext(services, sessionOf, request.headers, correlationId, responseHeaders)),
        method: request.method,
      }),
      responseMeta({ errors }) {
        const headers = new Headers(responseHeaders);
        const retryAfter = errors[0] && errorData(errors[0]).retryAfterSeconds;
        if (retryAfter !== undefined) headers.set("retry-after", String(retryAfter));
        return { headers };
      },
    });
    if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
    return response;
  };
}

export async function createContext(
  services: Services,
  sessionOf: HttpOptions["sessionOf"],
  headers: Headers,
  correlationId: string,
  responseHeaders?: Headers,
): Promise<Context> {
  // A signed-in shopper may still look around while the session cannot be read.
  let sessionUnread = false;
  const onFailure = (): null => {
    sessionUnread = true;
    return null;
  };
  const user = headers.has("cookie") ? await sessionOf(headers).catch(onFailure) : null;
  const as = headers.get(AS_HEADER) ?? undefined;
  const idempotencyKey = headers.get("idempotency-key");
  return {
    ...services,
    user,
    sessionUnread,
    correlationId,
    callerAddress: callerAddress(headers),
    idempotencyKey,
    as,
    requestHeaders: headers,
    responseHeaders,
  };
}

/** What the nearest proxy saw, or Next where there is none; whatever stands before it may be made up by the caller. */
function callerAddress(headers: Headers): string | undefined {
  const address = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return address === "" ? undefined : address;
}

/** The request with its body read, or undefined when the body is over the limit. Reads no further than that. */
async function boundBody(request: Request): Promise<Request | undefined> {
  if (request.body === null) return request;
  if (Number(request.headers.get("content-length") ?? 0) > BODY_BYTES_MAX) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  const { method, headers, signal } = request;
  return new Request(request.url, { method, headers, signal, body: Buffer.concat(chunks) });
}

function tooLarge(correlationId: string): Response {
  const message = `The body is larger than ${BODY_BYTES_MAX} bytes.`;
  const fields = [{ field: "(body)", rule: `<= ${BODY_BYTES_MAX} bytes`, message }];
  const data = { code: "PAYLOAD_TOO_LARGE", httpStatus: 413, reason: "PAYLOAD_TOO_LARGE", fields, correlationId };
  return Response.json(
    { error: { message, code: -32_013, data } },
    { status: 413, headers: { "x-correlation-id": correlationId } },
  );
}
