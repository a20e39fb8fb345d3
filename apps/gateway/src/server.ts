/** The gateway's HTTP surface. Money endpoints obey the faults; health, faults, ledger and metrics always answer. */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
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
      const url = URL.parse(request.url ?? "/", "http://gateway.invalid");
      const route = `${request.method} ${url?.pathname}`;
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

  return (request, response) => {
    void answer(request).then((result) => {
      const status = result === SILENCE ? "none" : String(result.status);
      answered.set(status, (answered.get(status) ?? 0) + 1);
      if (result !== SILENCE) send(response, result);
    });
  };
}

function health(writable: boolean): Answer {
  const word = writable ? "ok" : "down";
  return { status: writable ? 200 : 503, body: { status: word, checks: { ledger: word } } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const isText = typeof body === "string";
  response.writeHead(status, {
    "content-type": isText ? "text/plain; version=0.0.4; charset=utf-8" : "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(isText ? body : JSON.stringify(body));
}
