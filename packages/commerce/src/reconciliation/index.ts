import { defineModule } from "@tillstream/eventing";
import { systemClock, uuidGenerator } from "@tillstream/runtime";
import { pruneWebhooks, WEBHOOK_WAIT } from "../payment/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { reconciliationStale } from "./check.ts";
import { reconciliationGraceMs } from "./grace.ts";
import { webhookProcessing } from "./process-webhooks.ts";
import { reconciliation } from "./run-reconciliation.ts";

export { reconciliationGraceMs } from "./grace.ts";
export { carryOut } from "./reconcile.ts";
export { paymentsRouter } from "./router.ts";
export { beginRun as beginReconciliation, requestedRun } from "./runs.ts";

export interface ReconciliationPorts {
  /** For comparing it with our books: what it says itself, nothing remembered. */
  readonly uncachedGateway: PaymentGateway;
  readonly stepTimeoutMs: number;
  readonly reconcileIntervalMs: number;
}

export const reconciliationModule = defineModule<ReconciliationPorts>({
  name: "reconciliation",
  waits: [WEBHOOK_WAIT],
  checks: () => [reconciliationStale()],
  loops({ uncachedGateway: gateway, stepTimeoutMs, reconcileIntervalMs }) {
    const books = { gateway, clock: systemClock, graceMs: reconciliationGraceMs(stepTimeoutMs) };
    return [webhookProcessing(books), reconciliation(books, uuidGenerator, reconcileIntervalMs)];
  },
  deletions: () => [pruneWebhooks],
});
