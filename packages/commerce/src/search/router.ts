/** The console's one search: whatever a customer writes in a mail or an operator reads in a log leads to its page. */
import type { SqlExecutor } from "@tillstream/runtime";
import { findInHistory, procedureFor, router } from "@tillstream/trpc";
import type { SearchHit } from "@tillstream/trpc";
import { line } from "@tillstream/trpc/input";
import { z } from "zod";
import { listForMerchant } from "../catalogue/index.ts";
import { listCustomers } from "../customer/index.ts";
import { listOrderViews, orderNumber, SEARCH_LENGTH_MAX, unlistedOrder } from "../order/index.ts";

const HITS_MAX = 20;
const CUSTOMERS_MAX = 5;
const PRODUCTS_MAX = 5;
/** A return has its order's number, and which of its returns it is. */
const OF_RETURN = /-R\d{1,3}$/i;

/** By number, its own or of a return, charge, tracking number or id, by e-mail address or name. */
async function findOrders(db: SqlExecutor, search: string): Promise<SearchHit[]> {
  const named = search.trim().replace(OF_RETURN, "");
  const orders = await listOrderViews(db, { search: named, limit: HITS_MAX });
  const unlisted = await unlistedOrder(db, named);
  return [...(unlisted === null ? [] : [{ orderId: unlisted.orderId, status: "not yet in the list" }]), ...orders].map(
    ({ orderId: id, status }) => {
      const href = `/orders/${encodeURIComponent(id)}`;
      return { kind: "order", id, title: `Order ${orderNumber(id)}`, detail: status, href };
    },
  );
}

async function findCustomers(db: SqlExecutor, search: string): Promise<SearchHit[]> {
  const customers = (await listCustomers(db, { search, limit: CUSTOMERS_MAX })) ?? [];
  return customers.map(({ customerId: id, name, email }) => {
    const href = `/customers/${encodeURIComponent(id)}`;
    return { kind: "customer", id, title: name === "" ? email : name, detail: email, href };
  });
}

/** By its words or how a SKU of it begins. */
async function findProducts(db: SqlExecutor, search: string): Promise<SearchHit[]> {
  const { items } = await listForMerchant(db, { search, after: undefined, limit: PRODUCTS_MAX });
  return items.map(({ slug, name, category }) => {
    return { kind: "product", id: slug, title: name, detail: category, href: `/catalogue/${encodeURIComponent(slug)}` };
  });
}

export const searchRouter = router({
  find: procedureFor("viewer")
    .input(z.strictObject({ text: line(SEARCH_LENGTH_MAX).min(1) }))
    .query(async ({ ctx: { db }, input: { text } }) => {
      const found = await Promise.all(
        [findOrders, findCustomers, findProducts, findInHistory].map((find) => find(db, text)),
      );
      return { hits: found.flat() };
    }),
});
