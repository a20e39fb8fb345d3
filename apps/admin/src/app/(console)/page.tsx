import type { Metadata } from "next";
import { HEARTBEAT_MINUTES, LATEST_EVENTS, SALES_DAYS } from "../../overview/sizes.ts";
import { OverviewView } from "../../overview/overview-view.tsx";
import { Prefetched } from "../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Overview" };

export default function OverviewPage() {
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.analytics.heartbeat.queryOptions({ minutes: HEARTBEAT_MINUTES })),
        client.prefetchQuery(trpc.alerts.health.queryOptions()),
        client.prefetchQuery(trpc.outbox.status.queryOptions()),
        client.prefetchQuery(trpc.projections.list.queryOptions()),
        client.prefetchQuery(trpc.deadLetters.counts.queryOptions()),
        client.prefetchQuery(trpc.sagas.counts.queryOptions()),
        client.prefetchQuery(trpc.payments.status.queryOptions()),
        client.prefetchQuery(trpc.events.list.queryOptions({ limit: LATEST_EVENTS })),
        client.prefetchQuery(trpc.analytics.salesByDay.queryOptions({ days: SALES_DAYS })),
      ]}
    >
      <OverviewView />
    </Prefetched>
  );
}
