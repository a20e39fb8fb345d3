"use client";
/** Orders placed since midnight where the viewer is. */
import { useNow } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { FigureTile } from "./figure-tile.tsx";

export function OrdersToday() {
  const live = useLiveQuery({ slow: true });
  const nowMs = useNow() ?? 0;
  const midnight = new Date(new Date(nowMs).setHours(0, 0, 0, 0)).toISOString();
  const query = useQuery(
    useTRPC().events.counts.queryOptions(
      { type: "OrderCreated", from: midnight, bucketSeconds: 86_400 },
      { ...live, enabled: nowMs > 0 },
    ),
  );
  return (
    <FigureTile
      query={query}
      href="/orders"
      label="Orders today"
      value={query.data?.total.toLocaleString("en-US")}
      secondary="placed since midnight"
    />
  );
}
