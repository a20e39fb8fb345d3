/** Who placed an order: an account, or a guest, who goes by the first order of the address, so that no name of theirs tells it. */
import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";

export const GUEST_PREFIX = "guest-";

/**
 * The account of an address whose owner has shown that they read its mail: a visitor who merely typed it has no claim to what others
 * ordered with it.
 */
export const accountOf = (address: Sql): Sql => sql`
  SELECT customers.id FROM customers JOIN auth_users ON auth_users.id = customers.user_id AND auth_users.email_verified
  WHERE lower(customers.email) = ${address}`;

/**
 * The customer's id, as an expression over a row of `orders`. What a guest ordered with the confirmed address of an
 * account is that account's. Null once nothing tells any more.
 */
export const PLACED_BY: Sql = sql`
  coalesce(
    orders.customer_id,
    orders.erasure,
    (SELECT erasures.customer_id FROM erasures WHERE erasures.customer_id = ${GUEST_PREFIX} || orders.id),
    (${accountOf(sql`lower(orders.email)`)} LIMIT 1),
    ${GUEST_PREFIX} || (
      SELECT id FROM orders first
      WHERE lower(first.email) = lower(orders.email) AND first.customer_id IS NULL AND first.erasure IS NULL
      ORDER BY placed_at, id LIMIT 1))`;
