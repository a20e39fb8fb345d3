/** The gateway's HTTP surface. Money endpoints obey the faults; health, faults, ledger and metrics always answer. */
import type { IncomingMessage, RequestListener } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { httpListener, inSpan, SpanKind, spanFailed } from "@tillstream/runtime";
import type { HttpEnv, Logger } from "@tillstream/runtime";
import { Hono } from "hono";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
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

export function createRequestListener(parts: GatewayParts, logger: Logger): RequestListener {
  const { ledger, faults } = parts;
  const charges = createCharges(parts);
  const refunds = createRefunds(parts);
  const answered = new Map<string, number>();
  const whenUp = createMiddleware((_, next) => {
    faults.refuseWhenDown();
    return next();
  });

  const app = new Hono<HttpEnv>()
    .use(async (c, next) => {
      await next();
      const status = statusOf(c);
      answered.set(status, (answered.get(status) ?? 0) + 1);
    })
    .post("/charges", traced, whenUp, async (c) =>
      send(await charges.charge(await readJson(c.env.incoming, chargeRequest))),
    )
    .get("/charges", traced, whenUp, async (c) =>
      send(await charges.find(parseBySchema(queryOf(c), chargeQuery).idempotencyKey)),
    )
    .post("/refunds", traced, whenUp, async (c) =>
      send(await refunds.refund(await readJson(c.env.incoming, refundRequest))),
    )
    .get("/ledger", (c) => {
      const query = parseBySchema(queryOf(c), ledgerQuery);
      const page = pageOf(ledger, query);
      // The shop asks for parts of it, as of any gateway's books: they are away with it. The whole is for who watches from outside.
      if (page !== undefined) faults.refuseWhenDown();
      return send(ok(page ?? { entries: ledger.entries().map(({ entry }) => entry) }));
    })
    .get("/faults", () => send(ok(faults.current())))
    .post("/faults", async (c) => send(ok(faults.change(await readJson(c.env.incoming, faultsPatch)))))
    .get("/health", () => send(health(ledger.isWritable())))
    .get("/metrics", (c) =>
      c.body(metricsText(answered, ledger.counts(), faults.current()), 200, {
        "content-type": "text/plain; version=0.0.4; charset=utf-8",
      }),
    )
    .notFound(({ req }) =>
      send(refused(404, "not_found", `${req.method} ${new URL(req.url).pathname} does not exist.`)),
    )
    .onError((error) => {
      if (error instanceof RefusedError) return send(error.answer);
      logger.error({ err: error }, "request failed");
      return send(refused(503, "gateway_error", "The gateway failed."));
    });
  return httpListener(app);
}

/** A caller that may move money is trusted with its trace, too. */
const traced = createMiddleware<HttpEnv>((c, next) =>
  inSpan(spanOf(c.env.incoming, c.req.path), async (span) => {
    await next();
    const status = statusOf(c);
    if (status !== "none") span.setAttribute("http.response.status_code", c.res.status);
    if (status === "none" || c.res.status >= 500) spanFailed(span, status === "none" ? "silence" : status);
  }),
);

function spanOf({ method = "", headers }: IncomingMessage, route: string) {
  const correlationId = headers[CORRELATION_HEADER];
  return {
    name: `${method} ${route}`,
    kind: SpanKind.SERVER,
    story: {
      ...(typeof correlationId === "string" && { correlationId: correlationId.slice(0, CORRELATION_CHARACTERS_MAX) }),
      traceparent: typeof headers["traceparent"] === "string" ? headers["traceparent"] : undefined,
    },
    attributes: { "http.request.method": method, "http.route": route },
  };
}

/** Of a name that is given twice, the last value. */
const queryOf = ({ req }: Context) => Object.fromEntries(new URL(req.url).searchParams);

const statusOf = ({ res }: Context): string => (res === RESPONSE_ALREADY_SENT ? "none" : String(res.status));

function health(writable: boolean): Answer {
  const word = writable ? "ok" : "down";
  return { status: writable ? 200 : 503, body: { status: word, checks: { ledger: word } } };
}

/** The answer as a response; to silence, the listener writes none. */
function send(answer: Answer | typeof SILENCE): Response {
  if (answer === SILENCE) return RESPONSE_ALREADY_SENT;
  const headers = { "content-type": "application/json; charset=utf-8" };
  return Response.json(answer.body, { status: answer.status, headers });
}
