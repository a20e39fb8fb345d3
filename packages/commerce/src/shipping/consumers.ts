/**
 * Fulfilment, choreographed: no part knows the whole way. `shipping` follows the order and asks the carrier for a label;
 * `order-shipping` follows the shipment and changes the order. They are two, so that a slow carrier never holds the
 * locks of order rows: those are what a cancellation waits for. What the carrier refuses for good is parked, and its
 * order then waits for a person, whose answer retries the dead letter.
 */
import { defineConsumer, followUp, on, retryWithin } from "@tillstream/eventing";
import type { Consumer } from "@tillstream/eventing";
import {
  AttentionResolved,
  CancellationRequested,
  changeOrder,
  liftAttention,
  loadDestination,
  OrderConfirmed,
  OrderNeedsAttention,
  OrderReturned,
  OrderShipped,
  orderIdOf,
  SHIPPING_FAILED,
  ShippingStarted,
} from "../order/index.ts";
import type { Carrier } from "./carrier.ts";
import { ReturnReceived, ShipmentCancelled, ShipmentCreated, ShipmentScheduled } from "./events.ts";
import { changeShipment, lockShipment, readShipment } from "./repository.ts";
import { shipmentIdOf } from "./shipment.ts";

export const SHIPPING = "shipping";
const ORDER_SHIPPING = "order-shipping";
/** One is parked, the others wait behind it. */
const LETTERS_MAX = 10;
const CARRIER_TIMEOUT_MS = 10_000;

export interface ShippingPorts {
  readonly carrier: Carrier;
  /** For so long after its confirmation an order can still be cancelled. */
  readonly shippingDelayMs: number;
}

/** The label goes to the address of before: it is not used, and the carrier is asked again. */
class AddressCorrectedError extends Error {
  override readonly name = "AddressCorrectedError";
  override readonly message = "the address was corrected while the carrier was asked";
}

/** Each address has a label of its own. */
const labelKeyOf = (orderId: string, addressVersion: number): string =>
  addressVersion === 0 ? shipmentIdOf(orderId) : `${shipmentIdOf(orderId)}:${addressVersion}`;

export function shippingConsumer({ carrier, shippingDelayMs }: ShippingPorts): Consumer {
  const handlers = [
    on(OrderConfirmed, async (tx, event) => {
      const { orderId } = event.data;
      const dueAt = new Date(event.recordedAt.getTime() + shippingDelayMs).toISOString();
      await changeShipment(tx, orderId, { type: "schedule", orderId, dueAt }, followUp(event, SHIPPING));
    }),
    on(ShippingStarted, async (tx, event) => {
      const { orderId } = event.data;
      const shipment = await readShipment(tx, orderId);
      // It has its label, or was cancelled before it got one: no other is requested.
      if (shipment !== null && shipment.status !== "scheduled") return;
      const { address, addressVersion } = await loadDestination(tx, orderId);
      const request = { orderId, address, idempotencyKey: labelKeyOf(orderId, addressVersion) };
      const label = await carrier.createLabel(request, AbortSignal.timeout(CARRIER_TIMEOUT_MS));
      // Whoever corrects the address holds the shipment meanwhile: from here on it stays.
      await lockShipment(tx, orderId);
      if ((await loadDestination(tx, orderId)).addressVersion !== addressVersion) throw new AddressCorrectedError();
      await changeShipment(tx, orderId, { type: "recordLabel", label }, followUp(event, SHIPPING));
    }),
    on(CancellationRequested, async (tx, event) => {
      await changeShipment(tx, event.data.orderId, { type: "cancel" }, followUp(event, SHIPPING));
    }),
  ];
  return defineConsumer(SHIPPING, handlers, {
    callsOutside: true,
    appends: [ShipmentScheduled, ShipmentCreated, ShipmentCancelled, OrderNeedsAttention],
    async onParked(tx, event) {
      await changeOrder(tx, orderIdOf(event.streamId), { type: "recordShippingFailure" }, followUp(event, SHIPPING));
    },
  });
}

export function orderShippingConsumer(): Consumer {
  const handlers = [
    on(ShipmentCreated, async (tx, event) => {
      const { orderId, ...facts } = event.data;
      const metadata = followUp(event, ORDER_SHIPPING);
      await changeOrder(tx, orderId, { type: "recordShipment", ...facts }, metadata);
      await liftAttention(
        tx,
        orderId,
        { codes: [SHIPPING_FAILED], note: "The carrier accepted it after all." },
        metadata,
      );
    }),
    // The person who answers has the carrier asked again, or has cancelled the order: either way its dead letter is due.
    on(AttentionResolved, async (tx, event) => {
      if (event.data.code !== SHIPPING_FAILED) return;
      const selection = { consumer: SHIPPING, streamId: event.streamId, limit: LETTERS_MAX };
      const { actor } = event.metadata;
      await retryWithin(tx, {
        actor,
        reason: event.data.note,
        selection,
        perSecond: LETTERS_MAX,
        stopOnFailure: false,
      });
    }),
    on(ReturnReceived, async (tx, event) => {
      const { orderId, ...facts } = event.data;
      await changeOrder(tx, orderId, { type: "recordReturn", ...facts }, followUp(event, ORDER_SHIPPING));
    }),
  ];
  return defineConsumer(ORDER_SHIPPING, handlers, { appends: [OrderShipped, OrderReturned, AttentionResolved] });
}
