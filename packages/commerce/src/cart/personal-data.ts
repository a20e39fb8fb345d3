import type { PersonalData } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";

/** What a customer means to buy: an account's cart, or those that a guest's orders were made from. */
export const carts: PersonalData = {
  name: "carts",
  tables: ["carts", "cart_lines"],
  find: (db, { id, aggregateIds }) =>
    db.query(sql`
      SELECT id AS "cartId", status, created_at AS "createdAt", updated_at AS "updatedAt",
             (SELECT jsonb_agg(jsonb_build_object('sku', sku, 'name', name, 'quantity', quantity) ORDER BY ordinal)
              FROM cart_lines WHERE cart_id = carts.id) AS lines
      FROM carts WHERE customer_id = ${id} OR order_id = ANY(${aggregateIds}::text[]) ORDER BY created_at, id`),
  erase: async (tx, { id, aggregateIds }) =>
    (
      await tx.query(sql`
        DELETE FROM carts WHERE customer_id = ${id} OR order_id = ANY(${aggregateIds}::text[]) RETURNING id`)
    ).length,
};
