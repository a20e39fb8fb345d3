/**
 * What happens to an order once it is confirmed: it is shipped, or cancelled before that. Both begin by taking the
 * order's one `fulfilment`; a cancellation may take it from shipping as long as nothing has left, so that exactly one of
 * them goes on. Pure.
 */
import { refuse } from "@tillstream/eventing";
import {
  CancellationRequested,
  OrderNeedsAttention,
  OrderReturned,
  OrderShipped,
  ShippingAddressCorrected,
  ShippingStarted,
} from "./events.ts";
import type { OrderEvent, OrderState } from "./state.ts";

export interface ShipmentFacts {
  readonly shipmentId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
}

export type FulfilmentCommand =
  | { readonly type: "startShipping" }
  | ({ readonly type: "recordShipment" } & ShipmentFacts)
  | { readonly type: "recordReturn"; readonly shipmentId: string; readonly reason: string }
  /** Shipping has given up for now: a person has to see to it. */
  | { readonly type: "recordShippingFailure" }
  | ({ readonly type: "correctAddress" } & SeenShipment)
  | CancellationRequest;

interface SeenShipment {
  /** The parcel has no label, seen under the shipment's lock. */
  readonly nothingHasLeft: boolean;
}

interface CancellationRequest extends SeenShipment {
  readonly type: "requestCancellation";
  readonly by: "customer" | "merchant";
  readonly reason: string;
}

/** The code of an order that shipping cannot get on its way. */
export const SHIPPING_FAILED = "SHIPPING_FAILED";

export function decideFulfilment(command: FulfilmentCommand, state: OrderState): readonly OrderEvent[] {
  const { orderId } = state;
  switch (command.type) {
    case "startShipping":
      return startShipping(state);
    case "recordShipment": {
      if (state.status === "shipped") return [];
      if (state.status !== "confirmed" || state.fulfilment !== "shipping") throw notShipping(state);
      const { shipmentId, carrier, trackingNumber } = command;
      return [OrderShipped.create({ orderId, shipmentId, carrier, trackingNumber })];
    }
    case "recordReturn":
      if (state.stock === "returned") return [];
      if (state.status !== "shipped")
        throw refuse("conflict", "ORDER_NOT_SHIPPED", "Only a shipped order can be returned.");
      return [OrderReturned.create({ orderId, shipmentId: command.shipmentId, reason: command.reason })];
    case "recordShippingFailure":
      return recordShippingFailure(state);
    case "correctAddress":
      return correctAddress(command, state);
    case "requestCancellation":
      return requestCancellation(command, state);
  }
}

function startShipping(state: OrderState): readonly OrderEvent[] {
  if (state.fulfilment === "shipping") return [];
  if (state.status !== "confirmed" || state.fulfilment !== "none") throw notShipping(state);
  if (state.attention.length > 0)
    throw refuse("conflict", "ORDER_NEEDS_ATTENTION", "This order needs attention. Resolve that before it ships.");
  return [ShippingStarted.create({ orderId: state.orderId })];
}

function notShipping({ status, fulfilment }: OrderState) {
  const stage = fulfilment === "none" ? "" : `, its fulfilment ${fulfilment}`;
  return refuse("conflict", "ORDER_NOT_SHIPPABLE", `This order is ${status}${stage}.`);
}

/** An order that is on its way, or was cancelled meanwhile, needs no attention. */
function recordShippingFailure({ orderId, status, fulfilment, attention }: OrderState): readonly OrderEvent[] {
  if (status !== "confirmed" || fulfilment === "cancelling" || attention.includes(SHIPPING_FAILED)) return [];
  const message = "The order could not be handed to the carrier. Its dead letter says why.";
  return [OrderNeedsAttention.create({ orderId, code: SHIPPING_FAILED, message })];
}

function correctAddress({ nothingHasLeft }: SeenShipment, state: OrderState): readonly OrderEvent[] {
  const { orderId, status, fulfilment } = state;
  if (status === "shipped" || !nothingHasLeft)
    throw refuse("conflict", "ORDER_SHIPPED", "The parcel has its label already. Ask the carrier to redirect it.");
  if (status === "cancelled" || fulfilment === "cancelling")
    throw refuse("conflict", "ORDER_CANCELLED", "This order is cancelled: nothing is sent, so its address stays.");
  return [ShippingAddressCorrected.create({ orderId })];
}

/** Allowed until the parcel has its label, also while shipping. The messages are written for the customer, who reads them. */
const ALREADY_CANCELLED = refuse("conflict", "ORDER_CANCELLED", "This order has already been cancelled.");
const BEING_CANCELLED = refuse("conflict", "ORDER_CANCELLED", "This order is being cancelled already.");

function requestCancellation(
  { by, reason, nothingHasLeft }: CancellationRequest,
  state: OrderState,
): readonly OrderEvent[] {
  // Whoever ordered it has what they asked for; the merchant's reason would stand in no history.
  if (state.fulfilment === "cancelling") {
    if (by === "customer") return [];
    throw state.status === "cancelled" ? ALREADY_CANCELLED : BEING_CANCELLED;
  }
  // The merchant may: the order waits for them.
  if (by === "customer" && state.attention.length > 0) {
    throw refuse(
      "conflict",
      "ORDER_NEEDS_ATTENTION",
      "We are looking into this order ourselves and will write to you.",
    );
  }
  if (state.status === "pending" || state.status === "new") {
    throw refuse("conflict", "ORDER_STILL_PENDING", "The order is still being processed. Try again in a moment.", {
      retryAfterSeconds: 1,
    });
  }
  if (state.status === "cancelled") throw ALREADY_CANCELLED;
  if (state.status === "shipped" || (state.fulfilment === "shipping" && !nothingHasLeft)) {
    throw refuse("conflict", "ORDER_SHIPPED", "This order has already left. You can send it back once it has arrived.");
  }
  return [CancellationRequested.create({ orderId: state.orderId, by, reason })];
}
