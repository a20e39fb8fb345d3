import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { listInput, loadCatalogueFilters } from "../../../catalogue/catalogue-filters.ts";
import { CatalogueView } from "../../../catalogue/catalogue-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Catalogue" };

export default async function CataloguePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadCatalogueFilters(searchParams);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.catalogue.list.queryOptions(listInput(filters)))]}>
      <CatalogueView />
    </Prefetched>
  );
}
