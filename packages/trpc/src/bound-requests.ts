/** What a request to this process may send, and for how long, before any of our code looks at it: Next would read a body for a page as well. */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { FOR_PROGRAMS, readEnv } from "@tillstream/runtime";
import type { Logger } from "@tillstream/runtime";
import { z } from "zod";
import { localPath } from "./local-path.ts";

/** Where route handlers take bodies, each with bounds of its own. Everything else is asked for without one. */
const BODIES_UNDER: readonly string[] = ["/api/auth/", "/api/forms/", "/api/trpc/", "/api/webhooks/"];
/** Where Next's tools for developers do. */
const DEVELOPMENT_BODIES_UNDER: readonly string[] = ["/__nextjs", "/_next/"];

const HEADERS_MS_MAX = 10_000;
/** Headers and a body: route handlers end their own wait for a body before it. */
const REQUEST_MS_MAX = 20_000;

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Next creates the server and does not expose it. Node tells of each request before its server hears of it. */
export function boundRequests(logger: Logger): void {
  const bounded = new WeakSet<Server>();
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server }; // documented as such
    if (bounded.has(server)) return;
    bounded.add(server);
    boundServer(server, logger);
  });
}

/** @param server has its listeners already */
export function boundServer(server: Server, logger: Logger): void {
  const development = readEnv({ NODE_ENV: z.string().optional() }).NODE_ENV === "development";
  server.headersTimeout = HEADERS_MS_MAX;
  server.requestTimeout = REQUEST_MS_MAX;
  // Next would keep the connection of a caller that asks for another protocol, and never answer. Its developer tools use one.
  if (!development) server.removeAllListeners("upgrade");
  const bodiesUnder = development ? [...BODIES_UNDER, ...DEVELOPMENT_BODIES_UNDER] : BODIES_UNDER;
  answerFirst(server, (request, response) => {
    if (!isReadable(request)) {
      answerRefusal(response, 400, BAD_ADDRESS);
      return true;
    }
    if (!hasBody(request) || takesBody(request, bodiesUnder)) return false;
    logger.warn({ reason: "PAYLOAD_TOO_LARGE" }, "refused at the edge");
    refuseBody(request, response);
    return true;
  });
}

/** Asks `isAnswered` in front of those who listen to the server for requests. */
function answerFirst(server: Server, isAnswered: (...exchange: Parameters<Answer>) => boolean): void {
  const listeners = server.listeners("request") as Answer[]; // what Node calls them with
  const answer: Answer = (request, response) => {
    if (!isAnswered(request, response)) for (const listener of listeners) listener.call(server, request, response);
  };
  server.removeAllListeners("request").on("request", answer);
  // A caller that waits to be told to go on with the body.
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    if (isAnswered(request, response)) return;
    response.writeContinue();
    for (const listener of listeners) listener.call(server, request, response);
  });
}

const BAD_ADDRESS = {
  code: "BAD_ADDRESS",
  message: "This address cannot be read: a % in it begins no character, or it names __proto__.",
};

/** Next answers a path that it cannot decode as if the fault were its own. */
function isReadable({ url = "" }: IncomingMessage): boolean {
  const [path = "", ...query] = url.split("?");
  try {
    decodeURIComponent(path);
    // Next drops this name on the way, and what is asked with it would be answered as if without.
    return !new URLSearchParams(query.join("?")).has("__proto__");
  } catch {
    return false;
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** Of a path that means what it says: that of /api/auth/../login is another. */
function takesBody({ method, url = "" }: IncomingMessage, bodiesUnder: readonly string[]): boolean {
  const [path = ""] = url.split("?");
  if (method !== "POST" || URL.parse(path, "http://localhost")?.pathname !== path) return false;
  return bodiesUnder.some((start) => path.startsWith(start));
}

/** The connection ends with it (`endUnreadConnections`). */
function refuseBody({ method, url, headers: sent }: IncomingMessage, response: ServerResponse): void {
  // A person was quicker than the scripts of a page with a form: they get the page again.
  if (method === "POST" && sent["content-type"]?.startsWith("application/x-www-form-urlencoded") === true)
    return void response.writeHead(303, { ...ENDING, location: localPath(url) ?? "/" }).end();
  answerRefusal(response, 413, { code: "PAYLOAD_TOO_LARGE", message: "This address takes no body." });
}

const ENDING = {
  connection: "close",
  "cache-control": "no-store",
  "referrer-policy": "same-origin",
  ...FOR_PROGRAMS,
};

function answerRefusal(response: ServerResponse, status: number, refusal: typeof BAD_ADDRESS): void {
  response.writeHead(status, { ...ENDING, "content-type": "application/json" }).end(JSON.stringify(refusal));
}
