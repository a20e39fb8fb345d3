/** What can happen to an order. Personal data stays in the `orders` row: events carry none. */
import { defineEvent } from "@tillstream/eventing";
import { z } from "zod";
import { orderPrice } from "./price.ts";

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

/** Units of one line of the order. */
const refundedLine = z.object({ sku: z.string(), quantity: z.int().positive() });
export type RefundedLine = z.output<typeof refundedLine>;

/** `credit`: the customer's store credit, whatever the order was paid with. */
const refundTo = z.enum(["card", "credit"]);

const CURRENCY_BEFORE_V2 = "USD";

const BY_CUSTOMER = { by: "customer", reason: "The customer cancelled the order before it left." } as const;

/** Of an amount that a card pays or gets back: what store credit pays or gets of it beside the card. */
const creditPart = minorUnits;
/** Before an order could be paid with both, nothing. */
const NO_CREDIT_PART = { creditPart: 0 } as const;

/**
 * v1 had no currency: everything was sold in US dollars. v2 knew of goods only, and of one way to pay. `price`: what `total` is made
 * of, null where that is the goods alone.
 */
export const OrderCreated = defineEvent(
  "OrderCreated",
  z.object({ orderId: z.string(), total: minorUnits, lines: z.array(orderLine).default([]) }),
)
  .upcastTo(
    z.object({ orderId: z.string(), total: minorUnits, currency, lines: z.array(orderLine) }),
    (v1) => ({ ...v1, currency: CURRENCY_BEFORE_V2 }),
    { currency: CURRENCY_BEFORE_V2 },
  )
  .upcastTo(
    z.object({
      orderId: z.string(),
      total: minorUnits,
      currency,
      lines: z.array(orderLine),
      price: orderPrice.nullable(),
      creditPart,
    }),
    (v2) => ({ ...v2, price: null, ...NO_CREDIT_PART }),
    { price: null, ...NO_CREDIT_PART },
  );

/** Store credit was reserved for the order: it is taken when the order is confirmed. */
export const PaymentAuthorized = defineEvent(
  "PaymentAuthorized",
  z.object({ orderId: z.string(), chargeId: z.string(), amount: minorUnits, currency }),
);

/** Of an order that is paid with both it is the card's part; the credit is taken with the confirmation. */
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

const wholeRefund = { orderId: z.string(), chargeId: z.string(), refundId: z.string(), amount: minorUnits, currency };

/** Everything that was not paid back in parts before; `amount` may be 0. v1 knew of one way back. */
export const PaymentRefunded = defineEvent("PaymentRefunded", z.object(wholeRefund)).upcastTo(
  z.object({ ...wholeRefund, creditPart }),
  (v1) => ({ ...v1, ...NO_CREDIT_PART }),
  NO_CREDIT_PART,
);

/** What was reserved was given back without having been taken. */
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

/** It goes elsewhere from here on; where, only the `orders` row says. */
export const ShippingAddressCorrected = defineEvent("ShippingAddressCorrected", z.object({ orderId: z.string() }));

/** The goods came back; the money follows. */
export const OrderReturned = defineEvent(
  "OrderReturned",
  z.object({ orderId: z.string(), shipmentId: z.string(), reason: z.string() }),
);

/**
 * It is to be cancelled, and nothing has left yet: from here on it is not shipped any more. v1 knew the customer only.
 */
export const CancellationRequested = defineEvent("CancellationRequested", z.object({ orderId: z.string() })).upcastTo(
  z.object({ orderId: z.string(), by: z.enum(["customer", "merchant"]), reason: z.string() }),
  (v1) => ({ ...v1, ...BY_CUSTOMER }),
  BY_CUSTOMER,
);

/** A person has to decide about the order: its status is `attention` until then. */
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

const requestedRefund = {
  orderId: z.string(),
  refundId: z.string(),
  lines: z.array(refundedLine),
  amount: minorUnits,
  currency,
  to: refundTo,
  restock: z.boolean(),
  hadLeft: z.boolean(),
  reason: z.string(),
};

/**
 * Units of some lines are to be paid back; the money follows. `restock`: they go back on the shelf. `hadLeft`: the order was
 * shipped by then. v1 knew of one way back.
 */
export const RefundRequested = defineEvent("RefundRequested", z.object(requestedRefund)).upcastTo(
  z.object({ ...requestedRefund, creditPart }),
  (v1) => ({ ...v1, ...NO_CREDIT_PART }),
  NO_CREDIT_PART,
);

const completedRefund = {
  orderId: z.string(),
  refundId: z.string(),
  amount: minorUnits,
  currency,
  to: refundTo,
  reference: z.string(),
};

/** The money of a part is back. `reference`: the gateway's refund, or the account that was credited. v1 knew of one way back. */
export const RefundCompleted = defineEvent("RefundCompleted", z.object(completedRefund)).upcastTo(
  z.object({ ...completedRefund, creditPart }),
  (v1) => ({ ...v1, ...NO_CREDIT_PART }),
  NO_CREDIT_PART,
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
  ShippingAddressCorrected,
  RefundRequested,
  RefundCompleted,
] as const;
