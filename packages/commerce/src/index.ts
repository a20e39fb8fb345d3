export { accountAggregate, commandAccount } from "./account/index.ts";
export type { AccountCommand } from "./account/index.ts";
export { CART_DAYS, LINES_MAX, QUANTITY_MAX, dropCartToken } from "./cart/index.ts";
export type { CartOrder, CartPage, CartPageLine, CartProblem, Quote, QuotedLine } from "./cart/index.ts";
export { choicesOf, listQuery, priceVariants, SHOP_CURRENCY, toWordQuery, variantAsked } from "./catalogue/index.ts";
export type {
  CategorySummary,
  Choice,
  ChoiceValue,
  Facet,
  Facets,
  Money,
  PriceFacet,
  ProductCard,
  ProductDetail,
  Sort,
  StockBand,
  Suggestions,
  VariantDetail,
} from "./catalogue/index.ts";
export { placeOrder, placeOrderInput } from "./checkout/index.ts";
export type { PlacedOrder, PlaceOrderInput } from "./checkout/index.ts";
export { describeChecks, describeDeployment, idlePorts } from "./describe-deployment.ts";
export { disturb } from "./faults/index.ts";
export { finishErasures, registerCustomer } from "./customer/index.ts";
export { diagnose } from "./incidents/index.ts";
export type { Diagnosis, Finding } from "./incidents/index.ts";
export { createMailServer, localInbox, loginMail } from "./mail/index.ts";
export type { MailServer } from "./mail/index.ts";
export { refusePublishedSecrets } from "./published-secrets.ts";
export { busCheck, cacheCheck, createMetrics, metricsEndpoint } from "./monitoring/index.ts";
export type { Metrics } from "./monitoring/index.ts";
export { aggregates, eventCatalogue, modules, personalData, projections } from "./modules.ts";
export type { Ports } from "./modules.ts";
export {
  OrderCreated,
  orderLinks,
  orderListQuery,
  orderNumber,
  ORDERS_WATCHED_MAX,
  orderStreamId,
  referTo,
  SHIPPING_FAILED,
} from "./order/index.ts";
export type { OrderNews, OrderPage, OrderStep } from "./order/index.ts";
export {
  cachedGateway,
  countGatewayCalls,
  createPaymentProvider,
  createSimulatedGateway,
  createWebhookCounter,
  readWebhookCounts,
  receiveWebhook,
} from "./payment/index.ts";
export type { WebhookCounter, WebhookSource } from "./payment/index.ts";
export { beginReconciliation, carryOut, reconciliationGraceMs, requestedRun } from "./reconciliation/index.ts";
export { publishedSagas } from "./published-sagas.ts";
export { adminRouter, shopRouter } from "./routers.ts";
export type { AdminRouter, ShopRouter } from "./routers.ts";
export { requestReturn } from "./returns/index.ts";
export type { Aftercare } from "./returns/index.ts";
export {
  cancelForMerchant,
  dispatchDay,
  receiveReturn,
  requestCancellation,
  simulatedCarrier,
  startDueShipments,
  UNREACHABLE_CITY,
} from "./shipping/index.ts";
export type { DispatchDay } from "./shipping/index.ts";
export { deliveryOffers, expectedArrival } from "./pricing/index.ts";
export type { Arrival } from "./pricing/index.ts";
export { ledgerQuery, receiveStock, releaseStock, reserveStock } from "./stock/index.ts";
