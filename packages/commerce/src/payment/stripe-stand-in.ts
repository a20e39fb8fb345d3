/**
 * Stripe's API as far as the adapter uses it, for tests: form encoding in, Stripe's JSON and errors out, idempotency keys
 * with their rules. The money is the simulated gateway's, so its tokens and faults work behind it.
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createSimulatedGateway } from "./simulated-gateway.ts";
import { PaymentUnavailableError } from "./gateway.ts";
import type { ChargeInput, ChargeOutcome } from "./gateway.ts";
import { KEY_FIELD, ORDER_FIELD } from "./stripe-intents.ts";

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

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

class StripeRefusal extends Error {
  readonly answer: Answer;
  constructor(status: number, error: Record<string, unknown>) {
    super(String(error["message"] ?? error["code"]));
    this.answer = { status, body: { error } };
  }
}

export interface StripeStandIn extends AsyncDisposable {
  readonly port: number;
}

export async function startStripeStandIn(gatewayUrl: string): Promise<StripeStandIn> {
  const gateway = createSimulatedGateway(gatewayUrl, CALL_TIMEOUT_MS);
  const intents = new Map<string, Intent>();
  const replies = new Map<string, { fingerprint: string; answer: Promise<Answer> }>();

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

  async function create(form: URLSearchParams): Promise<Answer> {
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
    return { status: 200, body: await view(intent) };
  }

  async function confirm(id: string): Promise<Answer> {
    const intent = intentOf(id);
    const outcome = await gateway.charge({ ...intent.charge, idempotencyKey: id }, NEVER);
    const body = await view(intent, outcome);
    if (outcome.kind === "captured") return { status: 200, body };
    return { status: 402, body: { error: { ...cardError(outcome), payment_intent: body } } };
  }

  async function refund(form: URLSearchParams, key: string): Promise<Answer> {
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
      return { status: 200, body: { id: outcome.refundId, object: "refund", status: "succeeded", amount } };
    throw new StripeRefusal(400, { type: "invalid_request_error", param: "amount", message: outcome.message });
  }

  async function list(query: URLSearchParams): Promise<Answer> {
    const limit = Number(query.get("limit") ?? 10);
    const since = Number(query.get("created[gte]") ?? 0);
    const after = intents.get(query.get("starting_after") ?? "")?.place ?? Infinity;
    const rest = [...intents.values()].toReversed().filter(({ created, place }) => created >= since && place < after);
    const data = await Promise.all(rest.slice(0, limit).map((intent) => view(intent)));
    return { status: 200, body: { object: "list", data, has_more: rest.length > limit, url: "/v1/payment_intents" } };
  }

  async function answer(method: string, url: URL, body: string, key: string): Promise<Answer> {
    const [, , resource = "", id = "", verb = ""] = url.pathname.split("/");
    const form = new URLSearchParams(body);
    switch (`${method} ${resource}${id && id !== "search" ? "/:id" : id && "/search"}${verb && `/${verb}`}`) {
      case "POST payment_intents":
        return create(form);
      case "POST payment_intents/:id/confirm":
        return confirm(id);
      case "POST refunds":
        return refund(form, key);
      case "GET payment_intents":
        return list(url.searchParams);
      case "GET payment_intents/:id":
        return { status: 200, body: await view(intentOf(id)) };
      case "GET payment_intents/search": // behind, as the real one is: it knows of nothing yet
        return { status: 200, body: { object: "search_result", data: [], has_more: false, url: url.pathname } };
      default:
        throw new StripeRefusal(404, {
          type: "invalid_request_error",
          message: `Unrecognized request URL (${url.pathname}).`,
        });
    }
  }

  /** The first answer under a key is the answer, unless it was a 5xx; other parameters under it are an error. */
  async function idempotently(key: string, fingerprint: string, work: () => Promise<Answer>): Promise<Answer> {
    if (key === "") return work();
    const known = replies.get(key);
    if (known !== undefined && known.fingerprint !== fingerprint)
      throw new StripeRefusal(400, {
        type: "idempotency_error",
        message: "Keys for idempotent requests can only be used with the same parameters.",
      });
    if (known !== undefined) return known.answer;
    const reply = work().catch(refusalOf);
    replies.set(key, { fingerprint, answer: reply });
    const result = await reply;
    if (result.status >= 500) replies.delete(key);
    return result;
  }

  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const url = URL.parse(request.url ?? "/", "http://stripe") ?? new URL("http://stripe");
      const key = String(request.headers["idempotency-key"] ?? "");
      const isOurs = request.method === "POST" ? key : "";
      const result = await idempotently(isOurs, `${url.pathname} ${body}`, () =>
        answer(request.method ?? "GET", url, body, key),
      ).catch(refusalOf);
      const headers = {
        "content-type": "application/json",
        "request-id": `req_${randomUUID()}`,
        "stripe-should-retry": "false",
      };
      response.writeHead(result.status, headers).end(JSON.stringify(result.body));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function refusalOf(error: unknown): Answer {
  if (error instanceof StripeRefusal) return error.answer;
  const status = error instanceof PaymentUnavailableError ? 503 : 500;
  return { status, body: { error: { type: "api_error", message: error instanceof Error ? error.message : "failed" } } };
}

function cardError({ code, message }: Extract<ChargeOutcome, { kind: "declined" }>): Record<string, unknown> {
  return { type: "card_error", code: "card_declined", decline_code: code, message };
}

function missing(param: string, id: string, status: number): StripeRefusal {
  const message = `No such ${param}: '${id}'`;
  return new StripeRefusal(status, { type: "invalid_request_error", code: "resource_missing", param, message });
}
