/** What an order is after its events. Pure. */
import type { NewEventOf } from "@tillstream/eventing";
import type { orderEvents } from "./events.ts";

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

export interface OrderState {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly total: number;
  readonly currency: string;
  readonly payment: Payment;
  readonly stock: "none" | "reserved" | "released" | "sold" | "returned";
  readonly fulfilment: Fulfilment;
  /**
   * The codes of what a person has to decide, the oldest first, each from the part that asked. They lie over the status and take
   * nothing away: an operator's retry goes on.
   */
  readonly attention: readonly string[];
}

export const initialState: OrderState = {
  orderId: "",
  status: "new",
  total: 0,
  currency: "",
  payment: { status: "none" },
  stock: "none",
  fulfilment: "none",
  attention: [],
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
      return { ...state, status: "confirmed" };
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
  }
}

/** The codes with one more question, each once. */
export function withCode(codes: readonly string[], code: string): readonly string[] {
  return codes.includes(code) ? codes : [...codes, code];
}
