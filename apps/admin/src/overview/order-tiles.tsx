"use client";
/** Orders placed: in the last minutes, and since midnight where the viewer is. */
import { Sparkline, useNow } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { FigureTile } from "./figure-tile.tsx";
import { lastMinutes, midnight, MINUTES_SHOWN, minuteStart } from "./order-rate.ts";

export function OrderTiles() {
  const trpc = useTRPC();
  const live = useLiveQuery();
  const nowMs = useNow() ?? 0;
  // Both starts change rarely, so that the query keeps its key and its answer between two looks.
  const hour = minuteStart(nowMs, MINUTES_SHOWN - 1);
  const today = midnight(nowMs);
  const options = { ...live, enabled: nowMs > 0, placeholderData: <Kept,>(before: Kept | undefined) => before };
  const perMinute = useQuery(
    trpc.events.counts.queryOptions(
      { type: "OrderCreated", from: new Date(hour).toISOString(), bucketSeconds: 60 },
      options,
    ),
  );
  const sinceMidnight = useQuery(
    trpc.events.counts.queryOptions(
      { type: "OrderCreated", from: new Date(today).toISOString(), bucketSeconds: 86_400 },
      options,
    ),
  );
  const minutes = lastMinutes(perMinute.data?.buckets ?? [], hour);
  const lastFive = minutes.slice(-6, -1); // the minute that is still running would read too low
  const rate = lastFive.reduce((sum, count) => sum + count, 0) / 5;
  const peak = Math.max(0, ...minutes);
  return (
    <>
      <FigureTile
        query={perMinute}
        href="/orders"
        label="Orders per minute"
        value={perMinute.data && rate.toLocaleString("en-US", { maximumFractionDigits: 1 })}
        secondary="mean of the last 5 minutes"
        chart={
          <Sparkline values={minutes} label={`Orders per minute in the last hour: peak ${peak}`} className="h-6" />
        }
      />
      <FigureTile
        query={sinceMidnight}
        href="/orders"
        label="Orders today"
        value={sinceMidnight.data?.total.toLocaleString("en-US")}
        secondary="placed since midnight"
      />
    </>
  );
}
