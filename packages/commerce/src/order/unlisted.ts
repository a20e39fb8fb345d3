/** An order that the list does not have yet, since its read model is late: its number or id finds it all the same. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { parseOrderNumber } from "./read-number.ts";

export interface UnlistedOrder {
  readonly orderId: string;
  readonly number: string;
  readonly placedAt: string;
}

/** Null where `typed` is not exactly the number or the id of an order, or the list has it. */
export async function unlistedOrder(db: SqlExecutor, typed: string): Promise<UnlistedOrder | null> {
  const text = typed.trim();
  const [order] = await db.query<{ orderId: string; number: string; placedAt: Date }>(sql`
    SELECT id AS "orderId", number, placed_at AS "placedAt" FROM orders
    WHERE (id = ${text} OR number = ${parseOrderNumber(text) ?? text})
      AND NOT EXISTS (SELECT FROM order_view WHERE order_id = orders.id)`);
  return order === undefined ? null : { ...order, placedAt: order.placedAt.toISOString() };
}
