/** What can happen to a shipment. It carries no personal data: the address goes to the carrier and nowhere else. */
import { defineEvent } from "@tillstream/eventing";
import { z } from "zod";

const ids = { orderId: z.string(), shipmentId: z.string() };

/** The order is confirmed and leaves at `dueAt`, unless it is cancelled before. */
export const ShipmentScheduled = defineEvent("ShipmentScheduled", z.object({ ...ids, dueAt: z.iso.datetime() }));

/** The carrier has made the label: the goods are on their way. */
export const ShipmentCreated = defineEvent(
  "ShipmentCreated",
  z.object({ ...ids, carrier: z.string(), trackingNumber: z.string() }),
);

/** The order was cancelled before anything left. */
export const ShipmentCancelled = defineEvent("ShipmentCancelled", z.object(ids));

/** The goods are back. Payment, stock and order hear of it from this event. */
export const ReturnReceived = defineEvent("ReturnReceived", z.object({ ...ids, reason: z.string() }));

export const shipmentEvents = [ShipmentScheduled, ShipmentCreated, ShipmentCancelled, ReturnReceived] as const;
