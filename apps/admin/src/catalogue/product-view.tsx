"use client";
/** One product: its words, and the prices of its variants. */
import { Breadcrumbs, Instant, LinkButton, PageHeader } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { useTRPC } from "../console/trpc.ts";
import { EditProduct } from "./edit-product.tsx";
import { Variants } from "./variants.tsx";

export function ProductView({ slug, shopUrl }: { slug: string; shopUrl: string }) {
  const query = useQuery(useTRPC().catalogue.bySlug.queryOptions({ slug }));
  const product = query.data;
  if (product === undefined) {
    if (!query.isError) return <DetailSkeleton what="the product" panels={2} />;
    return (
      <>
        <PageHeader
          title="Product"
          breadcrumbs={<Breadcrumbs items={[{ label: "Catalogue", href: "/catalogue" }, { label: slug }]} />}
        />
        <QueryFailed query={query} what="the product" list={{ href: "/catalogue", label: "All products" }} />
      </>
    );
  }
  const { name, version, updatedAt, updatedBy } = product;
  return (
    <>
      <PageHeader
        breadcrumbs={<Breadcrumbs items={[{ label: "Catalogue", href: "/catalogue" }, { label: name }]} />}
        title={name}
        description={
          updatedBy === null ? (
            "Never edited"
          ) : (
            <>
              Version {version}, edited <Instant at={updatedAt} format="relative" /> by {updatedBy}
            </>
          )
        }
        actions={
          <>
            <LinkButton href={`/audit?subject=${encodeURIComponent(slug)}`} size="sm" variant="ghost">
              Audit
            </LinkButton>
            <LinkButton href={`${shopUrl}/p/${encodeURIComponent(slug)}`} size="sm" target="_blank" rel="noopener">
              In the shop
            </LinkButton>
          </>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <EditProduct key={slug} product={product} />
        <Variants product={product} />
      </div>
    </>
  );
}
