import type { Metadata } from "next";
import { ProductView } from "../../../../catalogue/product-view.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";
import { server } from "../../../../server/services.ts";

export const metadata: Metadata = { title: "Product" };

export default async function ProductPage({ params }: { params: Promise<{ slug: string }> }) {
  const slug = decodeURIComponent((await params).slug);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.catalogue.bySlug.queryOptions({ slug }))]}>
      <ProductView slug={slug} shopUrl={server().services.shop.url} />
    </Prefetched>
  );
}
