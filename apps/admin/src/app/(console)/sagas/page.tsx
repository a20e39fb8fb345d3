import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { listInput, loadSagaFilters } from "../../../sagas/saga-filters.ts";
import { SagasView } from "../../../sagas/sagas-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Sagas" };

export default async function SagasPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadSagaFilters(searchParams);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.sagas.list.queryOptions(listInput(filters))),
        client.prefetchQuery(trpc.sagas.counts.queryOptions()),
        client.prefetchQuery(trpc.sagas.groups.queryOptions()),
      ]}
    >
      <SagasView />
    </Prefetched>
  );
}
