import { defineModule } from "@tillstream/eventing";
import { orderShippingConsumer, shippingConsumer } from "./consumers.ts";
import type { ShippingPorts } from "./consumers.ts";
import { dispatch } from "./dispatch.ts";
import { shipmentEvents } from "./events.ts";
import { shipmentAggregate } from "./shipment.ts";

export { dispatchDay, workingDaysAfter } from "./dispatch-day.ts";
export type { DispatchDay } from "./dispatch-day.ts";
export { startDueShipments } from "./dispatch.ts";
export { SHIPPING } from "./consumers.ts";
export { ReturnReceived, ShipmentCreated } from "./events.ts";
export { hasLeft, lockShipment } from "./repository.ts";
export { receiveReturn } from "./returns.ts";
export { cancelForMerchant, requestCancellation } from "./cancel.ts";
export { shippingRouter, shippingShopRouter } from "./router.ts";
export { simulatedCarrier, UNREACHABLE_CITY } from "./simulated-carrier.ts";

export const shippingModule = defineModule<ShippingPorts & { onAppended(): void }>({
  name: "shipping",
  events: shipmentEvents,
  aggregates: [shipmentAggregate],
  consumers: (ports) => [shippingConsumer(ports), orderShippingConsumer()],
  loops: ({ onAppended }) => [dispatch(onAppended)],
});
