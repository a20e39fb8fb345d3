/** The payment provider that the settings name, with the door for its webhooks. */
import { InvalidSettingsError } from "@tillstream/runtime";
import Stripe from "stripe";
import type { PaymentGateway } from "./gateway.ts";
import { createSimulatedGateway } from "./simulated-gateway.ts";
import { simulatedWebhooks } from "./simulated-webhooks.ts";
import { createStripeGateway } from "./stripe-gateway.ts";
import { stripeWebhooks } from "./stripe-webhooks.ts";
import type { WebhookSource } from "./webhook-source.ts";

/** Above a saga step's timeout: the step decides that an outcome is unknown. */
const STRIPE_TIMEOUT_MS = 60_000;

export interface PaymentProvider {
  /** For logs, and to keep cached outcomes of two providers apart. */
  readonly name: string;
  readonly gateway: PaymentGateway;
  readonly webhooks: WebhookSource;
}

export interface PaymentProviderSettings {
  readonly GATEWAY_URL: string;
  readonly GATEWAY_WEBHOOK_SECRET: string;
  readonly STRIPE_SECRET_KEY?: string | undefined;
  readonly STRIPE_WEBHOOK_SECRET?: string | undefined;
}

/** Throws `InvalidSettingsError` when only one of Stripe's two secrets is set. */
export function createPaymentProvider(settings: PaymentProviderSettings): PaymentProvider {
  const { GATEWAY_URL, GATEWAY_WEBHOOK_SECRET, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = settings;
  if ((STRIPE_SECRET_KEY === undefined) !== (STRIPE_WEBHOOK_SECRET === undefined))
    throw new InvalidSettingsError("STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are set together or not at all.");
  if (STRIPE_SECRET_KEY !== undefined && STRIPE_WEBHOOK_SECRET !== undefined)
    return stripeProvider(STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET);
  return {
    name: "simulated",
    gateway: createSimulatedGateway(GATEWAY_URL),
    webhooks: simulatedWebhooks(GATEWAY_WEBHOOK_SECRET),
  };
}

/** Stripe's client does not try again by itself: the saga does, and says so in its steps. */
function stripeProvider(secretKey: string, webhookSecret: string): PaymentProvider {
  const stripe = new Stripe(secretKey, { timeout: STRIPE_TIMEOUT_MS, maxNetworkRetries: 0, telemetry: false });
  const isTest = secretKey.includes("_test_");
  return {
    name: isTest ? "stripe-test" : "stripe",
    gateway: createStripeGateway(stripe, { isTest }),
    webhooks: stripeWebhooks(stripe, webhookSecret),
  };
}
