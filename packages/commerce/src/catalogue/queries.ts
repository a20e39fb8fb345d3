/** Questions the shop asks of its catalogue: a page of products, one product, the categories, prices of a cart. */
import { anyLength, sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import type { Cursor } from "./cursor.ts";
import { askedFor, EVERYTHING, listed } from "./narrowing.ts";
import type { Narrowing } from "./narrowing.ts";
import { matching, rankBy } from "./search.ts";
import type { Understood } from "./search.ts";

export const SORTS = ["featured", "price-asc", "price-desc", "name", "relevance"] as const;
export type Sort = (typeof SORTS)[number];

export interface Money {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
}

export type StockBand = "in" | "low" | "out";

const LOW_STOCK_MAX = 5;

export function stockBand(available: number): StockBand {
  if (available <= 0) return "out";
  return available <= LOW_STOCK_MAX ? "low" : "in";
}

export interface ProductCard {
  readonly sku: string;
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  readonly category: string;
  readonly image: string;
  readonly price: Money;
  /** More than one price among the variants: `price` is the lowest. */
  readonly priceVaries: boolean;
  readonly variantCount: number;
  /** The sku of the variant in the picture, where a search or a filter asks for one. */
  readonly shown: string | null;
  readonly stock: StockBand;
}

interface CardRow extends Omit<ProductCard, "price" | "stock"> {
  readonly id: string;
  readonly priceFrom: number;
  readonly currency: string;
  readonly available: number;
  readonly sortValue: string | number;
}

export interface ListFilter extends Partial<Narrowing> {
  readonly sort: Sort;
  readonly after?: Cursor | undefined;
  readonly limit: number;
  /** Looks only at so many of the featured ones that match: for an answer that has to be fast rather than complete. */
  readonly among?: number;
}

/** Each sort: the value a page continues from, and its direction. Ties are broken by id. */
function sortBy(sort: Sort, words: Understood): { value: Sql; type: Sql; descending: boolean } {
  switch (sort) {
    case "price-asc":
      return { value: sql`product.price_from`, type: sql`int`, descending: false };
    case "price-desc":
      return { value: sql`product.price_from`, type: sql`int`, descending: true };
    case "name":
      return { value: sql`product.name`, type: sql`text`, descending: false };
    case "relevance":
      if (words.kind === "words") return { value: rankBy(words.query), type: sql`int`, descending: true };
      return { value: sql`product.ordinal`, type: sql`int`, descending: false };
    case "featured":
      return { value: sql`product.ordinal`, type: sql`int`, descending: false };
  }
}

/** The page's SQL; exported so that its plan can be looked at. */
export function listQuery({ sort, after, limit, among, ...narrowed }: ListFilter): Sql {
  const narrowing = { ...EVERYTHING, ...narrowed };
  const { value, type, descending } = sortBy(sort, narrowing.words);
  const beyond =
    after === undefined
      ? sql`true`
      : descending
        ? sql`(${value}, product.id) < (${after[0]}::${type}, ${after[1]})`
        : sql`(${value}, product.id) > (${after[0]}::${type}, ${after[1]})`;
  const direction = descending ? sql`DESC` : sql`ASC`;
  return sql`
    SELECT page.*, variant.sku, variant.available, variant."variantCount", variant."priceVaries",
           CASE WHEN variant.asked > 0 THEN variant.image ELSE page.picture END AS image,
           CASE WHEN variant.asked > 0 THEN variant.shown END AS shown
    FROM (
      SELECT product.id, product.slug, product.name, product.summary, product.category, product.image AS picture,
             product.price_from AS "priceFrom", product.currency, ${value} AS "sortValue"
      FROM ${
        among === undefined
          ? sql`products product WHERE ${listed(narrowing)} AND ${beyond}`
          : sql`
        (SELECT * FROM products product WHERE ${listed(narrowing)} AND ${beyond} ORDER BY ordinal, id LIMIT ${among}::int) product`
      }
      ORDER BY ${value} ${direction}, product.id ${direction} LIMIT ${limit + 1}
    ) page
    CROSS JOIN LATERAL (
      SELECT (array_agg(sku ORDER BY coalesce(available, 0) > 0 DESC, asked DESC, ordinal))[1] AS sku,
             (array_agg(sku ORDER BY asked DESC, ordinal))[1] AS shown, (array_agg(image ORDER BY asked DESC, ordinal))[1] AS image,
             max(asked) AS asked, max(coalesce(available, 0)) AS available, count(*)::int AS "variantCount",
             min(price) <> max(price) AS "priceVaries"
      FROM (
        SELECT variant.*, stock.available, ${askedFor(narrowing)} AS asked
        FROM product_variants variant LEFT JOIN stock USING (sku) WHERE variant.product_id = page.id
      ) variant
    ) variant
    ORDER BY page."sortValue" ${direction}, page.id ${direction}`;
}

export async function listProducts(
  db: SqlExecutor,
  filter: ListFilter,
): Promise<{ items: ProductCard[]; next: Cursor | undefined }> {
  const rows = await db.query<CardRow>(listQuery(filter));
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  const next: Cursor | undefined = rows.length > filter.limit && last ? [last.sortValue, last.id] : undefined;
  return { items: page.map(toCard), next };
}

function toCard({
  sku,
  slug,
  name,
  summary,
  category,
  image,
  priceFrom,
  currency,
  priceVaries,
  variantCount,
  shown,
  available,
}: CardRow): ProductCard {
  const price = { amount: priceFrom, currency };
  const stock = stockBand(available);
  return { sku, slug, name, summary, category, image, price, priceVaries, variantCount, shown, stock };
}

/** How many products a list has in all. */
export async function countProducts(db: SqlExecutor, narrowing: Narrowing): Promise<number> {
  const rows = await db.query<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM products product WHERE ${listed(narrowing)}`);
  return rows[0]?.count ?? 0;
}

export interface VariantDetail {
  readonly sku: string;
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
  readonly price: Money;
  readonly image: string;
  readonly stock: StockBand;
}

export interface ProductDetail {
  readonly slug: string;
  readonly name: string;
  readonly category: string;
  readonly categoryName: string;
  readonly summary: string;
  readonly description: string;
  readonly details: readonly string[];
  readonly image: string;
  readonly variants: readonly VariantDetail[];
}

type DetailRow = Omit<ProductDetail, "variants"> & {
  readonly variants: readonly (Omit<VariantDetail, "price" | "stock"> & {
    price: number;
    currency: string;
    available: number;
  })[];
};

export async function productBySlug(db: SqlExecutor, slug: string): Promise<ProductDetail | undefined> {
  const rows = await db.query<DetailRow>(sql`
    SELECT product.slug, product.name, product.category, category.name AS "categoryName", product.summary, product.description,
           to_jsonb(product.details) AS details, product.image,
           (SELECT jsonb_agg(jsonb_build_object('sku', variant.sku, 'name', variant.name, 'options', variant.options, 'price', variant.price,
                     'currency', variant.currency, 'image', variant.image, 'available', coalesce(stock.available, 0)) ORDER BY variant.ordinal)
            FROM product_variants variant LEFT JOIN stock USING (sku) WHERE variant.product_id = product.id) AS variants
    FROM products product JOIN categories category ON category.slug = product.category
    WHERE product.slug = ${slug}`);
  const row = rows[0];
  if (row === undefined) return undefined;
  const variants = row.variants.map(({ price, currency, available, ...variant }) => ({
    ...variant,
    price: { amount: price, currency },
    stock: stockBand(available),
  }));
  return { ...row, variants };
}

export interface CategorySummary {
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  readonly image: string;
  readonly productCount: number;
}

/** The categories with how many products each has; with a search, how many of those match it. */
export async function listCategories(db: SqlExecutor, words: Understood): Promise<CategorySummary[]> {
  return db.query<CategorySummary>(sql`
    SELECT category.slug, category.name, category.summary, category.image, count(product.id)::int AS "productCount"
    FROM categories category LEFT JOIN products product ON product.category = category.slug AND ${matching(words)}
    GROUP BY category.slug ORDER BY category.ordinal`);
}

export interface PricedVariant {
  readonly sku: string;
  readonly slug: string;
  /** The product's name and, where there is a choice, the variant's. */
  readonly name: string;
  readonly image: string;
  readonly price: number;
  readonly currency: string;
  readonly available: number;
}

const PRICED = sql`
  SELECT variant.sku, product.slug, variant.image, variant.price, variant.currency, coalesce(stock.available, 0) AS available,
         CASE WHEN variant.name = '' THEN product.name ELSE product.name || ', ' || variant.name END AS name
  FROM product_variants variant JOIN products product ON product.id = variant.product_id LEFT JOIN stock USING (sku)`;

/** Prices and stock of some skus, as they are now. Unknown skus are missing from the map. */
export async function priceVariants(db: SqlExecutor, skus: readonly string[]): Promise<Map<string, PricedVariant>> {
  const rows = await db.query<PricedVariant>(
    sql`${PRICED} WHERE variant.sku = ANY(${anyLength(sql`${skus}::text[]`)})`,
  );
  return new Map(rows.map((row) => [row.sku, row]));
}

/** The same of one sku as JSON, within a statement about something else; null for an unknown one. */
export const pricedVariant = (sku: Sql): Sql => sql`
  (SELECT to_jsonb(priced) FROM (${PRICED} WHERE variant.sku = ${sku}) priced)`;
