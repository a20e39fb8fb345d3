/** The order: which changes are allowed in which state. Pure. */
import { defineAggregate, refuse } from "@tillstream/eventing";
import type { Decider } from "@tillstream/eventing";
import {
  AttentionResolved,
  OrderCancelled,
  OrderConfirmed,
  OrderCreated,
  orderEvents,
  OrderNeedsAttention,
  PaymentAuthorized,
  PaymentCaptured,
  PaymentRefunded,
  PaymentVoided,
  ShippingStarted,
  StockReleased,
  StockReserved,
} from "./events.ts";
import type { OrderLine } from "./events.ts";
import { decideFulfilment } from "./fulfilment.ts";
import type { FulfilmentCommand } from "./fulfilment.ts";
import { decideRefund } from "./part-refund.ts";
import type { RefundCommand } from "./part-refund.ts";
import { besideGoods, priceOf, totalOf } from "./price.ts";
import type { PriceTerms } from "./price.ts";
import { restOf } from "./money-back.ts";
import { evolve, initialState } from "./state.ts";
import type { OrderEvent, OrderState } from "./state.ts";

export type { OrderEvent, OrderState } from "./state.ts";

export type OrderCommand =
  | {
      readonly type: "create";
      readonly orderId: string;
      readonly currency: string;
      readonly lines: readonly OrderLine[];
      /** What applies beside the prices of the lines; nothing by default. */
      readonly terms?: PriceTerms | undefined;
      /** What store credit is to pay of it beside a card; nothing by default. */
      readonly creditPart?: number | undefined;
    }
  | { readonly type: "recordAuthorization"; readonly chargeId: string }
  | { readonly type: "recordVoid" }
  | { readonly type: "recordPayment"; readonly chargeId: string }
  | { readonly type: "recordRefund"; readonly refundId: string }
  | { readonly type: "recordReservation"; readonly lines: readonly { sku: string; quantity: number }[] }
  | { readonly type: "recordRelease" }
  | { readonly type: "confirm"; readonly units: number }
  | { readonly type: "cancel"; readonly reason: { readonly code: string; readonly message: string } }
  | { readonly type: "flagAttention"; readonly code: string; readonly message: string }
  /** Without `codes`: all open questions. */
  | { readonly type: "resolveAttention"; readonly note: string; readonly codes?: readonly string[] | undefined }
  | FulfilmentCommand
  | RefundCommand;

/** 1,000,000.00 in a currency with two decimals: far above any cart, far below what an integer column holds. */
export const ORDER_TOTAL_MAX = 100_000_000;

/** A change that the order has seen already leads to no event, so that a repeated saga step is harmless. */
function decide(command: OrderCommand, state: OrderState): readonly OrderEvent[] {
  const { orderId, total, currency } = state;
  switch (command.type) {
    case "create":
      return create(command, state);
    case "recordAuthorization":
      if (state.payment.status !== "none") return [];
      if (state.status !== "pending") throw notPending(state);
      return [PaymentAuthorized.create({ orderId, chargeId: command.chargeId, amount: total, currency })];
    case "recordVoid":
      if (state.payment.status !== "authorized") return [];
      return [PaymentVoided.create({ orderId, chargeId: state.payment.chargeId })];
    case "recordPayment":
      if (state.payment.status !== "none" && state.payment.status !== "authorized") return [];
      // Money that was taken is recorded also for an order that was cancelled meanwhile: its refund needs it.
      if (state.status !== "pending" && state.status !== "cancelled") throw notPending(state);
      return [
        PaymentCaptured.create({ orderId, chargeId: command.chargeId, amount: total - state.creditPart, currency }),
      ];
    case "recordRefund":
      if (state.payment.status !== "captured") return [];
      return [refundRest(state, state.payment.chargeId, command.refundId)];
    case "recordReservation":
      if (state.stock === "reserved") return [];
      if (state.status !== "pending") throw notPending(state);
      return [StockReserved.create({ orderId, lines: command.lines.map(({ sku, quantity }) => ({ sku, quantity })) })];
    case "recordRelease":
      return state.stock === "reserved" ? [StockReleased.create({ orderId })] : [];
    case "confirm":
      return confirm(command.units, state);
    case "cancel":
      if (state.status === "cancelled") return [];
      if (state.status !== "pending" && state.fulfilment !== "cancelling") throw notPending(state);
      return [OrderCancelled.create({ orderId, reason: command.reason })];
    case "flagAttention":
      if (state.status === "new") throw refuse("notFound", "ORDER_NOT_FOUND", "This order does not exist.");
      if (state.attention.includes(command.code)) return [];
      return [OrderNeedsAttention.create({ orderId, code: command.code, message: command.message })];
    case "resolveAttention":
      return resolve(state, command.codes ?? state.attention, command.note);
    case "requestRefund":
    case "completeRefund":
      return decideRefund(command, state);
    default:
      return decideFulfilment(command, state);
  }
}

