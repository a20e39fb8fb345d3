"use client";
/** Orders placed since midnight UTC, as the panel of the days below has them. */
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { FigureTile } from "./figure-tile.tsx";
import { FUNNEL_DAYS } from "./sizes.ts";

export function OrdersToday() {
  const query = useQuery(useTRPC().analytics.funnelByDay.queryOptions({ days: FUNNEL_DAYS }, useLiveQuery()));
  const today = new Date(query.dataUpdatedAt).toISOString().slice(0, 10);
  const placed = query.data && (query.data.find(({ day }) => day === today)?.placed ?? 0);
  return (
    <FigureTile
      query={query}
      href="/orders"
      label="Orders today"
      value={placed?.toLocaleString("en-US")}
      secondary="placed since midnight UTC"
    />
  );
}
