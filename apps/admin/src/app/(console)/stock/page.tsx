import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Prefetched } from "../../../server/prefetch.tsx";
import { listInput, loadStockFilters } from "../../../stock/stock-filters.ts";
import { StockView } from "../../../stock/stock-view.tsx";

export const metadata: Metadata = { title: "Stock" };

export default async function StockPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadStockFilters(searchParams);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.stock.list.queryOptions(listInput(filters))),
        client.prefetchQuery(trpc.consumers.list.queryOptions()),
      ]}
    >
      <StockView />
    </Prefetched>
  );
}
