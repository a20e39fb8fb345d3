/**
 * Who a customer is: an account, or a guest, of whom there is nothing but orders with one e-mail address.
 * What a guest ordered with the confirmed address of an account is that account's.
 */
import type { DataSubject } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { accountOf, GUEST_PREFIX } from "../order/index.ts";

export interface Customer extends DataSubject {
  /** Whether what guests order with the address is theirs. */
  readonly ownsAddress: boolean;
}

/** Undefined when the customer does not exist, or has been erased. */
export async function subjectOf(db: SqlExecutor, customerId: string): Promise<Customer | undefined> {
  const known = customerId.startsWith(GUEST_PREFIX)
    ? sql`
        SELECT lower(email) AS email, true AS "ownsAddress" FROM orders
        WHERE id = ${customerId.slice(GUEST_PREFIX.length)} AND customer_id IS NULL AND email IS NOT NULL AND erasure IS NULL
          AND NOT EXISTS (${accountOf(sql`lower(orders.email)`)})`
    : sql`
        SELECT lower(email) AS email, EXISTS (${accountOf(sql`lower(customers.email)`)}) AS "ownsAddress"
        FROM customers WHERE id = ${customerId}`;
  const [found] = await db.query<{ email: string; ownsAddress: boolean }>(known);
  if (found === undefined) return undefined;
  const orders = await db.query<{ id: string }>(sql`
    SELECT id FROM orders WHERE customer_id = ${customerId}
    UNION SELECT id FROM orders WHERE ${found.ownsAddress} AND customer_id IS NULL AND lower(email) = ${found.email}`);
  return { id: customerId, ...found, aggregateIds: orders.map(({ id }) => id) };
}
