import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { listInput, loadAlertFilters } from "../../../alerts/alert-filters.ts";
import { AlertsView } from "../../../alerts/alerts-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadAlertFilters(searchParams);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.alerts.list.queryOptions(listInput(filters)))]}>
      <AlertsView />
    </Prefetched>
  );
}
