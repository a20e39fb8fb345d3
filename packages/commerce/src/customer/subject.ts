/**
 * Who a customer is: an account, or a guest, of whom there is nothing but orders with one e-mail address.
 * What a guest ordered with the address of an account is that account's.
 */
import type { DataSubject } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { GUEST_PREFIX } from "../order/index.ts";

/** Undefined when there is no such customer, or not any more. */
export async function subjectOf(db: SqlExecutor, customerId: string): Promise<DataSubject | undefined> {
  const known = customerId.startsWith(GUEST_PREFIX)
    ? sql`
        SELECT lower(email) AS email FROM orders
        WHERE id = ${customerId.slice(GUEST_PREFIX.length)} AND customer_id IS NULL AND email IS NOT NULL AND erasure IS NULL
          AND NOT EXISTS (SELECT FROM customers WHERE lower(customers.email) = lower(orders.email))`
    : sql`SELECT lower(email) AS email FROM customers WHERE id = ${customerId}`;
  const [found] = await db.query<{ email: string }>(known);
  if (found === undefined) return undefined;
  const orders = await db.query<{ id: string }>(sql`
    SELECT id FROM orders WHERE customer_id = ${customerId}
    UNION SELECT id FROM orders WHERE customer_id IS NULL AND lower(email) = ${found.email}`);
  return { id: customerId, email: found.email, aggregateIds: orders.map(({ id }) => id) };
}
