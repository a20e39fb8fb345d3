/**
 * The money's part of a return, and of a refund of some units, choreographed: it follows shipment and order, knows no other part,
 * and calls the gateway under a key worked out from the event, so that an event that is handled again refunds nothing again.
 */
import { defineConsumer, followUp, on } from "@tillstream/eventing";
import type { Consumer } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { loadOrder, moneyBackOf, refundOf, RefundRequested } from "../order/index.ts";
import type { OrderForCheckout } from "../order/index.ts";
import { lockCharge } from "../payment/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { ReturnReceived } from "../shipping/index.ts";
import { AFTER_THE_SALE } from "./appends.ts";
import { creditPart } from "./credit-payment.ts";
import { changeWithin } from "./order-change.ts";
import { NOTHING_PAID, recordRefundOf, refundOutside, refundPartOutside } from "./refund.ts";

const PAYMENT_REFUND = "payment-refund";
const GATEWAY_TIMEOUT_MS = 10_000;

const keyOf = ({ eventId }: { readonly eventId: string }): string => `${PAYMENT_REFUND}:${eventId}`;

/** The order, of which nobody else gives back money meanwhile. */
async function lockMoneyOf(tx: SqlExecutor, orderId: string): Promise<OrderForCheckout> {
  const { chargeId } = await loadOrder(tx, orderId);
  if (chargeId !== null) await lockCharge(tx, chargeId);
  return loadOrder(tx, orderId);
}

export function paymentRefundConsumer(gateway: PaymentGateway): Consumer {
  const refundReturn = on(ReturnReceived, async (tx, event) => {
    const order = await lockMoneyOf(tx, event.data.orderId);
    const refund = await refundOutside(gateway, order, keyOf(event), AbortSignal.timeout(GATEWAY_TIMEOUT_MS));
    const context = { input: { orderId: order.orderId }, metadata: followUp(event, PAYMENT_REFUND) };
    await recordRefundOf(tx, context, order, refund);
  });
  const refundPart = on(RefundRequested, async (tx, event) => {
    const { orderId, refundId } = event.data;
    const order = await lockMoneyOf(tx, orderId);
    // The order's word for it: an event is delivered as an operator edited it.
    const refund = refundOf(order, refundId);
    if (refund.status === "completed") return;
    const context = { input: { orderId }, metadata: followUp(event, PAYMENT_REFUND) };
    const signal = AbortSignal.timeout(GATEWAY_TIMEOUT_MS);
    const { toCard: amount, toCredit } = moneyBackOf(refund);
    const back =
      refund.to === "card"
        ? await refundPartOutside(gateway, order, { refundId, amount }, keyOf(event), signal)
        : undefined;
    // After the call, which may fail: then nothing is credited either.
    const credited = toCredit > 0 ? await creditPart(tx, context, order, refundId, toCredit) : NOTHING_PAID;
    const reference = back ?? credited;
    await changeWithin(tx, context, { type: "completeRefund", refundId, reference });
  });
  return defineConsumer(PAYMENT_REFUND, [refundReturn, refundPart], { callsOutside: true, appends: AFTER_THE_SALE });
}
