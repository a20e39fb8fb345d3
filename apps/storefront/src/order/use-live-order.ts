"use client";
/** An order as it changes: over the stream that the tabs share, and by asking when that has been silent for too long. */
import { useQuery } from "@tanstack/react-query";
import type { OrderPage } from "@tillstream/commerce";
import { useSharedStream } from "@tillstream/trpc/shared-stream";
import type { LiveState } from "@tillstream/ui";
import { useEffect, useState } from "react";
import { useTRPC, useTRPCClient } from "../shop/trpc.ts";
import { orderStream, topicOf, type OrderAccess } from "./order-stream.ts";
import { isMoving, isOver } from "./status-words.ts";

const SILENT_MS = 10_000;
const POLL_MS = 2_000;
/** For an order that rests: it may be shipped meanwhile. */
const RESTING_POLL_MS = 30_000;

const newer = (left: OrderPage, right: OrderPage) => (right.version > left.version ? right : left);

export function useLiveOrder(access: OrderAccess, first: OrderPage): { order: OrderPage; live: LiveState } {
  const trpc = useTRPC();
  const stream = orderStream(useTRPCClient());
  const [order, setOrder] = useState(first);
  /** The version that nothing newer has followed for too long. */
  const [silentAt, setSilentAt] = useState<number>();
  const over = isOver(order.status);
  const state = useSharedStream(stream, over ? undefined : topicOf(access, order.version), (page) =>
    setOrder((known) => newer(known, page)),
  );
  useEffect(() => {
    const timer = setTimeout(() => setSilentAt(order.version), SILENT_MS);
    return () => clearTimeout(timer);
  }, [order.version]);
  const polling = !over && (silentAt === order.version || state === "broken");
  const refetchInterval = isMoving(order) ? POLL_MS : RESTING_POLL_MS;
  const polled = useQuery({ ...trpc.orders.byId.queryOptions(access), enabled: polling, refetchInterval });
  const current = polled.data === undefined ? order : newer(order, polled.data);
  return { order: current, live: polling ? "polling" : "connected" };
}
