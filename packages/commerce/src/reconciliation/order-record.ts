/** What the reconciliation writes into an order's history, so that the history explains the money. */
import { RefusalError } from "@tillstream/eventing";
import type { EventMetadata } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { changeOrder, liftAttention } from "../order/index.ts";
import type { Difference, PaidOrder } from "./judge.ts";

const CODES = { amount_mismatch: "PAYMENT_MISMATCH", missing_capture: "PAYMENT_MISSING" } as const;
const CODE_OTHERWISE = "REFUND_REFUSED";
const OUR_CODES = [...Object.values(CODES), CODE_OTHERWISE];

const metadataFor = ({ orderId, correlationId }: PaidOrder): EventMetadata => ({
  correlationId: correlationId ?? `reconciliation:${orderId}`,
  causationId: `reconciliation:${orderId}`,
  actor: "system",
});

/**
 * The charge and its refund. A second charge of an order that was paid by another is no payment of it: that one stands
 * in the findings only.
 */
export async function recordRefundOnOrder(
  tx: SqlExecutor,
  order: PaidOrder,
  chargeId: string,
  refundId: string,
): Promise<void> {
  if (order.chargeId !== null && order.chargeId !== chargeId) return;
  const metadata = metadataFor(order);
  try {
    await changeOrder(tx, order.orderId, { type: "recordPayment", chargeId }, metadata);
    await changeOrder(tx, order.orderId, { type: "recordRefund", refundId }, metadata);
  } catch (error) {
    // The money is back either way; an order that has no place for it in its history does not undo that.
    if (!(error instanceof RefusalError)) throw error;
  }
}

export function flagOrder(tx: SqlExecutor, order: PaidOrder, { kind, detail }: Difference): Promise<void> {
  const code = kind === "amount_mismatch" || kind === "missing_capture" ? CODES[kind] : CODE_OTHERWISE;
  return changeOrder(tx, order.orderId, { type: "flagAttention", code, message: detail }, metadataFor(order));
}

/** Takes back what `flagOrder` said, and nothing that somebody else did. */
export function liftAnswered(tx: SqlExecutor, order: PaidOrder): Promise<void> {
  const lifted = { codes: OUR_CODES, note: "The gateway's books and the order agree again." };
  return liftAttention(tx, order.orderId, lifted, metadataFor(order));
}
