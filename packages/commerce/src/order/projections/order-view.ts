/** `order_view`: what the order page and the merchant's list show, one row an order. */
import { defineProjection } from "@tillstream/eventing";
import { keyset, sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor, TimeOrder } from "@tillstream/runtime";
import { orderEvents } from "../events.ts";
import { orderStreamId } from "../repository.ts";
import { foundOrders } from "../search.ts";
import { orderViews, projectOrderView } from "./project-order-view.ts";
import type { OrderView, OrderViewStatus } from "./project-order-view.ts";

export type { OrderStep, OrderView } from "./project-order-view.ts";

export const ORDER_VIEW = "order_view";

/** By order id. */
export const readOrderViews = orderViews.load;

export interface OrderViewFilter {
  readonly status?: OrderViewStatus | undefined;
  /** As a person typed it. */
  readonly search?: string | undefined;
  /** The last row of the page before: its `placedAt` and `orderId`. */
  readonly after?: { readonly placedAt: string; readonly orderId: string } | undefined;
  /** By when they were placed; newest first unless it says otherwise. */
  readonly order?: TimeOrder | undefined;
  readonly limit: number;
}

/** Page by page, by keyset. */
export function listOrderViews(db: SqlExecutor, filter: OrderViewFilter): Promise<OrderView[]> {
  return db.query<OrderView>(orderListQuery(filter));
}

export function orderListQuery({ status, search, after, order, limit }: OrderViewFilter): Sql {
  const { follows, direction } = keyset(order);
  // As an array, which is made first: joined, the planner may read the whole view to find a handful of orders.
  const bySearch = search === undefined ? sql`true` : sql`order_id = ANY(ARRAY(${foundOrders(search)}))`;
  const byStatus = status === undefined ? sql`true` : sql`status = ${status}`;
  const later =
    after === undefined
      ? sql`true`
      : sql`(placed_at, order_id) ${follows} (${after.placedAt}::timestamptz, ${after.orderId})`;
  return sql`
    SELECT ${orderViews.selected} FROM order_view WHERE ${bySearch} AND ${byStatus} AND ${later}
    ORDER BY placed_at ${direction}, order_id ${direction} LIMIT ${limit}`;
}

export const orderViewProjection = defineProjection<OrderView, typeof orderEvents>({
  ...orderViews,
  name: ORDER_VIEW,
  definitions: orderEvents,
  key: (event) => event.data.orderId,
  streamOf: orderStreamId,
  project: projectOrderView,
});
