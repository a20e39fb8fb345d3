import type { Metadata } from "next";
import { NewProduct } from "../../../../catalogue/new-product.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "New product" };

export default function NewProductPage() {
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.catalogue.choices.queryOptions())]}>
      <NewProduct />
    </Prefetched>
  );
}
