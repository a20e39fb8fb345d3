/** The console's one search: whatever a customer writes in a mail or an operator reads in a log leads to its page. */
import type { SqlExecutor } from "@tillstream/runtime";
import { findInHistory, procedureFor, router } from "@tillstream/trpc";
import type { SearchHit } from "@tillstream/trpc";
import { line } from "@tillstream/trpc/input";
import { z } from "zod";
import { listCustomers } from "../customer/index.ts";
import { listOrderViews, orderNumber, SEARCH_LENGTH_MAX } from "../order/index.ts";

const HITS_MAX = 20;
const CUSTOMERS_MAX = 5;

/** By number, charge, tracking number or id, by e-mail address or name. */
async function findOrders(db: SqlExecutor, search: string): Promise<SearchHit[]> {
  const orders = await listOrderViews(db, { search, limit: HITS_MAX });
  return orders.map(({ orderId: id, status }) => {
    const href = `/orders/${encodeURIComponent(id)}`;
    return { kind: "order", id, title: `Order ${orderNumber(id)}`, detail: status, href };
  });
}

async function findCustomers(db: SqlExecutor, search: string): Promise<SearchHit[]> {
  const customers = (await listCustomers(db, { search, limit: CUSTOMERS_MAX })) ?? [];
  return customers.map(({ customerId: id, name, email }) => {
    const href = `/customers/${encodeURIComponent(id)}`;
    return { kind: "customer", id, title: name === "" ? email : name, detail: email, href };
  });
}

export const searchRouter = router({
  find: procedureFor("viewer")
    .input(z.strictObject({ text: line(SEARCH_LENGTH_MAX).min(1) }))
    .query(async ({ ctx: { db }, input: { text } }) => {
      const found = await Promise.all([findOrders(db, text), findCustomers(db, text), findInHistory(db, text)]);
      return { hits: found.flat() };
    }),
});
