/**
 * What happens to an order once it is confirmed: it is shipped, or the shopper cancels it before that. Both begin by
 * taking the order's one `fulfilment`, so that exactly one of them goes on. Pure.
 */
import { refuse } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { CancellationRequested, OrderReturned, OrderShipped, ShippingStarted } from "./events.ts";
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
  | { readonly type: "requestCancellation" };

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
    case "requestCancellation":
      return requestCancellation(state);
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

/** In the shopper's words: they read these on the order page. */
function requestCancellation(state: OrderState): readonly OrderEvent[] | Refusal {
  if (state.fulfilment === "cancelling") return [];
  if (state.attention.length > 0) {
    return refuse(
      "conflict",
      "ORDER_NEEDS_ATTENTION",
      "We are looking into this order ourselves and will write to you.",
    );
  }
  if (state.status === "pending" || state.status === "new") {
    return refuse("conflict", "ORDER_STILL_PENDING", "Your order is still being processed. Try again in a moment.", {
      retryAfterSeconds: 1,
    });
  }
  if (state.status === "cancelled") return refuse("conflict", "ORDER_CANCELLED", "This order is cancelled already.");
  if (state.fulfilment === "shipping") {
    return refuse(
      "conflict",
      "ORDER_SHIPPED",
      "It has left for you already. You can send it back once it has arrived.",
    );
  }
  return [CancellationRequested.create({ orderId: state.orderId })];
}
