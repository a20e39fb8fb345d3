import { dispatchDay, variantAsked } from "@tillstream/commerce";
import { readDispatchRule } from "@tillstream/commerce/settings";
import { Breadcrumbs, cn, Money, shopMeasure, statusText } from "@tillstream/ui";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { AddToCart } from "../../../cart/add-to-cart.tsx";
import { Rail } from "../../../catalogue/rail.tsx";
import { stockStatus, stockWords } from "../../../catalogue/stock-words.ts";
import { breadcrumb, productData } from "../../../found/json-ld.ts";
import { StructuredData } from "../../../found/structured-data.tsx";
import { dispatchWords } from "../../../product/dispatch-words.ts";
import { Gallery } from "../../../product/gallery.tsx";
import { Choices, LiveStock } from "../../../product/parts.tsx";
import { Promises } from "../../../product/promises.tsx";
import { shownChoices, soldOutWords } from "../../../product/shown-choices.ts";
import { server } from "../../../server/services.ts";
import { askOrNotFound } from "../../../server/shop.ts";

interface Props {
  readonly params: Promise<{ slug: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const COMPANIONS = 4;

const productOf = cache((slug: string) => askOrNotFound((shop) => shop.catalogue.bySlug({ slug })));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, summary, slug } = await productOf((await params).slug);
  return {
    title: name,
    description: summary,
    openGraph: { type: "website", siteName: "Fernhill", title: name, description: summary, url: `/p/${slug}` },
  };
}

/** Of a value that is given twice, neither counts. */
const textsOf = (query: Awaited<Props["searchParams"]>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(query).map(([key, value]) => [key, typeof value === "string" ? value : undefined]));

export default async function ProductPage({ params, searchParams }: Props) {
  const product = await productOf((await params).slug);
  const { slug, variants, category, categoryName } = product;
  const asked = variantAsked(variants, textsOf(await searchParams));
  if (asked === undefined) notFound();
  const { variant, missing } = asked;
  const name = variant.name === "" ? product.name : `${product.name}, ${variant.name}`;
  const choices = shownChoices(product, variant.sku);
  const steps = [
    { label: "Everything", href: "/products" },
    { label: categoryName, href: `/c/${category}` },
    { label: product.name },
  ];
  const { url } = server().services.shop;
  const rule = readDispatchRule();
  const dispatch = dispatchWords(dispatchDay(server().services.clock.now(), rule), rule.timeZone);
  return (
    <div className={cn(shopMeasure, "pt-4 md:pt-6")}>
      <StructuredData data={productData(url, product)} />
      <StructuredData data={breadcrumb(url, steps)} />
      <LiveStock slug={slug} known={variants.map(({ sku, stock }) => ({ sku, stock }))} />
      <Breadcrumbs items={steps} />
      <div className="mt-3 grid gap-4 md:mt-5 md:grid-cols-[1.1fr_1fr] md:gap-14">
        <Gallery image={variant.image} name={name} />
        <div className="min-w-0 md:pt-4">
          <h1 className="heading text-3xl text-balance md:text-4xl">{product.name}</h1>
          {variant.name !== "" && <p className="mt-1 text-lg text-muted">{variant.name}</p>}
          <p role="status" className="mt-2 flex flex-wrap items-baseline gap-x-4 md:mt-4">
            <span className="text-2xl">
              <Money value={variant.price} />
            </span>
            <span className={statusText[stockStatus[variant.stock]]}>{stockWords[variant.stock]}</span>
          </p>
          {missing !== null && (
            <p className="mt-2 text-ink-soft">
              There is no {missing}. This is {variant.name}.
            </p>
          )}
          <p className="mt-4 max-w-[56ch] text-lg">{product.summary}</p>
          <Choices action={`/p/${slug}`} choices={choices} />
          {variant.stock === "out" ? (
            <p className="mt-8 rounded-md bg-sunken p-4 text-ink-soft">{soldOutWords(choices)}</p>
          ) : (
            <AddToCart
              key={variant.sku}
              sku={variant.sku}
              line={{ name, slug, image: variant.image, price: variant.price.amount }}
              price={<Money value={variant.price} />}
            />
          )}
          {variant.stock !== "out" && <p className="mt-4 text-sm text-ink-soft">{dispatch}</p>}
          <p className="mt-6 max-w-[56ch] text-ink-soft">{product.description}</p>
          <Promises product={product} />
        </div>
      </div>
      <div className="mt-20 grid gap-20">
        <Rail
          title="Goes well with it"
          what="what goes well with it"
          question={(shop) => shop.catalogue.companions({ slug, limit: COMPANIONS })}
          more={{ href: `/c/${category}`, label: `More ${categoryName.toLowerCase()}` }}
        />
      </div>
    </div>
  );
}
