/** The payment provider that the settings name, with the door for its webhooks. */
import type { PaymentGateway } from "./gateway.ts";
import { createSimulatedGateway } from "./simulated-gateway.ts";
import { simulatedWebhooks } from "./simulated-webhooks.ts";
import type { WebhookSource } from "./webhook-source.ts";

export interface PaymentProvider {
  /** For logs, and to keep cached outcomes of two providers apart. */
  readonly name: string;
  readonly gateway: PaymentGateway;
  readonly webhooks: WebhookSource;
}

export interface PaymentProviderSettings {
  readonly GATEWAY_URL: string;
  readonly GATEWAY_WEBHOOK_SECRET: string;
}

export function createPaymentProvider(settings: PaymentProviderSettings): PaymentProvider {
  const { GATEWAY_URL, GATEWAY_WEBHOOK_SECRET } = settings;
  return {
    name: "simulated",
    gateway: createSimulatedGateway(GATEWAY_URL),
    webhooks: simulatedWebhooks(GATEWAY_WEBHOOK_SECRET),
  };
}
