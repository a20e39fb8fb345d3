import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Prefetched } from "../../../../server/prefetch.tsx";
import { ledgerInput, loadItemFilters } from "../../../../stock/item-filters.ts";
import { ItemView } from "../../../../stock/item-view.tsx";

interface ItemPageProps {
  params: Promise<{ sku: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: ItemPageProps): Promise<Metadata> {
  return { title: `Item ${decodeURIComponent((await params).sku)}` };
}

export default async function ItemPage({ params, searchParams }: ItemPageProps) {
  const sku = decodeURIComponent((await params).sku);
  const { before } = await loadItemFilters(searchParams);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.stock.bySku.queryOptions({ sku })),
        client.prefetchQuery(trpc.stock.ledger.queryOptions(ledgerInput(sku, before))),
        client.prefetchQuery(trpc.consumers.list.queryOptions()),
      ]}
    >
      <ItemView sku={sku} />
    </Prefetched>
  );
}