function create(command: Extract<OrderCommand, { type: "create" }>, state: OrderState): readonly OrderEvent[] {
  if (state.status !== "new") throw refuse("conflict", "ORDER_EXISTS", "This order has already been placed.");
  const price = priceOf(command.lines, command.terms);
  const total = totalOf(price);
  if (total > ORDER_TOTAL_MAX) {
    throw refuse("invalid", "ORDER_TOO_LARGE", "This order is too large to be placed online. Please contact us.", {
      fields: [
        { field: "lines", rule: `total <= ${ORDER_TOTAL_MAX} minor units`, message: "The order's total is too large." },
      ],
    });
  }
  const { orderId, currency, lines, creditPart = 0 } = command;
  if (creditPart >= total) {
    const message = "Credit beside a card pays less than the total. Pay all of it with your credit instead.";
    throw refuse("invalid", "CREDIT_PART_TOO_LARGE", message, {
      fields: [{ field: "payment.credit.amount", rule: `< ${total}`, message }],
    });
  }
  return [OrderCreated.create({ orderId, total, currency, lines: [...lines], price: besideGoods(price), creditPart })];
}

/** Before the confirmation only the card has paid. */
function refundRest(state: OrderState, chargeId: string, refundId: string): OrderEvent {
  const { orderId, currency, total, creditPart, creditTaken } = state;
  const isHeld = creditPart > 0 && !creditTaken;
  const rest = isHeld ? { toCard: total - creditPart, toCredit: 0 } : restOf(state);
  const amount = rest.toCard + rest.toCredit;
  return PaymentRefunded.create({ orderId, chargeId, refundId, amount, currency, creditPart: rest.toCredit });
}

function confirm(units: number, state: OrderState): readonly OrderEvent[] {
  if (state.status === "confirmed") return [];
  if (state.status !== "pending") throw notPending(state);
  if (state.payment.status !== "captured") throw refuse("conflict", "ORDER_NOT_PAID", "This order has not been paid.");
  if (state.stock !== "reserved")
    throw refuse("conflict", "STOCK_NOT_RESERVED", "The stock of this order has not been reserved.");
  return [OrderConfirmed.create({ orderId: state.orderId, total: state.total, currency: state.currency, units })];
}

/**
 * One event for each question that is answered; the others stay. With the last of them shipping goes on where it was: the
 * carrier is asked again, which is harmless where the label exists or its dead letter waits.
 */
function resolve(state: OrderState, codes: readonly string[], note: string): readonly OrderEvent[] {
  const { orderId, attention, status, fulfilment } = state;
  let remaining = attention;
  const answered = attention
    .filter((code) => codes.includes(code))
    .map((code) => {
      remaining = remaining.filter((one) => one !== code);
      return AttentionResolved.create({ orderId, code, note, remaining: [...remaining] });
    });
  const goesOn = answered.length > 0 && remaining.length === 0 && status === "confirmed" && fulfilment === "shipping";
  return goesOn ? [...answered, ShippingStarted.create({ orderId })] : answered;
}

function notPending({ status }: OrderState) {
  return refuse("conflict", "ORDER_NOT_PENDING", `This order is ${status}.`);
}

export const order: Decider<OrderState, OrderCommand, OrderEvent, OrderEvent> = { initialState, decide, evolve };

/** The order is kept in a state row; as an aggregate it is replayed and travelled in. */
export const orderAggregate = defineAggregate({
  streamType: "order",
  events: orderEvents,
  commands: {
    create: ["OrderCreated"],
    recordAuthorization: ["PaymentAuthorized"],
    recordVoid: ["PaymentVoided"],
    recordPayment: ["PaymentCaptured"],
    recordRefund: ["PaymentRefunded"],
    recordReservation: ["StockReserved"],
    recordRelease: ["StockReleased"],
    confirm: ["OrderConfirmed"],
    cancel: ["OrderCancelled"],
    flagAttention: ["OrderNeedsAttention"],
    resolveAttention: ["AttentionResolved", "ShippingStarted"],
    startShipping: ["ShippingStarted"],
    recordShipment: ["OrderShipped"],
    recordReturn: ["OrderReturned"],
    recordShippingFailure: ["OrderNeedsAttention"],
    requestCancellation: ["CancellationRequested"],
    correctAddress: ["ShippingAddressCorrected"],
    requestRefund: ["RefundRequested"],
    completeRefund: ["RefundCompleted"],
  },
  decider: order,
  stateVersion: 5,
});
