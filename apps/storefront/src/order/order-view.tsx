"use client";
/** The order's page as it changes: what becomes of it, and what was ordered. */
import type { OrderPage } from "@tillstream/commerce";
import { OrderLive } from "./order-live.tsx";
import type { OrderAccess } from "./order-stream.ts";
import { Receipt } from "./receipt.tsx";
import { useLiveOrder } from "./use-live-order.ts";

export function OrderView({ access, first }: { access: OrderAccess; first: OrderPage }) {
  const { order, live } = useLiveOrder(access, first);
  return (
    <div className="grid items-start gap-12 lg:grid-cols-[1.5fr_1fr]">
      <OrderLive access={access} order={order} live={live} />
      <Receipt order={order} />
    </div>
  );
}
