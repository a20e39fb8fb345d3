/** An order outlives its customer: figures, stock and payments need it. What it says of a person goes. */
import type { PersonalData } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";

/** Of an order that is over; while it is under way the carrier needs the address. */
export const ORDER_IS_OVER = sql`status IN ('shipped', 'cancelled')`;
const NOTHING_PERSONAL = sql`
  email = NULL, shipping_address = '{}', payment_token = NULL, card = NULL, caller = NULL, erasure = NULL`;
/** Orders that give up what they say of a person in one statement. */
const CHUNK_ROWS = 1_000;

export const orderDetails: PersonalData = {
  name: "orders",
  tables: ["orders"],

  find: (db, { aggregateIds }) =>
    db.query(sql`
      SELECT id AS "orderId", number, status, placed_at AS "placedAt", total, currency, email, shipping_address AS "shippingAddress",
             payment_method AS "paymentMethod", credit_part AS "creditPart", payment_token AS "cardToken", card, charge_id AS "chargeId", refunds,
             (SELECT jsonb_agg(jsonb_build_object('sku', sku, 'name', name, 'quantity', quantity, 'unitPrice', unit_price) ORDER BY ordinal)
              FROM order_lines WHERE order_id = orders.id) AS lines,
             (SELECT jsonb_build_object('carrier', carrier, 'trackingNumber', tracking_number) FROM shipments
              WHERE order_id = orders.id AND tracking_number IS NOT NULL) AS shipped
      FROM orders WHERE id = ANY(${aggregateIds}::text[]) ORDER BY placed_at, id`),

  /** Those that are under way are marked, for when they are over. */
  async erase(tx, { id, aggregateIds }) {
    await tx.query(sql`
      UPDATE orders SET erasure = ${id} WHERE id = ANY(${aggregateIds}::text[]) AND NOT ${ORDER_IS_OVER} AND erasure IS NULL`);
    const { length } = await tx.query(sql`
      UPDATE orders SET ${NOTHING_PERSONAL}
      WHERE id = ANY(${aggregateIds}::text[]) AND ${ORDER_IS_OVER} AND email IS NOT NULL RETURNING id`);
    return length;
  },
};

/** What staff noted about an order; while it is under way they may need it. */
export const orderNotes: PersonalData = {
  name: "orderNotes",
  tables: ["order_notes"],
  find: (db, { aggregateIds }) =>
    db.query(sql`
      SELECT order_id AS "orderId", text, at FROM order_notes WHERE order_id = ANY(${aggregateIds}::text[]) ORDER BY id`),
  erase: async (tx, { aggregateIds }) =>
    (
      await tx.query(sql`
        DELETE FROM order_notes USING orders
        WHERE orders.id = order_id AND order_id = ANY(${aggregateIds}::text[]) AND ${ORDER_IS_OVER} RETURNING order_notes.id`)
    ).length,
};

/** The link to an order was asked for, and the mail is not out yet. */
export const linkRequests: PersonalData = {
  name: "linkRequests",
  tables: ["order_link_requests"],
  find: (db, { email }) =>
    db.query(
      sql`SELECT number, email, requested_at AS "requestedAt" FROM order_link_requests WHERE lower(email) = ${email}`,
    ),
  erase: async (tx, { email }) =>
    (await tx.query(sql`DELETE FROM order_link_requests WHERE lower(email) = ${email} RETURNING id`)).length,
};

/** Takes the person out of orders that have been over for so long, a bounded number at once; resolves to how many. */
export async function forgetOldOrders(
  db: Parameters<PersonalData["erase"]>[0],
  daysAfterTheEnd: number,
): Promise<number> {
  const { length } = await db.query(sql`
    WITH forgotten AS (
      UPDATE orders SET ${NOTHING_PERSONAL} WHERE id IN (
        SELECT id FROM orders
        WHERE placed_at < now() - ${daysAfterTheEnd} * interval '1 day' AND updated_at < now() - ${daysAfterTheEnd} * interval '1 day'
          AND ${ORDER_IS_OVER} AND email IS NOT NULL
        ORDER BY placed_at LIMIT ${CHUNK_ROWS})
      RETURNING id
    ), notes AS (DELETE FROM order_notes WHERE order_id IN (SELECT id FROM forgotten))
    SELECT id FROM forgotten`);
  return length;
}
