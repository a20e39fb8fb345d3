import { readEnv } from "@tillstream/runtime";
import Stripe from "stripe";
import { expect, it } from "vitest";
import { freePort, startGatewayProcess } from "../testing/index.ts";
import { describePaymentGateway } from "./gateway.contract.ts";
import { createStripeGateway } from "./stripe-gateway.ts";
import { stripeWebhooks } from "./stripe-webhooks.ts";
import { startStripeStandIn } from "./testing/stripe-stand-in.ts";
import { WebhookRefusedError } from "./webhook-source.ts";
import { paymentSettings } from "../settings.ts";

const CALL_TIMEOUT_MS = 1_000;

function clientOf(port: number): Stripe {
  const config = { host: "127.0.0.1", port, protocol: "http", timeout: CALL_TIMEOUT_MS, maxNetworkRetries: 0 } as const;
  return new Stripe("sk_test_of_the_tests", { ...config, telemetry: false });
}

describePaymentGateway("the Stripe adapter, on a stand-in of Stripe's API", async () => {
  const simulated = await startGatewayProcess();
  const standIn = await startStripeStandIn(simulated.url);
  return {
    gateway: createStripeGateway(clientOf(standIn.port), { isTest: true }),
    unreachable: createStripeGateway(clientOf(await freePort()), { isTest: true }),
    tokens: { succeeds: "tok_visa", declines: "tok_chargeDeclined", timesOut: "pm_timeout", flaky: "pm_flaky" },
    async capturesOf(orderId) {
      const entries = await simulated.entries();
      return entries.filter((entry) => entry.kind === "capture" && entry.orderId === orderId).length;
    },
    async [Symbol.asyncDispose]() {
      await standIn[Symbol.asyncDispose]();
      await simulated[Symbol.asyncDispose]();
    },
  };
});

const { STRIPE_SECRET_KEY: testKey } = readEnv(paymentSettings);

if (testKey?.includes("_test_")) {
  const stripe = new Stripe(testKey, { maxNetworkRetries: 2 });
  const start = async () => ({
    gateway: createStripeGateway(stripe, { isTest: true }),
    unreachable: createStripeGateway(clientOf(await freePort()), { isTest: true }),
    tokens: { succeeds: "tok_visa", declines: "tok_chargeDeclined" },
    async capturesOf(orderId: string) {
      const { data } = await stripe.paymentIntents.list({ limit: 100 });
      return data.filter(({ metadata, status }) => metadata["tillstream_order"] === orderId && status === "succeeded")
        .length;
    },
    [Symbol.asyncDispose]: async () => undefined,
  });
  describePaymentGateway("the Stripe adapter, on Stripe's test mode", start, { withFaults: false, timeoutMs: 60_000 });
} else {
  process.stderr.write("Stripe itself is not asked: STRIPE_SECRET_KEY is not a key of its test mode.\n");
}

const SECRET = "whsec_of_the_tests";
const NOW = new Date("2026-11-24T12:00:00Z");
const stripe = new Stripe("sk_test_of_the_tests");
const source = stripeWebhooks(stripe, SECRET);

function signed(event: object, { secret = SECRET, at = NOW } = {}): { body: string; headers: Headers } {
  const payload = JSON.stringify(event);
  const timestamp = Math.floor(at.getTime() / 1_000);
  const header = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  return { body: payload, headers: new Headers({ "stripe-signature": header }) };
}

const succeeded = {
  id: "evt_1",
  object: "event",
  type: "payment_intent.succeeded",
  data: {
    object: { id: "pi_1", object: "payment_intent", metadata: { tillstream_order: "o1" }, receipt_email: "x@y.z" },
  },
};

it("a webhook of Stripe leads to its intent, and carries nothing personal", () => {
  const { body, headers } = signed(succeeded);
  expect(source.read(body, headers, NOW)).toEqual({
    id: "evt_1",
    type: succeeded.type,
    chargeId: "pi_1",
    orderId: "o1",
  });
});

it("a webhook about a refund leads to the intent that is refunded", () => {
  const object = { id: "re_1", object: "refund", payment_intent: "pi_1" };
  const { body, headers } = signed({ ...succeeded, type: "refund.created", data: { object } });
  expect(source.read(body, headers, NOW)).toMatchObject({ chargeId: "pi_1" });
});

it.each([
  ["forged", signed(succeeded, { secret: "whsec_of_somebody" })],
  ["forged", { ...signed(succeeded), headers: new Headers() }],
  ["expired", signed(succeeded, { at: new Date(NOW.getTime() - 6 * 60_000) })],
  ["malformed", signed({ id: "evt_1", object: "event" })],
] as const)("a webhook of Stripe that is %s is refused as such", (outcome, { body, headers }) => {
  expect(() => source.read(body, headers, NOW)).toThrow(WebhookRefusedError);
  expect(() => source.read(body, headers, NOW)).toThrow(expect.objectContaining({ outcome }));
});
