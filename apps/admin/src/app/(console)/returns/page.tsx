import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { listInput, loadReturnFilters } from "../../../returns/return-filters.ts";
import { ReturnsView } from "../../../returns/returns-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Returns" };

export default async function ReturnsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadReturnFilters(searchParams);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.orders.returns.queryOptions(listInput(filters)))]}>
      <ReturnsView />
    </Prefetched>
  );
}
