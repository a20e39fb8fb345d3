/** The two routers, made of the modules' own and, for the console, the generic operations. */
import { systemMap } from "@tillstream/eventing";
import { mergeRouters, operationsRouters, router } from "@tillstream/trpc";
import { accountRouter, adminAccountsRouter } from "./account/index.ts";
import { analyticsRouter } from "./analytics/index.ts";
import { cartRouter, reorderRouter } from "./cart/index.ts";
import { adminCatalogueRouter, catalogueRouter, shelfRouter, skusOf } from "./catalogue/index.ts";
import { addressShopRouter, adminCheckoutRouter, checkoutRouter, endOrderOfResolvedRun } from "./checkout/index.ts";
import { addressesRouter, customersRouter, profileRouter } from "./customer/index.ts";
import { flowRouter } from "./flow/router.ts";
import { incidentsRouter } from "./incidents/index.ts";
import { idlePorts } from "./describe-deployment.ts";
import { faultsRouter } from "./faults/index.ts";
import { mailRouter } from "./mail/index.ts";
import { aggregates, eventCatalogue, modules, personalData, projections } from "./modules.ts";
import {
  adminOrdersRouter,
  namesOfSubjects,
  ordersRouter,
  orderIdOfNumber,
  withoutCustomersOf,
} from "./order/index.ts";
import { paymentsRouter } from "./reconciliation/index.ts";
import { returnsRouter, returnsShopRouter } from "./returns/index.ts";
import { shippingRouter, shippingShopRouter } from "./shipping/index.ts";
import { discountsRouter } from "./pricing/index.ts";
import { stockRouter } from "./stock/index.ts";
import { searchRouter } from "./search/router.ts";

export const shopRouter = router({
  catalogue: mergeRouters(catalogueRouter, shelfRouter),
  cart: cartRouter,
  checkout: checkoutRouter,
  orders: mergeRouters(ordersRouter, shippingShopRouter, addressShopRouter, returnsShopRouter, reorderRouter),
  account: accountRouter,
  profile: profileRouter(personalData),
  addresses: addressesRouter,
});
export type ShopRouter = typeof shopRouter;

export const adminRouter = router({
  ...operationsRouters({
    catalogue: eventCatalogue,
    projections,
    aggregates,
    map: systemMap(modules, idlePorts()),
    sagas: modules.flatMap((module) => module.sagas(idlePorts())),
    onRunResolved: endOrderOfResolvedRun,
    subjectNamed: orderIdOfNumber,
    namesOfSubjects,
    partsOfSubject: skusOf,
    redact: withoutCustomersOf,
  }),
  orders: mergeRouters(adminOrdersRouter, shippingRouter, adminCheckoutRouter, returnsRouter),
  search: searchRouter,
  flow: flowRouter,
  incidents: incidentsRouter,
  catalogue: adminCatalogueRouter,
  discounts: discountsRouter,
  stock: stockRouter,
  accounts: adminAccountsRouter,
  customers: customersRouter(personalData),
  analytics: analyticsRouter,
  mail: mailRouter,
  payments: paymentsRouter,
  faults: faultsRouter({
    consumers: modules.flatMap((module) => module.consumers(idlePorts())).map(({ name }) => name),
    projections: projections.map(({ name }) => name),
  }),
});
export type AdminRouter = typeof adminRouter;
