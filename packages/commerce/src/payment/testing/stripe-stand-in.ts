/**
 * Stripe's API as far as the adapter uses it, for tests: form encoding in, Stripe's JSON and errors out, idempotency keys
 * with their rules. The money is the simulated gateway's, so its tokens and faults work behind it.
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { httpListener } from "@tillstream/runtime";
import { Hono } from "hono";
import type { Context, Next } from "hono";
import { PaymentUnavailableError } from "../gateway.ts";
import type { ChargeInput, ChargeOutcome } from "../gateway.ts";
import { createSimulatedGateway } from "../simulated-gateway.ts";
import { KEY_FIELD, ORDER_FIELD } from "../stripe-intents.ts";

const NEVER = new AbortController().signal;
/** The simulated gateway's silence is passed on: nothing here ends a call before the client does. */
const CALL_TIMEOUT_MS = 60_000;
const TOKENS = new Map([
  ["pm_card_visa_chargeDeclined", "tok_chargeDeclined"],
  ["pm_card_visa_chargeDeclinedInsufficientFunds", "tok_insufficientFunds"],
  ["pm_card_visa", "tok_visa"],
  // Stripe has no such cards: these make the simulated gateway behind misbehave.
  ["pm_timeout", "tok_timeout"],
  ["pm_flaky", "tok_flaky"],
]);

interface Intent {
  readonly id: string;
  readonly created: number;
  readonly charge: ChargeInput;
  /** Its place in the list, newest first. */
  readonly place: number;
}

class StripeRefusal extends Error {
  readonly status: number;
  readonly error: Record<string, unknown>;
  constructor(status: number, error: Record<string, unknown>) {
    super(String(error["message"] ?? error["code"]));
    this.status = status;
    this.error = error;
  }
}

export interface StripeStandIn extends AsyncDisposable {
  readonly port: number;
}

