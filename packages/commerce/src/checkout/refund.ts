/**
 * Giving back what a confirmed order was paid with, less what was given back in parts: by card under a key of the caller's own,
 * store credit to the account.
 */
import { refundedInParts } from "../order/index.ts";
import type { OrderForCheckout, PartRefund } from "../order/index.ts";
import { giveBackAll } from "../payment/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { undoCredit } from "./credit-payment.ts";
import { changeWithin } from "./order-change.ts";
import type { ChangeContext } from "./order-change.ts";
import type { SqlExecutor } from "@tillstream/runtime";

/** In place of the id of a refund of the rest, where there is none. */
const ALL_IN_PARTS = "all-in-parts";
/** The same, of units that cost nothing. */
const NOTHING_PAID = "nothing-paid";

export interface Refund {
  readonly refundId: string;
}

/**
 * The part outside. Null when no call is needed: store credit, or money that is back already.
 * Throws when the gateway does not answer or refuses: what to do then is for the caller.
 */
export async function refundOutside(
  gateway: PaymentGateway,
  order: OrderForCheckout,
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<Refund | null> {
  const { paymentMethod, paymentStatus, chargeId, total } = order;
  if (paymentMethod !== "card" || paymentStatus !== "captured" || chargeId === null) return null;
  const amount = total - refundedInParts(order);
  if (amount === 0) return { refundId: ALL_IN_PARTS };
  const kept = standingFor(order.refunds);
  return { refundId: await giveBackAll(gateway, { chargeId, amount, idempotencyKey, kept }, signal) };
}

/** Some units of a card order to the card. Resolves to the gateway's refund. */
export async function refundPartOutside(
  gateway: PaymentGateway,
  { orderId, chargeId, refunds }: OrderForCheckout,
  { refundId, amount }: Pick<PartRefund, "refundId" | "amount">,
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<string> {
  if (chargeId === null) throw new Error(`order ${orderId} has no charge to refund`);
  if (amount === 0) return NOTHING_PAID;
  const kept = standingFor(refunds.filter((other) => other.refundId !== refundId));
  return giveBackAll(gateway, { chargeId, amount, idempotencyKey, kept }, signal);
}

/** What the gateway still has because of these: it was given as credit, or the call for it is to come. */
const standingFor = (refunds: readonly PartRefund[]): number =>
  refundedInParts({ refunds: refunds.filter(({ to, status }) => to === "credit" || status === "requested") });

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
