/** The shipment of an order: which changes are allowed in which state. Pure. */
import { defineAggregate, refuse } from "@tillstream/eventing";
import type { Decider, NewEventOf } from "@tillstream/eventing";
import { ReturnReceived, ShipmentCancelled, ShipmentCreated, shipmentEvents, ShipmentScheduled } from "./events.ts";

export type ShipmentEvent = NewEventOf<typeof shipmentEvents>;

export type ShipmentState =
  | { readonly status: "none" }
  | {
      readonly status: "scheduled" | "created" | "cancelled" | "returned";
      readonly orderId: string;
      readonly shipmentId: string;
      /** ISO 8601 in UTC. */
      readonly dueAt: string;
      readonly label: Label | null;
      readonly returnReason: string | null;
    };

export interface Label {
  readonly carrier: string;
  readonly trackingNumber: string;
}

export type ShipmentCommand =
  | { readonly type: "schedule"; readonly orderId: string; readonly dueAt: string }
  | { readonly type: "recordLabel"; readonly label: Label }
  | { readonly type: "cancel" }
  | { readonly type: "receiveReturn"; readonly reason: string };

const initialState: ShipmentState = { status: "none" };

/** One shipment for each order. */
export function shipmentIdOf(orderId: string): string {
  return `shp-${orderId}`;
}

/** A change that the shipment has seen already leads to no event, so that a repeated event is harmless. */
function decide(command: ShipmentCommand, state: ShipmentState): readonly ShipmentEvent[] {
  if (command.type === "schedule") {
    const { orderId, dueAt } = command;
    if (state.status !== "none") return [];
    return [ShipmentScheduled.create({ orderId, shipmentId: shipmentIdOf(orderId), dueAt })];
  }
  if (state.status === "none") throw refuse("notFound", "NO_SHIPMENT", "This order has no shipment.");
  const { orderId, shipmentId } = state;
  switch (command.type) {
    case "recordLabel":
      // Cancelled while the carrier was asked, the label is not used.
      if (state.status !== "scheduled") return [];
      return [ShipmentCreated.create({ orderId, shipmentId, ...command.label })];
    case "cancel":
      if (state.status === "cancelled") return [];
      if (state.status !== "scheduled") throw refuse("conflict", "ALREADY_SHIPPED", "The goods have already left.");
      return [ShipmentCancelled.create({ orderId, shipmentId })];
    case "receiveReturn":
      if (state.status === "returned") return [];
      if (state.status !== "created") throw refuse("conflict", "NOT_SHIPPED", "Only a shipped order can be returned.");
      return [ReturnReceived.create({ orderId, shipmentId, reason: command.reason })];
  }
}

function evolve(state: ShipmentState, event: ShipmentEvent): ShipmentState {
  if (event.type === "ShipmentScheduled")
    return { ...event.data, status: "scheduled", label: null, returnReason: null };
  if (state.status === "none") throw new Error(`${event.type} of a shipment that was never scheduled`);
  switch (event.type) {
    case "ShipmentCreated": {
      const { carrier, trackingNumber } = event.data;
      return { ...state, status: "created", label: { carrier, trackingNumber } };
    }
    case "ShipmentCancelled":
      return { ...state, status: "cancelled" };
    case "ReturnReceived":
      return { ...state, status: "returned", returnReason: event.data.reason };
  }
}

export const shipment: Decider<ShipmentState, ShipmentCommand, ShipmentEvent, ShipmentEvent> = {
  initialState,
  decide,
  evolve,
};

/** The shipment is kept in a state row; as an aggregate it is replayed and travelled in. */
export const shipmentAggregate = defineAggregate({
  streamType: "shipment",
  events: shipmentEvents,
  commands: {
    schedule: ["ShipmentScheduled"],
    recordLabel: ["ShipmentCreated"],
    cancel: ["ShipmentCancelled"],
    receiveReturn: ["ReturnReceived"],
  },
  decider: shipment,
  stateVersion: 1,
});
