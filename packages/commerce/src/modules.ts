/** Every module of the shop, in one list: the worker, the routers and the console iterate it. */
import { createEventCatalogue } from "@tillstream/eventing";
import type { Module } from "@tillstream/eventing";
import { accountModule } from "./account/index.ts";
import { analyticsModule } from "./analytics/index.ts";
import { cartModule } from "./cart/index.ts";
import { checkoutModule } from "./checkout/index.ts";
import { customerModule } from "./customer/index.ts";
import { mailModule } from "./mail/index.ts";
import type { Mailer } from "./mail/index.ts";
import { orderModule } from "./order/index.ts";
import type { OrderLinks } from "./order/index.ts";
import type { PaymentGateway } from "./payment/index.ts";
import type { Database } from "@tillstream/runtime";
import { shippingModule } from "./shipping/index.ts";
import type { Carrier } from "./shipping/index.ts";
import { stockModule } from "./stock/index.ts";

/** What the modules' consumers and sagas need from outside. */
export interface Ports {
  readonly db: Database;
  readonly gateway: PaymentGateway;
  readonly mailer: Mailer;
  /** What the links in mails are made with. */
  readonly links: OrderLinks;
  readonly carrier: Carrier;
  /** For so long after its confirmation an order can still be cancelled. */
  readonly shippingDelayMs: number;
  /** Events between two snapshots of an account. */
  readonly snapshotEveryAccount: number;
}

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
];

export const eventCatalogue = createEventCatalogue(modules.flatMap((module) => module.events));

/** The aggregates whose streams can be replayed. */
export const aggregates = modules.flatMap((module) => module.aggregates);

/** What the modules keep of persons. */
export const personalData = modules.flatMap((module) => module.personalData);
