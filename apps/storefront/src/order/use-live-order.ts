"use client";
/** An order as it changes: over the stream that the tabs share, and by asking when that has been silent for too long. */
import type { OrderPage } from "@tillstream/commerce";
import { useSharedStream } from "@tillstream/trpc/shared-stream";
import type { LiveState } from "@tillstream/ui";
import { useEffect, useEffectEvent, useState } from "react";
import { read } from "../shop/calls.ts";
import { orderStream, topicOf, type OrderAccess } from "./order-stream.ts";
import { isMoving, isOver } from "./status-words.ts";

const SILENT_MS = 10_000;
const POLL_MS = 2_000;
/** For an order that rests: it may be shipped meanwhile. */
const RESTING_POLL_MS = 30_000;

const newer = (left: OrderPage, right: OrderPage) => (right.version > left.version ? right : left);

export function useLiveOrder(access: OrderAccess, first: OrderPage): { order: OrderPage; live: LiveState } {
  const [order, setOrder] = useState(first);
  /** The version that nothing newer has followed for too long. */
  const [silentAt, setSilentAt] = useState<number>();
  const hear = (page: OrderPage) => setOrder((known) => newer(known, page));
  const over = isOver(order);
  const state = useSharedStream(orderStream(), over ? undefined : topicOf(access, order.version), hear);
  useEffect(() => {
    const timer = setTimeout(() => setSilentAt(order.version), SILENT_MS);
    return () => clearTimeout(timer);
  }, [order.version]);
  const polling = !over && (silentAt === order.version || state === "broken");
  usePolling(polling ? (isMoving(order) ? POLL_MS : RESTING_POLL_MS) : undefined, () =>
    read("orders", "byId", access).then(hear),
  );
  return { order, live: polling ? "polling" : "connected" };
}

/** Asks now and so long after each answer, while somebody looks. What fails is asked again when it is due. */
function usePolling(everyMs: number | undefined, ask: () => Promise<unknown>): void {
  const look = useEffectEvent(ask);
  useEffect(() => {
    if (everyMs === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLeft = false;
    async function again(): Promise<void> {
      if (document.visibilityState === "visible") await look().catch(() => undefined);
      if (!isLeft) timer = setTimeout(() => void again(), everyMs);
    }
    void again();
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [everyMs]);
}
