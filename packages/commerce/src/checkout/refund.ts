/** Giving back what a confirmed order was paid with: by card under a key of the caller's own, store credit to the account. */
import type { OrderForCheckout } from "../order/index.ts";
import { giveBackAll } from "../payment/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { undoCredit } from "./credit-payment.ts";
import { changeWithin } from "./order-change.ts";
import type { ChangeContext } from "./order-change.ts";
import type { SqlExecutor } from "@tillstream/runtime";

export interface Refund {
  readonly refundId: string;
}

/**
 * The part outside. Null when no call is needed: store credit, or money that is back already.
 * Throws when the gateway does not answer or refuses: what to do then is for the caller.
 */
export async function refundOutside(
  gateway: PaymentGateway,
  { paymentMethod, paymentStatus, chargeId, total: amount }: OrderForCheckout,
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<Refund | null> {
  if (paymentMethod !== "card" || paymentStatus !== "captured" || chargeId === null) return null;
  return { refundId: await giveBackAll(gateway, { chargeId, amount, idempotencyKey }, signal) };
}

/** The part in our database. */
export async function recordRefundOf(
  tx: SqlExecutor,
  context: ChangeContext,
  order: OrderForCheckout,
  refund: Refund | null,
): Promise<void> {
  if (refund !== null) return changeWithin(tx, context, { type: "recordRefund", refundId: refund.refundId });
  if (order.paymentMethod === "account") await undoCredit(tx, context, order);
}
