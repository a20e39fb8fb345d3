import type { Metadata } from "next";
import { ProductView } from "../../../../catalogue/product-view.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";
import { readOnce, titled } from "../../../../server/read-once.ts";
import { server } from "../../../../server/services.ts";

interface ProductPageProps {
  params: Promise<{ slug: string }>;
}

const readProduct = readOnce((ask, slug: string) => ask.catalogue.bySlug({ slug }));

export async function generateMetadata({ params }: ProductPageProps): Promise<Metadata> {
  return titled(readProduct(decodeURIComponent((await params).slug)), ({ name }) => name, "Product");
}

export default async function ProductPage({ params }: ProductPageProps) {
  const slug = decodeURIComponent((await params).slug);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery({ queryKey: trpc.catalogue.bySlug.queryKey({ slug }), queryFn: () => readProduct(slug) }),
      ]}
    >
      <ProductView slug={slug} shopUrl={server().services.shop.url} />
    </Prefetched>
  );
}