export async function startStripeStandIn(gatewayUrl: string): Promise<StripeStandIn> {
  const gateway = createSimulatedGateway(gatewayUrl, CALL_TIMEOUT_MS);
  const intents = new Map<string, Intent>();
  const replies = new Map<string, { fingerprint: string; answer: Promise<Response> }>();

  function intentOf(id: string): Intent {
    const intent = intents.get(id);
    if (intent === undefined) throw missing("payment_intent", id, 404);
    return intent;
  }

  async function view(intent: Intent, outcome?: ChargeOutcome): Promise<Record<string, unknown>> {
    const { charge } = intent;
    const found = outcome ?? (await gateway.findCharge({ ...charge, idempotencyKey: intent.id }, NEVER));
    const capture = found?.kind === "captured" ? await gateway.findCapture(found.chargeId, NEVER) : undefined;
    const declined = found?.kind === "declined" ? cardError(found) : null;
    return {
      id: intent.id,
      object: "payment_intent",
      amount: charge.amount,
      amount_received: capture?.amount ?? 0,
      created: intent.created,
      currency: charge.currency.toLowerCase(),
      metadata: { [ORDER_FIELD]: charge.orderId, [KEY_FIELD]: charge.idempotencyKey },
      status: capture
        ? "succeeded"
        : declined
          ? "requires_payment_method"
          : found
            ? "processing"
            : "requires_confirmation",
      last_payment_error: declined,
      latest_charge: capture && {
        id: capture.chargeId,
        object: "charge",
        amount_refunded: capture.refunded,
        created: Math.floor(capture.at.getTime() / 1_000),
      },
    };
  }

  async function create(form: URLSearchParams): Promise<Response> {
    const token = TOKENS.get(form.get("payment_method") ?? "");
    if (token === undefined) throw missing("payment_method", form.get("payment_method") ?? "", 400);
    if (form.get("confirm") === "true") throw new Error("the adapter creates and confirms in two calls");
    const intent: Intent = {
      id: `pi_${randomUUID().replaceAll("-", "")}`,
      created: Math.floor(Date.now() / 1_000),
      place: intents.size,
      charge: {
        amount: Number(form.get("amount")),
        currency: (form.get("currency") ?? "").toUpperCase(),
        orderId: form.get(`metadata[${ORDER_FIELD}]`) ?? "",
        idempotencyKey: form.get(`metadata[${KEY_FIELD}]`) ?? "",
        token,
      },
    };
    intents.set(intent.id, intent);
    return Response.json(await view(intent));
  }

  async function confirm(id: string): Promise<Response> {
    const intent = intentOf(id);
    const outcome = await gateway.charge({ ...intent.charge, idempotencyKey: id }, NEVER);
    const body = await view(intent, outcome);
    if (outcome.kind === "captured") return Response.json(body);
    return Response.json({ error: { ...cardError(outcome), payment_intent: body } }, { status: 402 });
  }

  async function refund(form: URLSearchParams, key: string): Promise<Response> {
    const intent = intents.get(form.get("payment_intent") ?? "");
    if (intent === undefined) throw missing("payment_intent", form.get("payment_intent") ?? "", 404);
    const found = await gateway.findCharge({ ...intent.charge, idempotencyKey: intent.id }, NEVER);
    if (found?.kind !== "captured")
      throw new StripeRefusal(400, {
        type: "invalid_request_error",
        param: "payment_intent",
        message: "No successful charge.",
      });
    const amount = Number(form.get("amount"));
    const outcome = await gateway.refund({ chargeId: found.chargeId, amount, idempotencyKey: key }, NEVER);
    if (outcome.kind === "refunded")
      return Response.json({ id: outcome.refundId, object: "refund", status: "succeeded", amount });
    throw new StripeRefusal(400, { type: "invalid_request_error", param: "amount", message: outcome.message });
  }

  async function list(query: URLSearchParams): Promise<Response> {
    const limit = Number(query.get("limit") ?? 10);
    const since = Number(query.get("created[gte]") ?? 0);
    const after = intents.get(query.get("starting_after") ?? "")?.place ?? Infinity;
    const rest = [...intents.values()].toReversed().filter(({ created, place }) => created >= since && place < after);
    const data = await Promise.all(rest.slice(0, limit).map((intent) => view(intent)));
    return Response.json({ object: "list", data, has_more: rest.length > limit, url: "/v1/payment_intents" });
  }

  /** The first answer under a key is the answer, unless it was a 5xx; other parameters under it are an error. */
  async function idempotently(c: Context, next: Next): Promise<Response | void> {
    const key = keyOf(c);
    if (c.req.method !== "POST" || key === "") return next();
    const fingerprint = `${c.req.path} ${await c.req.text()}`;
    const known = replies.get(key);
    if (known !== undefined && known.fingerprint !== fingerprint)
      throw new StripeRefusal(400, {
        type: "idempotency_error",
        message: "Keys for idempotent requests can only be used with the same parameters.",
      });
    if (known !== undefined) return (await known.answer).clone();
    const answer = next().then(() => c.res.clone());
    replies.set(key, { fingerprint, answer });
    if ((await answer).status >= 500) replies.delete(key);
  }

  const app = new Hono()
    .use(async (c, next) => {
      await next();
      c.header("request-id", `req_${randomUUID()}`);
      c.header("stripe-should-retry", "false");
    }, idempotently)
    .post("/v1/payment_intents", async (c) => create(await formOf(c)))
    .post("/v1/payment_intents/:id/confirm", (c) => confirm(c.req.param("id")))
    .post("/v1/refunds", async (c) => refund(await formOf(c), keyOf(c)))
    .get("/v1/payment_intents", (c) => list(new URL(c.req.url).searchParams))
    // Behind, as the real one is: it knows of nothing yet.
    .get("/v1/payment_intents/search", (c) =>
      c.json({ object: "search_result", data: [], has_more: false, url: c.req.path }),
    )
    .get("/v1/payment_intents/:id", async (c) => c.json(await view(intentOf(c.req.param("id")))))
    .notFound((c) => {
      throw new StripeRefusal(404, {
        type: "invalid_request_error",
        message: `Unrecognized request URL (${c.req.path}).`,
      });
    })
    .onError(refusalOf);
  const server = createServer(httpListener(app)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function refusalOf(error: Error): Response {
  if (error instanceof StripeRefusal) return Response.json({ error: error.error }, { status: error.status });
  const status = error instanceof PaymentUnavailableError ? 503 : 500;
  return Response.json({ error: { type: "api_error", message: error.message } }, { status });
}

const keyOf = ({ req }: Context): string => req.header("idempotency-key") ?? "";
const formOf = async ({ req }: Context) => new URLSearchParams(await req.text());

function cardError({ code, message }: Extract<ChargeOutcome, { kind: "declined" }>): Record<string, unknown> {
  return { type: "card_error", code: "card_declined", decline_code: code, message };
}

function missing(param: string, id: string, status: number): StripeRefusal {
  const message = `No such ${param}: '${id}'`;
  return new StripeRefusal(status, { type: "invalid_request_error", code: "resource_missing", param, message });
}
