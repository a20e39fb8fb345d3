/** Customers as people call them: by name, else by e-mail address. Who was erased has none. */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { GUEST_PREFIX } from "./placed-by.ts";
import { orderNumbers } from "./search.ts";

/** Over the id of an account or a guest; null for any other. */
export const nameOfCustomer = (id: Sql): Sql => sql`
  coalesce(
    (SELECT coalesce(nullif(name, ''), email) FROM customers WHERE customers.id = ${id}),
    (SELECT coalesce(nullif(shipping_address ->> 'name', ''), email) FROM orders
     WHERE starts_with(${id}, ${GUEST_PREFIX}) AND orders.id = substr(${id}, ${GUEST_PREFIX.length + 1})
       AND customer_id IS NULL AND email IS NOT NULL AND erasure IS NULL))`;

/** Of those among the ids that are customers. */
export async function customerNames(db: SqlExecutor, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ id: string; name: string | null }>(sql`
    SELECT DISTINCT id, ${nameOfCustomer(sql`asked.id`)} AS name FROM unnest(${ids}::text[]) AS asked(id)`);
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
}

/** What the console calls the subject of a change or a run: a customer by name, an order by its number. */
export async function namesOfSubjects(db: SqlExecutor, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map([...(await customerNames(db, ids)), ...(await orderNumbers(db, ids))]);
}
