import { defineModule } from "@tillstream/eventing";
import { pruneLoggedCalls } from "./call-log.ts";
import { gatewayErrors, gatewayWatch, pruneCalls } from "./gateway-calls.ts";
import type { GatewayCalls } from "./gateway-calls.ts";

export { cachedGateway } from "./cached-gateway.ts";
export { loggedCalls } from "./call-log.ts";
export { PaymentProtocolError, PaymentUnavailableError } from "./gateway.ts";
export type {
  Capture,
  CapturePage,
  ChargeInput,
  ChargeOutcome,
  ChargeProcessing,
  PaymentGateway,
  RefundInput,
  RefundOutcome,
} from "./gateway.ts";
export { countGatewayCalls, gatewayWatch } from "./gateway-calls.ts";
export type { GatewayCalls } from "./gateway-calls.ts";
export { AMOUNT_EXCEEDS_CAPTURED, giveBackAll, refundIdElsewhere, RefundRefusedError } from "./give-back.ts";
export { lockCharge } from "./lock-charge.ts";
export { createSimulatedGateway } from "./simulated-gateway.ts";
export { createPaymentProvider } from "./provider.ts";
export type { PaymentProvider } from "./provider.ts";
export { simulatedWebhooks } from "./simulated-webhooks.ts";
export { createWebhookCounter, readWebhookCounts } from "./webhook-counts.ts";
export type { WebhookCounter } from "./webhook-counts.ts";
export { finishWebhook, postponeWebhook, pruneWebhooks, takeWebhooks, WEBHOOK_WAIT } from "./webhook-inbox.ts";
export type { TakenWebhook } from "./webhook-inbox.ts";
export type { WebhookSource } from "./webhook-source.ts";
export { receiveWebhook } from "./webhooks.ts";
export type { WebhookDoor } from "./webhooks.ts";

export const paymentModule = defineModule<{ readonly gatewayCalls: GatewayCalls }>({
  name: "payment",
  checks: () => [gatewayErrors],
  loops: ({ gatewayCalls }) => [gatewayWatch(gatewayCalls)],
  deletions: () => [pruneCalls, pruneLoggedCalls],
});
