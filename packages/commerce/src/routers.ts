/** The two routers, made of the modules' own and, for the console, the generic operations. */
import { operationsRouters, router } from "@tillstream/trpc";
import { analyticsRouter } from "./analytics/index.ts";
import { catalogueRouter } from "./catalogue/index.ts";
import { checkoutRouter } from "./checkout/index.ts";
import { mailRouter } from "./mail/index.ts";
import { eventCatalogue } from "./modules.ts";
import { adminOrdersRouter, ordersRouter } from "./order/index.ts";

export const shopRouter = router({ catalogue: catalogueRouter, checkout: checkoutRouter, orders: ordersRouter });
export type ShopRouter = typeof shopRouter;

export const adminRouter = router({
  ...operationsRouters(eventCatalogue),
  orders: adminOrdersRouter,
  analytics: analyticsRouter,
  mail: mailRouter,
});
export type AdminRouter = typeof adminRouter;
