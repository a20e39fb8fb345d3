import { Breadcrumbs, cn, Money, shopMeasure, statusText } from "@tillstream/ui";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache, Suspense } from "react";
import { AddToCart } from "../../../cart/add-to-cart.tsx";
import { GridSkeleton } from "../../../catalogue/grid-skeleton.tsx";
import { Picture } from "../../../catalogue/picture.tsx";
import { Rail } from "../../../catalogue/rail.tsx";
import { stockStatus, stockWords } from "../../../catalogue/stock-words.ts";
import { VariantChoice } from "../../../catalogue/variant-choice.tsx";
import { askOrNotFound } from "../../../server/shop.ts";

interface Props {
  readonly params: Promise<{ slug: string }>;
  readonly searchParams: Promise<{ sku?: string }>;
}

const SIMILAR_COUNT = 4;

const productOf = cache((slug: string) => askOrNotFound((shop) => shop.catalogue.bySlug({ slug })));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, summary } = await productOf((await params).slug);
  return { title: name, description: summary };
}

export default async function ProductPage({ params, searchParams }: Props) {
  const product = await productOf((await params).slug);
  const { sku } = await searchParams;
  const { variants, category, categoryName } = product;
  const variant =
    variants.find((one) => one.sku === sku) ?? variants.find(({ stock }) => stock !== "out") ?? variants[0];
  if (variant === undefined) notFound();
  const name = variant.name === "" ? product.name : `${product.name}, ${variant.name}`;
  return (
    <div className={cn(shopMeasure, "pt-6")}>
      <Breadcrumbs
        items={[
          { label: "Everything", href: "/products" },
          { label: categoryName, href: `/c/${category}` },
          { label: product.name },
        ]}
      />
      <div className="mt-5 grid gap-8 md:grid-cols-[1.1fr_1fr] md:gap-14">
        <Picture src={variant.image} alt={name} eager />
        <div className="min-w-0 md:pt-4">
          <h1 className="heading text-4xl text-balance">{product.name}</h1>
          {variant.name !== "" && <p className="mt-1 text-lg text-muted">{variant.name}</p>}
          <p className="mt-4 flex flex-wrap items-baseline gap-x-4">
            <span className="text-2xl">
              <Money value={variant.price} />
            </span>
            <span className={statusText[stockStatus[variant.stock]]}>{stockWords[variant.stock]}</span>
          </p>
          <p className="mt-5 max-w-[56ch] text-lg">{product.summary}</p>
          <p className="mt-3 max-w-[56ch] text-ink-soft">{product.description}</p>
          <VariantChoice slug={product.slug} variants={variants} chosen={variant.sku} />
          <AddToCart
            key={variant.sku}
            sku={variant.sku}
            line={{ name, slug: product.slug, image: variant.image, price: variant.price.amount }}
            available={variant.stock}
          />
          <section aria-labelledby="details" className="mt-10 border-t border-line pt-6">
            <h2 id="details" className="text-sm font-medium text-ink-soft">
              Details
            </h2>
            <ul className="mt-2 divide-y divide-line text-ink-soft">
              {product.details.map((detail) => (
                <li key={detail} className="py-2">
                  {detail}
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
      <div className="mt-20">
        <Suspense fallback={<GridSkeleton count={SIMILAR_COUNT} />}>
          <Rail
            title={`More ${categoryName.toLowerCase()}`}
            what="similar things"
            question={async (shop) => {
              const { items } = await shop.catalogue.list({ category, limit: SIMILAR_COUNT + 1 });
              return items.filter(({ slug }) => slug !== product.slug).slice(0, SIMILAR_COUNT);
            }}
            more={{ href: `/c/${category}`, label: "All of them" }}
          />
        </Suspense>
      </div>
    </div>
  );
}
