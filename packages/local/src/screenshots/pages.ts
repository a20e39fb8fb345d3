/** Every page of shop and console, in the states that orders, carts and sign-ins give it. */
import type { Page } from "playwright-core";
import { fillAsGuest } from "../end-to-end/visitor.ts";
import type { Placed } from "../performance/traffic/shop-client.ts";

export type Visitor = "guest" | "shopper" | "operator";

export interface Visit {
  /** Of the file. */
  readonly name: string;
  readonly app: "storefront" | "admin";
  readonly path: string;
  readonly act?: (page: Page) => Promise<void>;
}

/** One order in each. */
export type Orders = Readonly<Record<"confirmed" | "shipped" | "cancelled", Placed>>;

const shop = (name: string, path: string, act?: Visit["act"]): Visit => ({
  name: `shop-${name}`,
  app: "storefront",
  path,
  ...(act !== undefined && { act }),
});
const console = (name: string, path: string): Visit => ({ name: `console-${name}`, app: "admin", path });

/** Those that the documents show: as in a window, 1280 wide, in the light theme. */
export const DOCUMENTED: Readonly<Record<string, string>> = {
  "shop-home": "shop.png",
  "shop-product": "product.png",
  "console-overview": "console.png",
  "console-saga": "saga.png",
};

const PRODUCT = "/p/moka-pot";

async function addToCart(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("link", { name: "Check out" }).waitFor();
}

/** In their order: what a visit leaves in the cart is there in the next. */
export function visitsOf(orders: Orders): Readonly<Record<Visitor, readonly Visit[]>> {
  const order = ({ orderId, accessToken }: Placed) => `/orders/${orderId}?token=${accessToken}`;
  return {
    guest: [
      shop("home", "/"),
      shop("products", "/products"),
      shop("products-narrowed", "/products?colour=indigo,moss&material=linen"),
      shop("category", "/c/ceramics"),
      shop("product", PRODUCT),
      shop("search", "/search?q=vase"),
      shop("search-corrected", "/search?q=walnut+bord"),
      shop("search-nothing", "/search?q=zeppelin"),
      shop("not-found", "/c/nothing-here"),
      shop("delivery", "/delivery"),
      shop("privacy", "/privacy"),
      shop("login", "/login"),
      shop("register", "/register"),
      shop("reset", "/reset"),
      shop("reset-over", "/reset?token=over"),
      shop("confirm-over", "/confirm?token=over", (page) => page.getByText("This link no longer works").waitFor()),
      shop("cart-empty", "/cart"),
      shop("checkout-empty", "/checkout"),
      shop("cart-drawer", PRODUCT, addToCart),
      shop("cart", "/cart"),
      shop("checkout", "/checkout"),
      shop("checkout-review", "/checkout", (page) => fillAsGuest(page, "ines@example.com")),
      shop("order-confirmed", order(orders.confirmed)),
      shop("order-shipped", order(orders.shipped)),
      shop("order-cancelled", order(orders.cancelled)),
      shop("find-order", "/orders/find"),
      shop("order-without-token", `/orders/${orders.confirmed.orderId}`),
      console("login", "/login"),
    ],
    shopper: [
      shop("account", "/account"),
      shop("account-orders", "/account/orders"),
      shop("account-credit", "/account/credit"),
      shop("account-addresses", "/account/addresses"),
      shop("account-profile", "/account/profile"),
    ],
    operator: [
      console("overview", "/"),
      console("events", "/events"),
      console("event", `/events/order-${orders.cancelled.orderId}:1`),
      console("stream", `/streams/order-${orders.cancelled.orderId}`),
      console("stream-past", `/streams/order-${orders.cancelled.orderId}?at=2`),
      console("projections", "/projections"),
      console("projection", "/projections/order_view"),
      console("consumers", "/consumers"),
      console("workers", "/workers"),
      console("map", "/map"),
      console("outbox", "/outbox"),
      console("sagas", "/sagas"),
      console("saga", `/sagas/checkout:${orders.cancelled.orderId}`),
      console("dead-letters", "/dead-letters"),
      console("alerts", "/alerts"),
      console("audit", "/audit"),
      console("schemas", "/schemas"),
      console("reconciliation", "/reconciliation"),
      console("orders", "/orders"),
      console("order", `/orders/${orders.shipped.orderId}`),
      console("catalogue", "/catalogue"),
      console("discounts", "/discounts"),
      console("stock", "/stock"),
      console("returns", "/returns"),
      console("catalogue-nothing", "/catalogue?search=zeppelin"),
      console("catalogue-new", "/catalogue/new"),
      console("customers", "/customers"),
      console("customers-nothing", "/customers?search=zeppelin"),
      console("customer", `/customers/guest-${orders.shipped.orderId}`),
      console("accounts", "/accounts"),
      console("mail", "/mail"),
      console("dev", "/dev"),
      console("not-found", "/nothing-here"),
    ],
  };
}
