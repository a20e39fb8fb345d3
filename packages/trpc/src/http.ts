/** The HTTP edge of a router: requests of its own pages only, bounded bodies of JSON, correlation ids, `Retry-After`, and no answer from a cache. */
import type { AnyRouter } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { FieldProblem } from "@tillstream/eventing";
import { readBody } from "@tillstream/runtime";
import { BATCH_CALLS_MAX } from "./batch.ts";
import { errorData } from "./errors.ts";
import type { Context, Services, SessionUser } from "./context.ts";
import { isFromElsewhere } from "./from-elsewhere.ts";
import { AS_HEADER } from "./spoken-for.ts";
import { traceRequests } from "./trace-requests.ts";

export const BODY_BYTES_MAX = 100_000;
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
    const correlationId = services.ids.next(); // never the caller's: it names a history
    const bounded = await withinBounds(request);
    if ("refused" in bounded) {
      services.logger.warn({ reason: bounded.refused.reason, correlationId }, "refused at the edge");
      return answerRefused(bounded.refused, correlationId, request.body !== null);
    }
    const responseHeaders = new Headers({ "x-correlation-id": correlationId });
    const response = await fetchRequestHandler({
      endpoint: "/api/trpc",
      req: bounded.request,
      router,
      allowMethodOverride: true,
      maxBatchSize: BATCH_CALLS_MAX,
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
    // Of what it refuses before it has looked at the body, the adapter says that it is text.
    if (response.status >= 400) response.headers.set("content-type", "application/json");
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

/** The caller's own, which the process puts in place of whatever was sent (`believeProxies`). Undefined where it does not. */
export function callerAddress(headers: Headers): string | undefined {
  const address = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return address === "" ? undefined : address;
}

/** What is wrong with a request before any procedure is asked. */
interface EdgeRefusal {
  readonly httpStatus: 403 | 408 | 413 | 415;
  readonly code: "FORBIDDEN" | "TIMEOUT" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE";
  readonly reason: string;
  readonly message: string;
  readonly fields?: readonly FieldProblem[];
}

const OTHER_SITE: EdgeRefusal = {
  httpStatus: 403,
  code: "FORBIDDEN",
  reason: "OTHER_SITE",
  message: "This was sent by a page of another site.",
};

const NOT_JSON: EdgeRefusal = {
  httpStatus: 415,
  code: "UNSUPPORTED_MEDIA_TYPE",
  reason: "UNSUPPORTED_MEDIA_TYPE",
  message: "Send the body as application/json.",
};

const TOO_SLOW: EdgeRefusal = {
  httpStatus: 408,
  code: "TIMEOUT",
  reason: "BODY_TOO_SLOW",
  message: "The body did not arrive in time.",
};

const tooLarge = (bytesMax: number): EdgeRefusal => {
  const message = `The body is larger than ${bytesMax} bytes.`;
  const fields = [{ field: "(body)", rule: `<= ${bytesMax} bytes`, message }];
  return { httpStatus: 413, code: "PAYLOAD_TOO_LARGE", reason: "PAYLOAD_TOO_LARGE", message, fields };
};

/**
 * The request with its body read: of one of its own pages or of no browser, in JSON, of `bytesMax` at most, in time. Reads no further.
 */
export async function withinBounds(
  request: Request,
  bytesMax = BODY_BYTES_MAX,
): Promise<{ readonly request: Request } | { readonly refused: EdgeRefusal }> {
  if (isFromElsewhere(request.headers)) return { refused: OTHER_SITE };
  if (request.body === null) return { request };
  const [contentType = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (contentType.trim().toLowerCase() !== "application/json") return { refused: NOT_JSON };
  const announced = Number(request.headers.get("content-length") ?? 0);
  const body = announced > bytesMax ? "too large" : await readBody(request.body, bytesMax);
  if (body === "too large") return { refused: tooLarge(bytesMax) };
  if (body === "too slow") return { refused: TOO_SLOW };
  const { method, headers, signal } = request;
  return { request: new Request(request.url, { method, headers, signal, body }) };
}

/** @param isUnread says that the connection ends: what is left of the body is not read (`endUnreadConnections`) */
function answerRefused({ message, ...refusal }: EdgeRefusal, correlationId: string, isUnread: boolean): Response {
  const { httpStatus } = refusal;
  const headers = { "x-correlation-id": correlationId, "cache-control": "no-store" };
  return Response.json(
    { error: { message, code: -32_000 - (httpStatus - 400), data: { ...refusal, correlationId } } },
    { status: httpStatus, headers: isUnread ? { ...headers, connection: "close" } : headers },
  );
}
