/** `PaymentGateway` over the HTTP of the simulated gateway (`apps/gateway`). */
import { inSpan, SpanKind, spanFailed, storyHeaders } from "@tillstream/runtime";
import type { Span } from "@tillstream/runtime";
import { z } from "zod";
import { PaymentProtocolError, PaymentUnavailableError } from "./gateway.ts";
import type { CapturePage, ChargeOutcome, ChargeProcessing, PaymentGateway, RefundOutcome } from "./gateway.ts";

/** For callers without a bound of their own. Above a saga step's timeout: the step decides that an outcome is unknown. */
const CALL_TIMEOUT_MS = 60_000;

const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), declineCode: z.string().optional() }),
});
const capturedBody = z.object({ id: z.string(), status: z.literal("captured") });
const refundBody = z.object({ id: z.string() });
const foundBody = z.object({
  charges: z
    .array(
      z.discriminatedUnion("status", [
        capturedBody,
        z.object({ status: z.literal("declined"), declineCode: z.string(), message: z.string() }),
        z.object({ status: z.literal("processing") }),
      ]),
    )
    .max(1),
});

const ledgerBody = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      orderId: z.string(),
      amount: z.int(),
      refunded: z.int(),
      currency: z.string(),
      at: z.coerce.date(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

/** The input is wrong in a way that only the shopper or an operator can change. */
const CARD_ERROR_CODES = new Set(["card_declined", "invalid_token"]);
const REFUND_REFUSAL_CODES = new Set(["charge_not_found", "charge_not_captured", "amount_exceeds_captured"]);

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** @param url the gateway's origin, such as `http://127.0.0.1:3003` */
export function createSimulatedGateway(url: string, timeoutMs = CALL_TIMEOUT_MS): PaymentGateway {
  function call(path: string, init: Sent, signal: AbortSignal): Promise<Reply> {
    const target = new URL(path, url);
    const { method = "GET" } = init;
    const attributes = {
      "http.request.method": method,
      "server.address": target.hostname,
      "server.port": Number(target.port),
      "url.template": target.pathname,
    };
    return inSpan({ name: `${method} ${target.pathname}`, kind: SpanKind.CLIENT, attributes }, (span) =>
      send(target, init, signal, span),
    );
  }

  async function send(target: URL, init: Sent, signal: AbortSignal, span: Span): Promise<Reply> {
    try {
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const headers = { ...init.headers, ...storyHeaders() };
      const response = await fetch(target, { ...init, headers, signal: bounded, redirect: "error" });
      span.setAttribute("http.response.status_code", response.status);
      if (response.status >= 400) spanFailed(span, String(response.status));
      const body: unknown = await response.json();
      if (response.status < 500) return { status: response.status, body };
      throw new PaymentUnavailableError(`the gateway answered ${response.status}`);
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof PaymentUnavailableError) throw cause;
      throw new PaymentUnavailableError("the gateway did not answer", { cause });
    }
  }

  function post(path: string, body: object, signal: AbortSignal): Promise<Reply> {
    const headers = { "content-type": "application/json" };
    return call(path, { method: "POST", headers, body: JSON.stringify(body) }, signal);
  }

  async function readCaptures(query: Record<string, string>, signal: AbortSignal): Promise<CapturePage> {
    const parameters = new URLSearchParams({ kind: "capture", ...query });
    const reply = await call(`/ledger?${parameters.toString()}`, {}, signal);
    if (reply.status !== 200) throw protocolError(reply);
    const { entries, nextCursor } = parse(ledgerBody, reply);
    return {
      captures: entries.map(({ id, ...entry }) => ({ chargeId: id, ...entry })),
      nextCursor: nextCursor ?? undefined,
    };
  }

  return {
    async charge(input, signal) {
      const { orderId, amount, currency, token, idempotencyKey } = input;
      const reply = await post("/charges", { orderId, amount, currency, token, idempotencyKey }, signal);
      if (reply.status === 200) return outcomeOf(parse(capturedBody, reply));
      const { code, message, declineCode } = errorOf(reply);
      if (!CARD_ERROR_CODES.has(code)) throw protocolError(reply);
      return { kind: "declined", code: declineCode ?? code, message };
    },

    async refund({ chargeId, amount, idempotencyKey }, signal): Promise<RefundOutcome> {
      const reply = await post("/refunds", { chargeId, amount, idempotencyKey }, signal);
      if (reply.status === 200) return { kind: "refunded", refundId: parse(refundBody, reply).id };
      const { code, message } = errorOf(reply);
      if (!REFUND_REFUSAL_CODES.has(code)) throw protocolError(reply);
      return { kind: "refused", code, message };
    },

    async findCharge({ idempotencyKey }, signal) {
      const query = new URLSearchParams({ idempotencyKey });
      const reply = await call(`/charges?${query.toString()}`, {}, signal);
      if (reply.status !== 200) throw protocolError(reply);
      const charge = parse(foundBody, reply).charges[0];
      return charge && outcomeOf(charge);
    },

    async findCapture(chargeId, signal) {
      const { captures } = await readCaptures({ chargeId }, signal);
      return captures[0];
    },

    listCaptures({ since, cursor, limit }, signal) {
      const query = {
        since: since.toISOString(),
        limit: String(limit),
        ...(cursor !== undefined && { after: cursor }),
      };
      return readCaptures(query, signal);
    },
  };
}

type Charge = z.infer<typeof foundBody>["charges"][number];

function outcomeOf(charge: z.infer<typeof capturedBody>): ChargeOutcome;
function outcomeOf(charge: Charge): ChargeOutcome | ChargeProcessing;
function outcomeOf(charge: Charge): ChargeOutcome | ChargeProcessing {
  switch (charge.status) {
    case "captured":
      return { kind: "captured", chargeId: charge.id };
    case "declined":
      return { kind: "declined", code: charge.declineCode, message: charge.message };
    case "processing":
      return { kind: "processing" };
  }
}

function errorOf(reply: Reply): z.infer<typeof errorBody>["error"] {
  const { error } = parse(errorBody, reply);
  // Someone else's call under this key is running: its answer can be had a little later.
  if (error.code === "idempotency_key_in_use") throw new PaymentUnavailableError(error.message);
  return error;
}

function parse<Schema extends z.ZodType>(schema: Schema, { status, body }: Reply): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new PaymentProtocolError(`the gateway's answer ${status} is not understood`, { cause: parsed.error });
}

function protocolError(reply: Reply): PaymentProtocolError {
  const { code, message } = errorOf(reply);
  return new PaymentProtocolError(`the gateway refused the call: ${code}: ${message}`);
}
