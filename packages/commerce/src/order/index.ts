import { defineModule } from "@tillstream/eventing";
import { orderEvents } from "./events.ts";
import { orderAggregate } from "./order.ts";
import { orderViewProjection } from "./projections/order-view.ts";

export { mayReadOrder, orderAccessToken } from "./access.ts";
export {
  OrderCancelled,
  OrderConfirmed,
  OrderCreated,
  orderEvents,
  PaymentAuthorized,
  PaymentCaptured,
  PaymentRefunded,
  PaymentVoided,
  StockReleased,
  StockReserved,
} from "./events.ts";
export type { OrderLine } from "./events.ts";
export type { OrderPage } from "./page.ts";
export { adminOrdersRouter, ordersRouter } from "./router.ts";
export { order, ORDER_TOTAL_MAX } from "./order.ts";
export { listOrderViews, ORDER_VIEW, readOrderViews } from "./projections/order-view.ts";
export type { OrderStep, OrderView } from "./projections/order-view.ts";
export { changeOrder, loadOrder, ORDER_STREAM, orderStreamId } from "./repository.ts";
export type { OrderForCheckout } from "./repository.ts";

export const orderModule = defineModule<unknown>({
  name: "order",
  events: orderEvents,
  aggregates: [orderAggregate],
  projections: [orderViewProjection],
});
