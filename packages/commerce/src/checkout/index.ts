import { defineModule } from "@tillstream/eventing";
import { cancellationSaga } from "./cancellation.ts";
import { completionsStalled } from "./check.ts";
import { paymentRefundConsumer } from "./return-refund.ts";
import { checkoutSagas } from "./saga.ts";
import type { CheckoutPorts } from "./saga.ts";

export { adminCheckoutRouter } from "./admin-router.ts";
export { placeOrderInput } from "./input.ts";
export type { PlaceOrderInput } from "./input.ts";
export { placeOrder } from "./place-order.ts";
export type { PlacedOrder } from "./place-order.ts";
export { endOrderOfResolvedRun } from "./settled-by-hand.ts";
export { assertCanTake, quoteRefund, refundLines } from "./refund-lines.ts";
export { addressShopRouter, checkoutRouter } from "./router.ts";
export { shippingAddress } from "./shipping-address.ts";

export const checkoutModule = defineModule<CheckoutPorts>({
  name: "checkout",
  checks: () => [completionsStalled],
  consumers: ({ gateway }) => [paymentRefundConsumer(gateway)],
  sagas: (ports) => [...checkoutSagas(ports), cancellationSaga(ports)],
});
