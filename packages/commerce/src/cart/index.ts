/**
 * What a customer means to buy, on the server: one cart for each account, or for each guest by a signed cookie, the same in
 * all tabs and on all devices. The order that it becomes closes it (`orders_cart_id_cart_version_key`).
 */
import { defineModule } from "@tillstream/eventing";
import { carts } from "./personal-data.ts";
import { pruneCarts } from "./repository.ts";

export { CART_DAYS, holderOf, dropCartToken } from "./holder.ts";
export { LINES_MAX, mergeLines, QUANTITY_MAX, wantedLines } from "./lines.ts";
export type { CartOrder, CartPage, CartReader, CartPageLine } from "./page.ts";
export { problemsOf, assertNoProblems } from "./problems.ts";
export type { CartProblem } from "./problems.ts";
export { quoteCart } from "./quote.ts";
export type { Quote, QuotedLine } from "./quote.ts";
export { offersOf, readCart, reopenCart } from "./repository.ts";
export { cartRouter, reorderRouter } from "./router.ts";

export const cartModule = defineModule<unknown>({ name: "cart", personalData: [carts], deletions: () => [pruneCarts] });
