import type { Metadata } from "next";
import { AlertsView } from "../../../alerts/alerts-view.tsx";
import { ALERTS_SHOWN } from "../../../alerts/sizes.ts";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Alerts" };

export default function AlertsPage() {
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.alerts.list.queryOptions({ limit: ALERTS_SHOWN }))]}>
      <AlertsView />
    </Prefetched>
  );
}
