import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { listInput, loadFindingFilters } from "../../../reconciliation/finding-filters.ts";
import { ReconciliationView } from "../../../reconciliation/reconciliation-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Reconciliation" };

export default async function ReconciliationPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadFindingFilters(searchParams);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.payments.findings.queryOptions(listInput(filters))),
        client.prefetchQuery(trpc.payments.status.queryOptions()),
      ]}
    >
      <ReconciliationView />
    </Prefetched>
  );
}
