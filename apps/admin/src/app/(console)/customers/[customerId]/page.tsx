import type { Metadata } from "next";
import { CustomerView } from "../../../../customers/customer-view.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";

interface CustomerPageProps {
  params: Promise<{ customerId: string }>;
}

/** Without the name, which a browser's history would keep. */
export const metadata: Metadata = { title: "Customer" };

export default async function CustomerPage({ params }: CustomerPageProps) {
  const customerId = decodeURIComponent((await params).customerId);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.customers.byId.queryOptions({ customerId }))]}>
      <CustomerView customerId={customerId} />
    </Prefetched>
  );
}
