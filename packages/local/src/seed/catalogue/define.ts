/**
 * The shape of the seed catalogue and the one way to write a product down. SKU, variant name and
 * picture path follow from the product's code and the variant's options, so they cannot disagree.
 */

export interface SeedVariant {
  readonly sku: string;
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
  /** Integer US cents. */
  readonly price: number;
  readonly stock: number;
  readonly image: string;
}

export interface SeedProduct {
  readonly slug: string;
  readonly name: string;
  readonly category: string;
  readonly summary: string;
  readonly description: string;
  readonly details: readonly string[];
  readonly featured: boolean;
  readonly variants: readonly SeedVariant[];
}

export interface SeedCategory {
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  readonly image: string;
}

/** Options in the order in which the variant is named, price in cents, units in stock. */
type VariantLine = readonly [options: Readonly<Record<string, string>>, price: number, stock: number];

interface ProductLines {
  /** Category code and number, such as "CER-01". */
  readonly code: string;
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly details: readonly string[];
  readonly featured?: true;
  readonly variants: readonly VariantLine[];
}

const kebab = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

const sentence = (values: readonly string[]): string =>
  values.map((value, i) => (i === 0 || /\d/.test(value) ? value : value.toLowerCase())).join(", ");

function variant(product: ProductLines, [options, price, stock]: VariantLine, index: number): SeedVariant {
  const name = sentence(Object.values(options));
  return {
    sku: `FH-${product.code}${String(index + 1).padStart(2, "0")}`,
    name,
    options,
    price,
    stock,
    image: `/products/${product.slug}-${kebab(name)}.svg`,
  };
}

/** Products of one category, complete with SKUs and picture paths. */
export const inCategory = (category: string, lines: readonly ProductLines[]): readonly SeedProduct[] =>
  lines.map((product) => ({
    slug: product.slug,
    name: product.name,
    category,
    summary: product.summary,
    description: product.description,
    details: product.details,
    featured: product.featured === true,
    variants: product.variants.map((line, index) => variant(product, line, index)),
  }));
