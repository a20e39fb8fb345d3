/** The shop and its products in the words of schema.org. Pure; addresses are whole. */
import type { Money, ProductDetail, StockBand } from "@tillstream/commerce";
import { decimalsOf } from "@tillstream/ui";

const CONTEXT = "https://schema.org";
const SHOP = "Fernhill";

const availability = {
  in: `${CONTEXT}/InStock`,
  low: `${CONTEXT}/LimitedAvailability`,
  out: `${CONTEXT}/OutOfStock`,
} satisfies Record<StockBand, string>;

/** The data as it stands in a page, where `<` could end its element. */
export const inPage = (data: object): string => JSON.stringify(data).replaceAll("<", String.raw`\u003c`);

/** As schema.org has prices: a decimal number with a point, whatever the reader's language. */
export function decimalPrice({ amount, currency }: Money): string {
  const decimals = decimalsOf(currency);
  return (amount / 10 ** decimals).toFixed(decimals);
}

/** @param url the shop's, without a slash at the end */
export function organisation(url: string, email: string): object {
  return {
    "@context": CONTEXT,
    "@graph": [
      { "@type": "Organization", "@id": `${url}/#shop`, name: SHOP, url, logo: `${url}/apple-icon`, email },
      {
        "@type": "WebSite",
        name: SHOP,
        url,
        publisher: { "@id": `${url}/#shop` },
        potentialAction: {
          "@type": "SearchAction",
          target: { "@type": "EntryPoint", urlTemplate: `${url}/search?q={search_term_string}` },
          "query-input": "required name=search_term_string",
        },
      },
    ],
  };
}

/** One offer for each variant, so that each has its own price, stock and page. */
export function productData(url: string, product: ProductDetail): object {
  const { slug, name, description, categoryName, variants } = product;
  return {
    "@context": CONTEXT,
    "@type": "Product",
    name,
    description,
    category: categoryName,
    image: `${url}/p/${slug}/opengraph-image`,
    url: `${url}/p/${slug}`,
    brand: { "@type": "Brand", name: SHOP },
    offers: variants.map(({ sku, price, stock, name: variant }) => ({
      "@type": "Offer",
      sku,
      ...(variant === "" ? {} : { name: `${name}, ${variant}` }),
      url: `${url}/p/${slug}?sku=${encodeURIComponent(sku)}`,
      price: decimalPrice(price),
      priceCurrency: price.currency,
      availability: availability[stock],
      itemCondition: `${CONTEXT}/NewCondition`,
    })),
  };
}

export interface Step {
  readonly label: string;
  readonly href?: string;
}

export function breadcrumb(url: string, steps: readonly Step[]): object {
  return {
    "@context": CONTEXT,
    "@type": "BreadcrumbList",
    itemListElement: steps.map(({ label, href }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name: label,
      ...(href === undefined ? {} : { item: `${url}${href}` }),
    })),
  };
}
