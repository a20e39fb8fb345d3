/**
 * What happens to an order once it is confirmed: it is shipped, or cancelled before that. Both begin by taking the
 * order's one `fulfilment`; a cancellation may take it from shipping as long as nothing has left, so that exactly one of
 * them goes on. Pure.
 */
import { refuse } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { CancellationRequested, OrderNeedsAttention, OrderReturned, OrderShipped, ShippingStarted } from "./events.ts";
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
  | CancellationRequest;

interface CancellationRequest {
  readonly type: "requestCancellation";
  readonly by: "customer" | "merchant";
  readonly reason: string;
  /** The parcel has no label, seen under the shipment's lock. */
  readonly nothingHasLeft: boolean;
}

/** The code of an order that shipping cannot get on its way. */
export const SHIPPING_FAILED = "SHIPPING_FAILED";

export function decideFulfilment(command: FulfilmentCommand, state: OrderState): readonly OrderEvent[] | Refusal {
  const { orderId } = state;
  switch (command.type) {
    case "startShipping":
      return startShipping(state);
    case "recordShipment": {
      if (state.status === "shipped") return [];
      if (state.status !== "confirmed" || state.fulfilment !== "shipping") return notShipping(state);
      const { shipmentId, carrier, trackingNumber } = command;
      return [OrderShipped.create({ orderId, shipmentId, carrier, trackingNumber })];
    }
    case "recordReturn":
      if (state.stock === "returned") return [];
      if (state.status !== "shipped")
        return refuse("conflict", "ORDER_NOT_SHIPPED", "Only what was shipped comes back.");
      return [OrderReturned.create({ orderId, shipmentId: command.shipmentId, reason: command.reason })];
    case "recordShippingFailure":
      return recordShippingFailure(state);
    case "requestCancellation":
      return requestCancellation(command, state);
  }
}

function startShipping(state: OrderState): readonly OrderEvent[] | Refusal {
  if (state.fulfilment === "shipping") return [];
  if (state.status !== "confirmed" || state.fulfilment !== "none") return notShipping(state);
  if (state.attention.length > 0) return refuse("conflict", "ORDER_NEEDS_ATTENTION", "A person has to decide first.");
  return [ShippingStarted.create({ orderId: state.orderId })];
}

function notShipping({ orderId, status, fulfilment }: OrderState): Refusal {
  return refuse("conflict", "ORDER_NOT_SHIPPABLE", `Order ${orderId} is ${status}, its fulfilment ${fulfilment}.`);
}

/** Of an order that is on its way, or cancelled meanwhile, nothing is asked. */
function recordShippingFailure({ orderId, status, fulfilment, attention }: OrderState): readonly OrderEvent[] {
  if (status !== "confirmed" || fulfilment === "cancelling" || attention.includes(SHIPPING_FAILED)) return [];
  const message = "It could not be handed to the carrier. Its dead letter says more.";
  return [OrderNeedsAttention.create({ orderId, code: SHIPPING_FAILED, message })];
}

/** Until the parcel has its label whoever asks gets it, also from shipping. In the shopper's words: they read these. */
function requestCancellation(
  { by, reason, nothingHasLeft }: CancellationRequest,
  state: OrderState,
): readonly OrderEvent[] | Refusal {
  if (state.fulfilment === "cancelling") return [];
  // The merchant is the person that it waits for.
  if (by === "customer" && state.attention.length > 0) {
    return refuse(
      "conflict",
      "ORDER_NEEDS_ATTENTION",
      "We are looking into this order ourselves and will write to you.",
    );
  }
  if (state.status === "pending" || state.status === "new") {
    return refuse("conflict", "ORDER_STILL_PENDING", "The order is still being processed. Try again in a moment.", {
      retryAfterSeconds: 1,
    });
  }
  if (state.status === "cancelled") return refuse("conflict", "ORDER_CANCELLED", "This order is cancelled already.");
  if (state.status === "shipped" || (state.fulfilment === "shipping" && !nothingHasLeft)) {
    return refuse("conflict", "ORDER_SHIPPED", "It has left already. It can be sent back once it has arrived.");
  }
  return [CancellationRequested.create({ orderId: state.orderId, by, reason })];
}
