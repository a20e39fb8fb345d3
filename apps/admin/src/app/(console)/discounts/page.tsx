import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { listInput, loadDiscountFilters } from "../../../discounts/discount-filters.ts";
import { DiscountsView } from "../../../discounts/discounts-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Discounts" };

export default async function DiscountsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadDiscountFilters(searchParams);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.discounts.list.queryOptions(listInput(filters)))]}>
      <DiscountsView />
    </Prefetched>
  );
}
