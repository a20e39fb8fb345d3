/** What can happen to an order. Personal data stays in the `orders` row: events carry none. */
import { defineEvent } from "@tillstream/eventing";
import { z } from "zod";

/** Integer minor units, such as cents. */
const minorUnits = z.int().nonnegative();
const currency = z.string().length(3);

const orderLine = z.object({
  sku: z.string(),
  name: z.string(),
  image: z.string(),
  quantity: z.int().positive(),
  unitPrice: minorUnits,
});
export type OrderLine = z.output<typeof orderLine>;

const CURRENCY_BEFORE_V2 = "USD";

/** v1 had no currency: everything was sold in US dollars. */
export const OrderCreated = defineEvent(
  "OrderCreated",
  z.object({ orderId: z.string(), total: minorUnits, lines: z.array(orderLine).default([]) }),
).upcastTo(
  z.object({ orderId: z.string(), total: minorUnits, currency, lines: z.array(orderLine) }),
  (v1) => ({ ...v1, currency: CURRENCY_BEFORE_V2 }),
  { currency: CURRENCY_BEFORE_V2 },
);

/** Store credit was set aside for the order: it is taken when the order is confirmed. */
export const PaymentAuthorized = defineEvent(
  "PaymentAuthorized",
  z.object({ orderId: z.string(), chargeId: z.string(), amount: minorUnits, currency }),
);

export const PaymentCaptured = defineEvent(
  "PaymentCaptured",
  z.object({ orderId: z.string(), chargeId: z.string(), amount: minorUnits, currency }),
);

export const StockReserved = defineEvent(
  "StockReserved",
  z.object({ orderId: z.string(), lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })) }),
);

/** The point of no return of the checkout. */
export const OrderConfirmed = defineEvent(
  "OrderConfirmed",
  z.object({ orderId: z.string(), total: minorUnits, currency, units: z.int().positive() }),
);

export const StockReleased = defineEvent("StockReleased", z.object({ orderId: z.string() }));

export const PaymentRefunded = defineEvent(
  "PaymentRefunded",
  z.object({ orderId: z.string(), chargeId: z.string(), refundId: z.string(), amount: minorUnits, currency }),
);

/** What was set aside was given back without having been taken. */
export const PaymentVoided = defineEvent("PaymentVoided", z.object({ orderId: z.string(), chargeId: z.string() }));

export const OrderCancelled = defineEvent(
  "OrderCancelled",
  z.object({ orderId: z.string(), reason: z.object({ code: z.string(), message: z.string() }) }),
);

/** Shipping has got hold of the order: from here on it cannot be cancelled any more. */
export const ShippingStarted = defineEvent("ShippingStarted", z.object({ orderId: z.string() }));

export const OrderShipped = defineEvent(
  "OrderShipped",
  z.object({ orderId: z.string(), shipmentId: z.string(), carrier: z.string(), trackingNumber: z.string() }),
);

/** The goods came back; the money follows. */
export const OrderReturned = defineEvent(
  "OrderReturned",
  z.object({ orderId: z.string(), shipmentId: z.string(), reason: z.string() }),
);

/** The shopper wants it cancelled, and nothing has left yet: from here on it is not shipped any more. */
export const CancellationRequested = defineEvent("CancellationRequested", z.object({ orderId: z.string() }));

/** Something about the order is for a person to decide: it stands as `attention` until somebody has. */
export const OrderNeedsAttention = defineEvent(
  "OrderNeedsAttention",
  z.object({ orderId: z.string(), code: z.string(), message: z.string() }),
);

/** v1 knew of one question at a time: with it all was resolved. `remaining`: what is still to be decided. */
export const AttentionResolved = defineEvent(
  "AttentionResolved",
  z.object({ orderId: z.string(), code: z.string(), note: z.string() }),
).upcastTo(
  z.object({ orderId: z.string(), code: z.string(), note: z.string(), remaining: z.array(z.string()) }),
  (v1) => ({ ...v1, remaining: [] }),
  { remaining: [] },
);

export const orderEvents = [
  OrderCreated,
  PaymentAuthorized,
  PaymentCaptured,
  StockReserved,
  OrderConfirmed,
  StockReleased,
  PaymentRefunded,
  PaymentVoided,
  OrderCancelled,
  ShippingStarted,
  OrderShipped,
  OrderReturned,
  CancellationRequested,
  OrderNeedsAttention,
  AttentionResolved,
] as const;
