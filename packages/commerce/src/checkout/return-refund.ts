/**
 * The money's part of a return, choreographed: it follows the shipment, knows no other part, and calls the gateway under
 * a key worked out from the event, so that an event that is handled again refunds nothing again.
 */
import { defineConsumer, followUp, on } from "@tillstream/eventing";
import type { Consumer } from "@tillstream/eventing";
import { loadOrder } from "../order/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { ReturnReceived } from "../shipping/index.ts";
import { REFUNDING } from "./appends.ts";
import { recordRefundOf, refundOutside } from "./refund.ts";

const PAYMENT_REFUND = "payment-refund";
const GATEWAY_TIMEOUT_MS = 10_000;

export function paymentRefundConsumer(gateway: PaymentGateway): Consumer {
  const refundReturn = on(ReturnReceived, async (tx, event) => {
    const order = await loadOrder(tx, event.data.orderId);
    const key = `${PAYMENT_REFUND}:${event.eventId}`;
    const refund = await refundOutside(gateway, order, key, AbortSignal.timeout(GATEWAY_TIMEOUT_MS));
    const context = { input: { orderId: order.orderId }, metadata: followUp(event, PAYMENT_REFUND) };
    await recordRefundOf(tx, context, order, refund);
  });
  return defineConsumer(PAYMENT_REFUND, [refundReturn], { callsOutside: true, appends: REFUNDING });
}
