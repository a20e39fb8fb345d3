/**
 * What the gateway's books and an order say about the same money, and whether they agree. Pure. Money that was taken
 * is due only to a confirmed order whose payment it is. While the order's run is under way, or so young
 * that it may be, nothing is said: the run itself settles its money.
 */
import { formatMoney } from "../catalogue/index.ts";
import { cardPartOf, keptByCard, moneyBackIn } from "../order/index.ts";
import type { PartRefund } from "../order/index.ts";
import type { Capture } from "../payment/index.ts";

export const FINDING_KINDS = [
  /** Taken, and due to no order: refunded. */
  "unclaimed_capture",
  /** The same for an order that is unknown here. */
  "unknown_order",
  /** The order says refunded, the gateway does not: refunded again. */
  "refund_missing",
  /** The gateway gave it back and the order does not say so: written into its history. */
  "refund_unrecorded",
  /** The order says paid, the gateway has nothing. */
  "missing_capture",
  /** Amount or currency differ, or more or less of it was given back than the order knows of. */
  "amount_mismatch",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface PaidOrder {
  readonly orderId: string;
  readonly status: string;
  /** Minor units. */
  readonly total: number;
  /** What store credit paid of it: the gateway knows nothing of that. */
  readonly creditPart: number;
  readonly currency: string;
  readonly paymentStatus: string;
  readonly chargeId: string | null;
  /** What was paid back in parts, or is about to be. */
  readonly refunds: readonly PartRefund[];
  /** A run about this order is under way, or has not begun yet. */
  readonly isLive: boolean;
  /** When the order was placed or its run began, whichever was later. */
  readonly startedAt: Date;
  readonly correlationId: string | null;
}

export interface Difference {
  readonly kind: FindingKind;
  readonly orderId: string;
  readonly chargeId: string;
  /** Minor units: what the gateway holds, what it refunded, or what the order says was paid. */
  readonly amount: number;
  readonly currency: string;
  readonly detail: string;
  /** What settles it: giving the money back, writing down that it is back, or a person's decision. */
  readonly repair: "refund" | "record" | "attention";
}

export type Verdict =
  | { readonly kind: "agrees" }
  /** Ask again later. */
  | { readonly kind: "tooEarly" }
  | { readonly kind: "differs"; readonly difference: Difference };

const AGREES: Verdict = { kind: "agrees" };
const TOO_EARLY: Verdict = { kind: "tooEarly" };
const NOT_CONFIRMED = new Set(["new", "pending", "cancelled"]);

/** Whether the order says that this charge paid for it. */
export const isDueTo = (order: PaidOrder, chargeId: string): boolean =>
  order.chargeId === chargeId && order.paymentStatus === "captured" && !NOT_CONFIRMED.has(order.status);

/** @param graceMs what the timeouts of a checkout's run add up to: a younger one is left alone */
export function judgeCapture(capture: Capture, order: PaidOrder | undefined, now: Date, graceMs: number): Verdict {
  const { chargeId, orderId, amount, refunded, currency } = capture;
  const parts = partsOf(order, chargeId);
  const standing = amount - refunded;
  // Neither what is on its way by itself, nor what the customer has as credit instead.
  const owed = standing - parts.underWay - parts.credited;
  const isYoung = (at: Date) => now.getTime() - at.getTime() < graceMs;
  const differs = (kind: FindingKind, repair: Difference["repair"], detail: string): Verdict => ({
    kind: "differs",
    difference: { kind, orderId, chargeId, amount: repair === "refund" ? owed : standing, currency, detail, repair },
  });
  if (isYoung(capture.at)) return standing > 0 ? TOO_EARLY : AGREES;
  if (order === undefined) {
    return standing > 0 ? differs("unknown_order", "refund", "This order does not exist here.") : AGREES;
  }
  if (order.isLive || isYoung(order.startedAt)) return TOO_EARLY;
  if (isDueTo(order, chargeId)) {
    const isKnown = refunded >= parts.done && refunded <= parts.done + parts.underWay;
    const charged = cardPartOf(order);
    if (amount === charged && currency === order.currency && isKnown) return AGREES;
    const less = (sum: number, of: string) => (sum === 0 ? "" : ` less ${formatMoney(sum, of)} refunded`);
    const what = charged === order.total ? "The order costs" : "The card's part of the order is";
    const detail = `${what} ${formatMoney(charged, order.currency)}${less(parts.done, order.currency)}; the gateway has ${formatMoney(amount, currency)}${less(refunded, currency)}.`;
    return differs("amount_mismatch", "attention", detail);
  }
  if (owed <= 0) return isUnrecorded(order, chargeId) ? recorded(capture) : AGREES;
  if (order.chargeId === chargeId && order.paymentStatus === "refunded")
    return differs("refund_missing", "refund", "The order says refunded; the gateway still has the money.");
  return differs("unclaimed_capture", "refund", `The order is ${order.status} and this charge is not its payment.`);
}

/** Of the order's parts that were paid back by themselves: given back by card, about to be, and given as credit. */
function partsOf(order: PaidOrder | undefined, chargeId: string) {
  const { refunds, creditPart } = order?.chargeId === chargeId ? order : { refunds: [], creditPart: 0 };
  const toCard = (which: PartRefund["status"]) => moneyBackIn(refunds.filter(({ status }) => status === which)).toCard;
  return {
    done: toCard("completed"),
    underWay: toCard("requested"),
    credited: keptByCard({ creditPart, refunds }),
  };
}

/** The order's own money, or that of a charge whose run never heard of it, is back, and its history does not say so. */
const isUnrecorded = (order: PaidOrder, chargeId: string): boolean =>
  (order.chargeId ?? chargeId) === chargeId && order.paymentStatus !== "refunded";

function recorded({ chargeId, orderId, amount, currency }: Capture): Verdict {
  const detail = "The gateway refunded it; the order did not say so.";
  const difference = {
    kind: "refund_unrecorded",
    orderId,
    chargeId,
    amount,
    currency,
    detail,
    repair: "record",
  } as const;
  return { kind: "differs", difference };
}

/** For an order whose charge the gateway's books do not have. */
export function judgeMissing(order: PaidOrder, chargeId: string, now: Date, graceMs: number): Verdict {
  if (!isDueTo(order, chargeId)) return AGREES;
  if (order.isLive || now.getTime() - order.startedAt.getTime() < graceMs) return TOO_EARLY;
  const { orderId, currency, status } = order;
  const amount = cardPartOf(order);
  const detail = `The order is ${status}; the gateway has no capture of it.`;
  const kind = "missing_capture";
  return { kind: "differs", difference: { kind, orderId, chargeId, amount, currency, detail, repair: "attention" } };
}
