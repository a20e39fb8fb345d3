"use client";
/** The order's page as it changes: what becomes of it, and what was ordered. */
import type { Aftercare as AftercareNow, Arrival, OrderPage } from "@tillstream/commerce";
import { Aftercare } from "./aftercare.tsx";
import { OrderLive } from "./order-live.tsx";
import type { OrderAccess } from "./order-stream.ts";
import { Receipt } from "./receipt.tsx";
import { useAftercare } from "./use-aftercare.ts";
import { useLiveOrder } from "./use-live-order.ts";

export interface OrderViewProps {
  readonly access: OrderAccess;
  readonly first: OrderPage;
  readonly firstAftercare: AftercareNow;
  /** As it was promised when it was placed. */
  readonly expected: Arrival;
  readonly returnsAddress: string;
}

export function OrderView({ access, first, firstAftercare, expected, returnsAddress }: OrderViewProps) {
  const { order, live } = useLiveOrder(access, first);
  const { aftercare, refetch } = useAftercare(access, firstAftercare, order.version);
  return (
    <div className="grid items-start gap-12 lg:grid-cols-[1.5fr_1fr]">
      <OrderLive access={access} order={order} live={live} aftercare={aftercare} expected={expected} />
      <div className="grid gap-6">
        <Receipt order={order} paidBy={aftercare} />
        <Aftercare
          access={access}
          order={order}
          aftercare={aftercare}
          refetch={refetch}
          returnsAddress={returnsAddress}
        />
      </div>
    </div>
  );
}
