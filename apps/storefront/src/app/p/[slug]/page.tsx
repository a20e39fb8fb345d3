import type { ProductDetail, VariantDetail } from "@tillstream/commerce";
import { Breadcrumbs, cn, Money, shopMeasure, StatusBadge } from "@tillstream/ui";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Picture } from "../../../catalogue/picture.tsx";
import { Rail } from "../../../catalogue/rail.tsx";
import { stockStatus, stockWords } from "../../../catalogue/stock-words.ts";
import { AddToCart } from "../../../product/add-to-cart.tsx";
import { VariantChoice } from "../../../product/variant-choice.tsx";
import { chosenVariant, optionsOf } from "../../../product/variant-links.ts";
import { askOrNotFound } from "../../../server/shop.ts";

const SIMILAR_COUNT = 4;

interface ProductPageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ sku?: string | string[] }>;
}

const read = cache((slug: string) => askOrNotFound((shop) => shop.catalogue.bySlug({ slug })));

export async function generateMetadata({ params }: ProductPageProps): Promise<Metadata> {
  const { slug } = await params;
  const { name, summary } = await read(slug);
  return { title: name, description: summary, alternates: { canonical: `/p/${slug}` } };
}

/** One product in the variant that the address names. */
export default async function ProductPage({ params, searchParams }: ProductPageProps) {
  const { slug } = await params;
  const { sku } = await searchParams;
  const product = await read(slug);
  const variant = chosenVariant(product.variants, typeof sku === "string" ? sku : undefined);
  if (variant === undefined) notFound();
  return (
    <div className={cn(shopMeasure, "pt-6 md:pt-10")}>
      <Breadcrumbs
        items={[
          { label: "Everything", href: "/products" },
          { label: product.categoryName, href: `/c/${product.category}` },
          { label: product.name },
        ]}
      />
      <div className="mt-4 grid gap-8 md:mt-6 md:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)] md:gap-12 lg:gap-20">
        <Picture src={variant.image} alt={`${product.name}, ${variant.name}`.replace(/, $/, "")} eager className="md:sticky md:top-28" />
        <Buying product={product} variant={variant} />
      </div>
      <div className="mt-20 md:mt-28">
        <Similar product={product} />
      </div>
    </div>
  );
}

function Buying({ product, variant }: { product: ProductDetail; variant: VariantDetail }) {
  const { slug, name, summary, description, details } = product;
  const fullName = variant.name === "" ? name : `${name}, ${variant.name}`;
  return (
    <div className="flex min-w-0 flex-col gap-6 md:pt-2">
      <div>
        <h1 className="heading text-3xl">{name}</h1>
        <p className="mt-3 text-lg text-ink-soft">{summary}</p>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Money value={variant.price} className="text-xl" />
        <StatusBadge status={stockStatus[variant.stock]}>{stockWords[variant.stock]}</StatusBadge>
      </div>
      <VariantChoice slug={slug} options={optionsOf(product.variants, variant)} />
      {variant.stock === "out" ? (
        <p className="rounded-lg bg-sunken px-5 py-4 text-ink-soft">
          {fullName} is sold out.
          {product.variants.some(({ stock }) => stock !== "out") && " Other choices above can still be had."}
        </p>
      ) : (
        <AddToCart key={variant.sku} item={{ sku: variant.sku, slug, name: fullName, image: variant.image, price: variant.price }} />
      )}
      <div className="border-t border-line pt-6">
        <p className="max-w-[60ch] text-ink-soft">{description}</p>
        <h2 className="mt-7 text-sm font-medium text-ink-soft">Details</h2>
        <ul className="mt-2">
          {details.map((detail) => (
            <li key={detail} className="border-b border-line py-2.5 last:border-b-0">
              {detail}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Similar({ product }: { product: ProductDetail }) {
  return (
    <Rail
      title={`More ${product.categoryName.toLowerCase()}`}
      what="similar things"
      question={async (shop) => {
        const { items } = await shop.catalogue.list({ category: product.category, limit: SIMILAR_COUNT + 1 });
        return items.filter(({ slug }) => slug !== product.slug).slice(0, SIMILAR_COUNT);
      }}
      more={{ href: `/c/${product.category}`, label: `All ${product.categoryName.toLowerCase()}` }}
    />
  );
}
