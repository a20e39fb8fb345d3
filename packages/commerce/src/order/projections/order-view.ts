/** `order_view`: what the order page and the merchant's list show, one row an order. */
import { defineProjection } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { orderEvents } from "../events.ts";
import { foundOrders } from "../search.ts";
import { projectOrderView } from "./project-order-view.ts";
import type { OrderView, OrderViewStatus } from "./project-order-view.ts";

export type { OrderStep, OrderView } from "./project-order-view.ts";

export const ORDER_VIEW = "order_view";

const COLUMNS = sql`
  order_id AS "orderId", version, status, total, currency, lines, steps, cancel_reason AS "cancelReason", attention, tracking,
  to_char(placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "placedAt",
  to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "updatedAt"`;

export async function readOrderViews(db: SqlExecutor, orderIds: readonly string[]): Promise<Map<string, OrderView>> {
  const rows = await db.query<OrderView>(
    sql`SELECT ${COLUMNS} FROM order_view WHERE order_id = ANY(${orderIds}::text[])`,
  );
  return new Map(rows.map((row) => [row.orderId, row]));
}

export interface OrderViewFilter {
  readonly status?: OrderViewStatus | undefined;
  /** As a person typed it. */
  readonly search?: string | undefined;
  /** The last row of the page before: its `placedAt` and `orderId`. */
  readonly after?: { readonly placedAt: string; readonly orderId: string } | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export function listOrderViews(db: SqlExecutor, filter: OrderViewFilter): Promise<OrderView[]> {
  return db.query<OrderView>(orderListQuery(filter));
}

export function orderListQuery({ status, search, after, limit }: OrderViewFilter): Sql {
  // As an array, which is made first: joined, the planner may read the whole view to find a handful of orders.
  const bySearch = search === undefined ? sql`true` : sql`order_id = ANY(ARRAY(${foundOrders(search)}))`;
  const byStatus = status === undefined ? sql`true` : sql`status = ${status}`;
  const older =
    after === undefined ? sql`true` : sql`(placed_at, order_id) < (${after.placedAt}::timestamptz, ${after.orderId})`;
  return sql`
    SELECT ${COLUMNS} FROM order_view WHERE ${bySearch} AND ${byStatus} AND ${older}
    ORDER BY placed_at DESC, order_id DESC LIMIT ${limit}`;
}

async function storeOrderViews(tx: SqlExecutor, views: ReadonlyMap<string, OrderView>): Promise<void> {
  await tx.query(sql`
    INSERT INTO order_view (order_id, version, status, total, currency, lines, steps, cancel_reason, attention, tracking, placed_at, updated_at)
    SELECT "orderId", version, status, total, currency, lines, steps, "cancelReason", attention, tracking, "placedAt", "updatedAt"
    FROM jsonb_to_recordset(${JSON.stringify([...views.values()])}::jsonb) AS view(
      "orderId" text, version int, status text, total int, currency text, lines jsonb, steps jsonb,
      "cancelReason" text, attention text[], tracking jsonb, "placedAt" timestamptz, "updatedAt" timestamptz)
    ON CONFLICT (order_id) DO UPDATE SET
      version = excluded.version, status = excluded.status, steps = excluded.steps,
      cancel_reason = excluded.cancel_reason, attention = excluded.attention, tracking = excluded.tracking, updated_at = excluded.updated_at`);
}

export const orderViewProjection = defineProjection<OrderView, typeof orderEvents>({
  name: ORDER_VIEW,
  definitions: orderEvents,
  tables: ["order_view"],
  key: (event) => event.data.orderId,
  project: projectOrderView,
  load: readOrderViews,
  store: storeOrderViews,
});
