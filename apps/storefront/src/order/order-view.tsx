"use client";
/** The order's page as it changes: what becomes of it, and what was ordered. */
import type { OrderPage } from "@tillstream/commerce";
import type { ReactNode } from "react";
import { OrderLive } from "./order-live.tsx";
import type { OrderAccess } from "./order-stream.ts";
import { unitsLeft } from "./receipt-words.ts";
import { Receipt } from "./receipt.tsx";
import { useLiveOrder } from "./use-live-order.ts";

export interface OrderViewProps {
  readonly access: OrderAccess;
  readonly first: OrderPage;
  /** Below the receipt, once it is on its way: how to send it back. */
  readonly whenShipped?: ReactNode;
}

export function OrderView({ access, first, whenShipped }: OrderViewProps) {
  const { order, live } = useLiveOrder(access, first);
  return (
    <div className="grid items-start gap-12 lg:grid-cols-[1.5fr_1fr]">
      <OrderLive access={access} order={order} live={live} />
      <div className="grid gap-6">
        <Receipt order={order} />
        {order.status === "shipped" && unitsLeft(order) > 0 && whenShipped}
      </div>
    </div>
  );
}
