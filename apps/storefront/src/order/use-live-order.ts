"use client";
/** An order as it changes: over SSE, and by asking when that has been silent for too long. */
import { useQuery } from "@tanstack/react-query";
import type { OrderPage } from "@tillstream/commerce";
import type { LiveState } from "@tillstream/ui";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "../shop/trpc.ts";
import { isMoving, isOver } from "./status-words.ts";

const SILENT_MS = 10_000;
const POLL_MS = 2_000;
/** For an order that rests: it may be shipped meanwhile. */
const RESTING_POLL_MS = 30_000;

export interface OrderAccess {
  readonly orderId: string;
  readonly accessToken?: string;
}

const newer = (left: OrderPage, right: OrderPage) => (right.version > left.version ? right : left);

export function useLiveOrder(access: OrderAccess, first: OrderPage): { order: OrderPage; live: LiveState } {
  const trpc = useTRPC();
  const [order, setOrder] = useState(first);
  /** The version that nothing newer has followed for too long. */
  const [silentAt, setSilentAt] = useState<number>();
  const over = isOver(order.status);
  const subscription = useSubscription(
    trpc.orders.watch.subscriptionOptions(access, {
      enabled: !over,
      onData: ({ data }) => setOrder((known) => newer(known, data)),
    }),
  );
  useEffect(() => {
    const timer = setTimeout(() => setSilentAt(order.version), SILENT_MS);
    return () => clearTimeout(timer);
  }, [order.version]);
  const polling = !over && (silentAt === order.version || subscription.status === "error");
  const refetchInterval = isMoving(order) ? POLL_MS : RESTING_POLL_MS;
  const polled = useQuery({ ...trpc.orders.byId.queryOptions(access), enabled: polling, refetchInterval });
  const current = polled.data === undefined ? order : newer(order, polled.data);
  return { order: current, live: polling ? "polling" : "connected" };
}
