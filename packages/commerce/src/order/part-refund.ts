/**
 * Paying back some units of an order: never more of a line than was bought, nor more money than was taken, in all parts
 * together. What a cancellation or a return gives back later is the rest. Pure.
 */
import { refuse } from "@tillstream/eventing";
import { RefundCompleted, RefundRequested } from "./events.ts";
import type { OrderLine, RefundedLine } from "./events.ts";
import { divide, refundedInParts } from "./money-back.ts";
import { paidFor } from "./share.ts";
import type { OrderEvent, OrderState, PartRefund } from "./state.ts";

export type RefundCommand =
  | RefundRequest
  | { readonly type: "completeRefund"; readonly refundId: string; readonly reference: string };

interface RefundRequest extends Pick<PartRefund, "lines" | "to" | "restock"> {
  readonly type: "requestRefund";
  readonly reason: string;
  readonly bought: readonly Pick<OrderLine, "sku" | "quantity" | "unitPrice">[];
  /** Everything was sent back, seen under the shipment's lock: the rest is paid back by that. */
  readonly cameBack: boolean;
}

const NOTHING_TO_SEND = refuse(
  "conflict",
  "REFUND_OF_ALL",
  "Nothing would be left to send. Cancel the order instead: that pays back the rest, and no parcel leaves.",
);

const NO_SUCH_REFUND = refuse("conflict", "REFUND_NOT_FOUND", "The order has no such refund.");

/** One that was asked for, as the order has it. */
export function refundOf({ refunds }: Pick<OrderState, "refunds">, refundId: string): PartRefund {
  const refund = refunds.find((part) => part.refundId === refundId);
  if (refund === undefined) throw NO_SUCH_REFUND;
  return refund;
}

export function decideRefund(command: RefundCommand, state: OrderState): readonly OrderEvent[] {
  if (command.type === "requestRefund") return [request(command, state)];
  const { orderId, currency } = state;
  const open = state.refunds.find(({ refundId, status }) => refundId === command.refundId && status === "requested");
  if (open === undefined) return [];
  const { refundId, amount, to, creditPart = 0 } = open;
  return [
    RefundCompleted.create({ orderId, refundId, amount, currency, to, creditPart, reference: command.reference }),
  ];
}

function request(command: RefundRequest, state: OrderState): OrderEvent {
  assertRefundable(command, state);
  const { lines, to, restock, reason, bought } = command;
  const { orderId, total, currency, status, refunds } = state;
  lines.forEach((line, at) => assertLeft(line, at, bought, refunds));
  const amount = paidFor(
    total,
    bought,
    lines,
    refunds.flatMap((part) => part.lines),
  );
  if (amount > total - refundedInParts(state)) {
    throw refuse("conflict", "REFUND_TOO_LARGE", "More was not paid for this order. Refund fewer units.");
  }
  const units = [...refunds, command].flatMap((part) => part.lines).reduce((sum, { quantity }) => sum + quantity, 0);
  if (status === "confirmed" && units >= bought.reduce((sum, { quantity }) => sum + quantity, 0)) throw NOTHING_TO_SEND;
  const { toCard, toCredit } = to === "card" ? divide(amount, state) : { toCard: 0, toCredit: amount };
  const isCredit = to === "credit" || (toCard === 0 && toCredit > 0);
  return RefundRequested.create({
    orderId,
    refundId: `${orderId}-r${refunds.length + 1}`,
    lines: [...lines],
    amount,
    currency,
    to: isCredit ? "credit" : "card",
    creditPart: isCredit ? 0 : toCredit,
    restock,
    hadLeft: status === "shipped",
    reason,
  });
}

function assertRefundable({ cameBack }: RefundRequest, { status, fulfilment, payment }: OrderState): void {
  const asWhole = "Everything that was paid goes back by that, so no part of it is refunded by itself.";
  if (status === "cancelled" || fulfilment === "cancelling")
    throw refuse("conflict", "ORDER_CANCELLED", `This order is cancelled. ${asWhole}`);
  if (cameBack) throw refuse("conflict", "ORDER_RETURNED", `This order was returned. ${asWhole}`);
  if ((status !== "confirmed" && status !== "shipped") || payment.status !== "captured")
    throw refuse(
      "conflict",
      "ORDER_NOT_PAID",
      "This order has not been confirmed and paid: there is nothing to refund.",
    );
}

/** So many of the line are left to refund. */
function assertLeft(
  { sku, quantity }: RefundedLine,
  at: number,
  bought: RefundRequest["bought"],
  refunds: readonly PartRefund[],
): void {
  const line = bought.find((one) => one.sku === sku);
  if (line === undefined) {
    const message = `The order has no line ${sku}.`;
    throw refuse("invalid", "UNKNOWN_LINE", message, {
      fields: [{ field: `lines.${at}.sku`, rule: "a line", message }],
    });
  }
  const left = line.quantity - refundedOf(sku, refunds);
  if (quantity > left) {
    const message = `Of ${line.quantity} x ${sku} ${left === 0 ? "nothing is" : `no more than ${left} can be`} ${left === 0 ? "left to refund" : "refunded"}.`;
    throw refuse("conflict", "LINE_REFUNDED", message, {
      fields: [{ field: `lines.${at}.quantity`, rule: `<= ${left}`, message }],
    });
  }
}

const refundedOf = (sku: string, refunds: readonly PartRefund[]): number =>
  refunds.flatMap(({ lines }) => lines).reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
