/** The gateway's HTTP surface. Money endpoints obey the faults; health, faults, ledger and metrics always answer. */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { FOR_PROGRAMS, inSpan, SpanKind, spanFailed } from "@tillstream/runtime";
import type { Logger } from "@tillstream/runtime";
import { ok, refused, RefusedError, SILENCE } from "./answers.ts";
import type { Answer } from "./answers.ts";
import { parseBySchema, readJson } from "./body.ts";
import { createCharges } from "./charges.ts";
import { faultsPatch } from "./faults.ts";
import { ledgerQuery, pageOf } from "./ledger-page.ts";
import { metricsText } from "./metrics.ts";
import type { GatewayParts } from "./parts.ts";
import { createRefunds } from "./refunds.ts";
import { chargeQuery, chargeRequest, refundRequest } from "./requests.ts";

const CORRELATION_HEADER = "x-correlation-id";
const CORRELATION_CHARACTERS_MAX = 64;

type Handler = (request: IncomingMessage, url: URL) => Promise<Answer | typeof SILENCE> | Answer;

export function createRequestListener(parts: GatewayParts, logger: Logger): RequestListener {
  const { ledger, faults } = parts;
  const charges = createCharges(parts);
  const refunds = createRefunds(parts);
  const answered = new Map<string, number>();

  const moneyRoutes = new Map<string, Handler>([
    ["POST /charges", async (request) => charges.charge(await readJson(request, chargeRequest))],
    [
      "GET /charges",
      (_, url) => charges.find(parseBySchema(Object.fromEntries(url.searchParams), chargeQuery).idempotencyKey),
    ],
    ["POST /refunds", async (request) => refunds.refund(await readJson(request, refundRequest))],
  ]);
  const routes = new Map<string, Handler>([
    [
      "GET /ledger",
      (_, url) => {
        const query = parseBySchema(Object.fromEntries(url.searchParams), ledgerQuery);
        return ok(pageOf(ledger, query) ?? { entries: ledger.entries().map(({ entry }) => entry) });
      },
    ],
    ["GET /faults", () => ok(faults.current())],
    ["POST /faults", async (request) => ok(faults.change(await readJson(request, faultsPatch)))],
    ["GET /health", () => health(ledger.isWritable())],
    ["GET /metrics", () => ok(metricsText(answered, ledger.counts(), faults.current()))],
  ]);

  async function answer(request: IncomingMessage): Promise<Answer | typeof SILENCE> {
    try {
      const { url, route } = addressOf(request);
      const moneyHandler = moneyRoutes.get(route);
      if (moneyHandler) faults.refuseWhenDown();
      const handler = moneyHandler ?? routes.get(route);
      if (!url || !handler) return refused(404, "not_found", `There is no ${route}.`);
      return await handler(request, url);
    } catch (error) {
      if (error instanceof RefusedError) return error.answer;
      logger.error({ err: error }, "request failed");
      return refused(503, "gateway_error", "The gateway failed.");
    }
  }

  /** Whoever may ask for money to move is trusted with its trace, too. */
  function tracedAnswer(request: IncomingMessage): Promise<Answer | typeof SILENCE> {
    const { route } = addressOf(request);
    if (!moneyRoutes.has(route)) return answer(request);
    return inSpan(spanOf(request, route), async (span) => {
      const result = await answer(request);
      if (result !== SILENCE) span.setAttribute("http.response.status_code", result.status);
      if (result === SILENCE || result.status >= 500)
        spanFailed(span, result === SILENCE ? "silence" : String(result.status));
      return result;
    });
  }

  return (request, response) => {
    void tracedAnswer(request).then((result) => {
      const status = result === SILENCE ? "none" : String(result.status);
      answered.set(status, (answered.get(status) ?? 0) + 1);
      if (result !== SILENCE) send(response, result, request.complete);
    });
  };
}

function addressOf({ method, url: address }: IncomingMessage): { url: URL | null; route: string } {
  const url = URL.parse(address ?? "/", "http://gateway.invalid");
  return { url, route: `${method} ${url?.pathname}` };
}

function spanOf({ method = "", headers }: IncomingMessage, route: string) {
  const correlationId = headers[CORRELATION_HEADER];
  return {
    name: route,
    kind: SpanKind.SERVER,
    story: {
      ...(typeof correlationId === "string" && { correlationId: correlationId.slice(0, CORRELATION_CHARACTERS_MAX) }),
      traceparent: typeof headers["traceparent"] === "string" ? headers["traceparent"] : undefined,
    },
    attributes: { "http.request.method": method, "http.route": route.slice(method.length + 1) },
  };
}

function health(writable: boolean): Answer {
  const word = writable ? "ok" : "down";
  return { status: writable ? 200 : 503, body: { status: word, checks: { ledger: word } } };
}

/** @param isRead without it the connection ends with the answer: what is left of the body is not read */
function send(response: ServerResponse, { status, body }: Answer, isRead: boolean): void {
  const isText = typeof body === "string";
  response.writeHead(status, {
    "content-type": isText ? "text/plain; version=0.0.4; charset=utf-8" : "application/json; charset=utf-8",
    "cache-control": "no-store",
    ...FOR_PROGRAMS,
    ...(!isRead && { connection: "close" }),
  });
  response.end(isText ? body : JSON.stringify(body));
}
