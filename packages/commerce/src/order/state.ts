/** What an order is after its events. Pure. */
import type { NewEventOf } from "@tillstream/eventing";
import type { orderEvents, RefundedLine } from "./events.ts";

export type OrderEvent = NewEventOf<typeof orderEvents>;

export type OrderStatus = "new" | "pending" | "confirmed" | "shipped" | "cancelled";

/**
 * What has claimed the confirmed order: shipping, or a requested cancellation. One field, so that it
 * can only be one of them.
 */
export type Fulfilment = "none" | "shipping" | "cancelling";

/** `authorized`: reserved, to be taken at the confirmation; `voided`: given back before that. */
export type Payment =
  | { readonly status: "none" }
  | { readonly status: "authorized" | "captured" | "voided" | "refunded"; readonly chargeId: string };

/** Units of an order that are paid back by themselves. */
export interface PartRefund {
  readonly refundId: string;
  readonly lines: readonly RefundedLine[];
  /** Minor units. */
  readonly amount: number;
  readonly to: "card" | "credit";
  /** Of an amount to the card: what goes to store credit, since the card paid no more. */
  readonly creditPart?: number | undefined;
  readonly restock: boolean;
  readonly hadLeft: boolean;
  readonly status: "requested" | "completed";
}

export interface OrderState {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly total: number;
  readonly currency: string;
  /** Of the total: what store credit pays beside the card. */
  readonly creditPart: number;
  /** It is taken with the confirmation. */
  readonly creditTaken: boolean;
  /** The card's, where it is paid with both. */
  readonly payment: Payment;
  readonly stock: "none" | "reserved" | "released" | "sold" | "returned";
  readonly fulfilment: Fulfilment;
  /**
   * The codes of what a person has to decide, the oldest first, each from the part that asked. They lie over the status and take
   * nothing away: an operator's retry goes on.
   */
  readonly attention: readonly string[];
  /** The oldest first. */
  readonly refunds: readonly PartRefund[];
}

export const initialState: OrderState = {
  orderId: "",
  status: "new",
  total: 0,
  currency: "",
  creditPart: 0,
  creditTaken: false,
  payment: { status: "none" },
  stock: "none",
  fulfilment: "none",
  attention: [],
  refunds: [],
};

export function evolve(state: OrderState, event: OrderEvent): OrderState {
  switch (event.type) {
    case "OrderCreated":
      return {
        ...state,
        orderId: event.data.orderId,
        status: "pending",
        total: event.data.total,
        currency: event.data.currency,
        creditPart: event.data.creditPart,
      };
    case "PaymentAuthorized":
      return { ...state, payment: { status: "authorized", chargeId: event.data.chargeId } };
    case "PaymentVoided":
      return { ...state, payment: { status: "voided", chargeId: event.data.chargeId } };
    case "PaymentCaptured":
      return { ...state, payment: { status: "captured", chargeId: event.data.chargeId } };
    case "StockReserved":
      return { ...state, stock: "reserved" };
    case "OrderConfirmed":
      return { ...state, status: "confirmed", creditTaken: state.creditPart > 0 };
    case "StockReleased":
      return { ...state, stock: "released" };
    case "PaymentRefunded":
      return { ...state, payment: { status: "refunded", chargeId: event.data.chargeId } };
    case "OrderCancelled":
      return { ...state, status: "cancelled" };
    case "ShippingStarted":
      return { ...state, fulfilment: "shipping" };
    case "OrderShipped":
      return { ...state, status: "shipped", stock: "sold" };
    case "OrderReturned":
      return { ...state, status: "cancelled", stock: "returned" };
    case "CancellationRequested":
      return { ...state, fulfilment: "cancelling" };
    case "OrderNeedsAttention":
      return { ...state, attention: withCode(state.attention, event.data.code) };
    case "AttentionResolved":
      return { ...state, attention: event.data.remaining };
    case "ShippingAddressCorrected":
      return state;
    case "RefundRequested": {
      const { refundId, lines, amount, to, creditPart, restock, hadLeft } = event.data;
      const both = creditPart > 0 && { creditPart };
      const refund = { refundId, lines, amount, to, ...both, restock, hadLeft, status: "requested" } as const;
      return { ...state, refunds: [...state.refunds, refund] };
    }
    case "RefundCompleted":
      return { ...state, refunds: state.refunds.map((refund) => completed(refund, event.data.refundId)) };
  }
}

const completed = (refund: PartRefund, refundId: string): PartRefund =>
  refund.refundId === refundId ? { ...refund, status: "completed" } : refund;

/** The codes with one more question, each once. */
export function withCode(codes: readonly string[], code: string): readonly string[] {
  return codes.includes(code) ? codes : [...codes, code];
}
