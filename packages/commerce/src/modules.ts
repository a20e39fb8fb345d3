/** Every module of the shop, in one list. */
import { describeModules } from "@tillstream/eventing";
import type { Module } from "@tillstream/eventing";
import { accountModule } from "./account/index.ts";
import { analyticsModule } from "./analytics/index.ts";
import { cartModule } from "./cart/index.ts";
import { checkoutModule } from "./checkout/index.ts";
import { customerModule } from "./customer/index.ts";
import { mailModule } from "./mail/index.ts";
import { orderModule } from "./order/index.ts";
import { paymentModule } from "./payment/index.ts";
import { reconciliationModule } from "./reconciliation/index.ts";
import { returnsModule } from "./returns/index.ts";
import { shippingModule } from "./shipping/index.ts";
import { stockModule } from "./stock/index.ts";

type PortsOf<Some> = Some extends Module<infer Needed> ? Needed : never;

/** What the modules' consumers, sagas and loops need from outside, together. */
export type Ports = PortsOf<typeof checkoutModule> &
  PortsOf<typeof mailModule> &
  PortsOf<typeof shippingModule> &
  PortsOf<typeof accountModule> &
  PortsOf<typeof orderModule> &
  PortsOf<typeof customerModule> &
  PortsOf<typeof paymentModule> &
  PortsOf<typeof reconciliationModule>;

export const modules: readonly Module<Ports>[] = [
  orderModule,
  checkoutModule,
  stockModule,
  shippingModule,
  accountModule,
  mailModule,
  analyticsModule,
  cartModule,
  customerModule,
  paymentModule,
  reconciliationModule,
  returnsModule,
];

export const { catalogue: eventCatalogue, aggregates, projections, personalData } = describeModules(modules);
