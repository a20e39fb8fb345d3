import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { listInput, loadOrderFilters } from "../../../orders/order-filters.ts";
import { OrdersView } from "../../../orders/orders-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Orders" };

export default async function OrdersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadOrderFilters(searchParams);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.orders.list.queryOptions(listInput(filters)))]}>
      <OrdersView />
    </Prefetched>
  );
}
