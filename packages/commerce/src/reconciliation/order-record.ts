/** What the reconciliation writes into an order's history, so that the history explains the money. */
import { Refusal } from "@tillstream/eventing";
import type { EventMetadata } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { changeOrder, liftAttention } from "../order/index.ts";
import { waitingKinds } from "./findings.ts";
import type { Difference, FindingKind, PaidOrder } from "./judge.ts";

const CODES = { amount_mismatch: "PAYMENT_MISMATCH", missing_capture: "PAYMENT_MISSING" } as const;
const CODE_OTHERWISE = "REFUND_REFUSED";
const OUR_CODES: readonly string[] = [...Object.values(CODES), CODE_OTHERWISE];

const codeOf = (kind: FindingKind): string =>
  kind === "amount_mismatch" || kind === "missing_capture" ? CODES[kind] : CODE_OTHERWISE;

const metadataFor = ({ orderId, correlationId }: PaidOrder): EventMetadata => ({
  correlationId: correlationId ?? `reconciliation:${orderId}`,
  causationId: `reconciliation:${orderId}`,
  actor: "system",
});

/**
 * The charge and its refund. A second charge of an order that was paid by another is not its payment: that one stands
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
    if (!(error instanceof Refusal)) throw error;
  }
}

export async function flagOrder(tx: SqlExecutor, order: PaidOrder, { kind, detail }: Difference): Promise<void> {
  const flag = { type: "flagAttention", code: codeOf(kind), message: detail } as const;
  await changeOrder(tx, order.orderId, flag, metadataFor(order));
}

/** Takes back what `flagOrder` said and no finding asks any more, and nothing that another part said. */
export function liftAnswered(tx: SqlExecutor, order: PaidOrder): Promise<void> {
  return liftUnasked(tx, order.orderId, "The gateway's books and the order agree again.", metadataFor(order));
}

export async function liftUnasked(
  tx: SqlExecutor,
  orderId: string,
  note: string,
  metadata: EventMetadata,
): Promise<void> {
  const asked = (await waitingKinds(tx, orderId)).map(codeOf);
  await liftAttention(tx, orderId, { codes: OUR_CODES.filter((code) => !asked.includes(code)), note }, metadata);
}
