/**
 * Giving back what a confirmed order was paid with, less what was given back in parts: by card under a key of the caller's own,
 * store credit to the account, of an order that both paid each its own.
 */
import { keptByCard, moneyBackIn, restOf } from "../order/index.ts";
import type { OrderForCheckout, PartRefund } from "../order/index.ts";
import { giveBackAll } from "../payment/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { creditOf, undoCredit } from "./credit-payment.ts";
import { changeWithin } from "./order-change.ts";
import type { ChangeContext } from "./order-change.ts";
import type { SqlExecutor } from "@tillstream/runtime";

/** In place of the id of a refund of the rest, where there is none. */
const ALL_IN_PARTS = "all-in-parts";
/** The same, of units that cost nothing. */
export const NOTHING_PAID = "nothing-paid";

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
  const { paymentMethod, paymentStatus, chargeId } = order;
  if (paymentMethod !== "card" || paymentStatus !== "captured" || chargeId === null) return null;
  const { toCard: amount } = restOf(order);
  if (amount === 0) return { refundId: ALL_IN_PARTS };
  const kept = standingFor(order, order.refunds);
  return { refundId: await giveBackAll(gateway, { chargeId, amount, idempotencyKey, kept }, signal) };
}

/** The card's share of some units. Resolves to the gateway's refund. */
export async function refundPartOutside(
  gateway: PaymentGateway,
  order: OrderForCheckout,
  { refundId, amount }: { readonly refundId: string; readonly amount: number },
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<string> {
  const { orderId, chargeId, refunds } = order;
  if (chargeId === null) throw new Error(`order ${orderId} has no charge to refund`);
  if (amount === 0) return NOTHING_PAID;
  const others = refunds.filter((other) => other.refundId !== refundId);
  const kept = standingFor(order, others);
  return giveBackAll(gateway, { chargeId, amount, idempotencyKey, kept }, signal);
}

/** What the gateway still has because of these: it was given as credit, or the call for it is to come. */
const standingFor = ({ creditPart }: OrderForCheckout, refunds: readonly PartRefund[]): number =>
  keptByCard({ creditPart, refunds }) + moneyBackIn(refunds.filter(({ status }) => status === "requested")).toCard;

/** The part in our database. */
export async function recordRefundOf(
  tx: SqlExecutor,
  context: ChangeContext,
  order: OrderForCheckout,
  refund: Refund | null,
): Promise<void> {
  // The account before the order, as everywhere: two that meet here wait for each other in one order.
  if (creditOf(order) > 0) await undoCredit(tx, context, order);
  if (refund !== null) await changeWithin(tx, context, { type: "recordRefund", refundId: refund.refundId });
}
