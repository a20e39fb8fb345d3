export { reconciliationGraceMs } from "./grace.ts";
export { runPaymentWebhooks } from "./process-webhooks.ts";
export { carryOut } from "./reconcile.ts";
export { paymentsRouter } from "./router.ts";
export { runReconciliation } from "./run-reconciliation.ts";
export { beginRun as beginReconciliation, requestedRun } from "./runs.ts";
