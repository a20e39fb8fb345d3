import { defineModule } from "@tillstream/eventing";
import { orderEvents } from "./events.ts";
import { orderAggregate } from "./order.ts";
import { forgetOldOrders, linkRequests, orderDetails, orderNotes } from "./personal-data.ts";
import { orderViewProjection } from "./projections/order-view.ts";

export { HELD_BY_OPERATOR, liftAttention } from "./attention.ts";
export {
  AttentionResolved,
  CancellationRequested,
  OrderCancelled,
  OrderConfirmed,
  OrderCreated,
  OrderNeedsAttention,
  OrderReturned,
  OrderShipped,
  PaymentAuthorized,
  PaymentCaptured,
  PaymentRefunded,
  PaymentVoided,
  RefundCompleted,
  RefundRequested,
  ShippingAddressCorrected,
  ShippingStarted,
  StockReleased,
  StockReserved,
} from "./events.ts";
export type { OrderLine } from "./events.ts";
export {
  CANCELLED_BY_CUSTOMER,
  CANCELLED_BY_MERCHANT,
  CREDIT_GONE,
  NOT_COMPLETED,
  SETTLED_BY_HAND,
  STOPPED_BY_MERCHANT,
} from "./cancel-reasons.ts";
export { SHIPPING_FAILED } from "./fulfilment.ts";
export { orderLinks, referTo } from "./link.ts";
export type { OrderLinks, OrderReference } from "./link.ts";
export { customerNames, nameOfCustomer, namesOfSubjects } from "./customer-names.ts";
export { assertMayReadOrder, orderAccess } from "./may-read.ts";
export { cardPartOf, keptByCard, moneyBackIn, moneyBackOf, refundedInParts, restOf } from "./money-back.ts";
export type { MoneyBack } from "./money-back.ts";
export { orderNumber } from "./number.ts";
export { deliveryMethod, goodsOf, PLAIN_TERMS, priceOf } from "./price.ts";
export type { DeliveryMethod, Discount, OrderPrice, PricedLine, PriceTerms } from "./price.ts";
export { showPrice } from "./shown-price.ts";
export type { ShownPrice } from "./shown-price.ts";
export { order, ORDER_TOTAL_MAX } from "./order.ts";
export type { OrderPage } from "./page.ts";
export { accountOf, GUEST_PREFIX } from "./placed-by.ts";
export { listOrderViews, orderListQuery, readOrderViews } from "./projections/order-view.ts";
export type { OrderStep } from "./projections/order-view.ts";
export {
  changeOrder,
  correlationOf,
  loadCancelReason,
  loadDestination,
  loadOrder,
  lockOrder,
  orderIdOf,
  orderVersion,
  ORDER_STREAM,
  orderStreamId,
  readOrderState,
  storeAddress,
} from "./repository.ts";
export type { Destination, OrderForCheckout, ShippingAddress } from "./repository.ts";
export { REFUND_TARGETS, refundTargetOf, targetOf } from "./refund-targets.ts";
export { refundOf } from "./part-refund.ts";
export type { PartRefund } from "./state.ts";
export { lastRecorded, unpublished } from "./recorded.ts";
export { adminOrdersRouter, ordersRouter } from "./router.ts";
export { addressDetails, detailsOf, withoutCustomers, withoutCustomersOf, withoutWords } from "./redact.ts";
export { ORDER_IS_OVER } from "./personal-data.ts";
export { foundOrders, orderIdOfNumber, orderNumbers, SEARCH_LENGTH_MAX, wordsOf } from "./search.ts";
export { unlistedOrder } from "./unlisted.ts";
export { ORDERS_WATCHED_MAX } from "./watch-all.ts";
export type { OrderNews } from "./watch-all.ts";

/** `orderDetailsDays`: after the end of an order, for how long it keeps what it says of a person. */
export const orderModule = defineModule<{ readonly orderDetailsDays: number }>({
  name: "order",
  events: orderEvents,
  aggregates: [orderAggregate],
  projections: [orderViewProjection],
  personalData: [orderDetails, orderNotes, linkRequests],
  deletions: ({ orderDetailsDays }) => [(db) => forgetOldOrders(db, orderDetailsDays)],
});
