/** Which orders may be sent back in parts, and until when: those that have left, for so many days. */
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { OrderShipped, orderStreamId } from "../order/index.ts";
import type { OrderForCheckout } from "../order/index.ts";

interface ReturnWindow {
  readonly until: Date;
  readonly isOpen: boolean;
}

/** By the database's clock, from when the order left. Undefined while it has not. */
export async function windowOf(db: SqlExecutor, orderId: string, days: number): Promise<ReturnWindow | undefined> {
  const end = sql`recorded_at + ${days}::int * interval '1 day'`;
  const [row] = await db.query<ReturnWindow>(sql`
    SELECT ${end} AS until, ${end} > now() AS "isOpen" FROM events
    WHERE stream_id = ${orderStreamId(orderId)} AND type = ${OrderShipped.type} ORDER BY version DESC LIMIT 1`);
  return row;
}

/**
 * The messages are written for the customer, who reads them.
 * @param cameBack the whole parcel, seen under the shipment's lock
 */
export async function assertReturnable(
  db: SqlExecutor,
  { orderId, status }: OrderForCheckout,
  cameBack: boolean,
  days: number,
): Promise<void> {
  if (cameBack)
    throw refuse("conflict", "ORDER_RETURNED", "This order came back already, and its money goes back to you.");
  if (status === "cancelled") throw refuse("conflict", "ORDER_CANCELLED", "This order is cancelled: nothing was sent.");
  const open = await windowOf(db, orderId, days);
  if (status !== "shipped" || open === undefined)
    throw refuse("conflict", "NOT_SHIPPED", "This order has not left yet. Cancel it instead, and nothing is sent.");
  if (!open.isOpen)
    throw refuse(
      "conflict",
      "RETURN_TOO_LATE",
      `An order can be sent back for ${days} days after it left. Write to us.`,
    );
}
