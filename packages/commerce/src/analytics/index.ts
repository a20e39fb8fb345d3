export { readHeartbeat } from "./heartbeat.ts";
export { analyticsRouter } from "./router.ts";
import { defineModule } from "@tillstream/eventing";
import { funnelConsumer } from "./order-funnel.ts";
import { salesByDayProjection } from "./projections/sales-by-day.ts";

export const analyticsModule = defineModule<unknown>({
  name: "analytics",
  projections: [salesByDayProjection],
  consumers: () => [funnelConsumer()],
});
