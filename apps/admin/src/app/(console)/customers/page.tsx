import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { listInput, loadCustomerFilters } from "../../../customers/customer-filters.ts";
import { CustomersView } from "../../../customers/customers-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Customers" };

export default async function CustomersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadCustomerFilters(searchParams);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.customers.list.queryOptions(listInput(filters)))]}>
      <CustomersView />
    </Prefetched>
  );
}
