"use client";
/** After a return was received or closed: the lists of returns and the order's own page are read again. */
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../console/trpc.ts";

export function useChangedOrder(orderId: string): () => Promise<unknown> {
  const { orders } = useTRPC();
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: orders.announcedReturns.queryKey() }),
      client.invalidateQueries({ queryKey: orders.byId.queryKey({ orderId }) }),
    ]);
}
