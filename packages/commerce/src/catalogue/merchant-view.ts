/** The catalogue as the merchant looks at it: with stock, versions, and what prices were. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { Cursor } from "./cursor.ts";
import { EDITOR } from "./editing.ts";
import type { ProductTexts } from "./editing.ts";
import type { Money } from "./queries.ts";
import { matching, understand } from "./search.ts";

export interface MerchantFilter {
  readonly search?: string | undefined;
  readonly after?: Cursor | undefined;
  readonly limit: number;
}

export interface ListedProduct {
  readonly slug: string;
  readonly name: string;
  readonly category: string;
  readonly priceFrom: Money;
  readonly priceTo: Money;
  readonly variantCount: number;
  /** Units that can be sold, of all variants. */
  readonly available: number;
  /** Variants of which nothing is left. */
  readonly soldOut: number;
  readonly updatedAt: string;
  readonly updatedBy: string | null;
}

interface ListedRow extends Omit<ListedProduct, "priceFrom" | "priceTo" | "updatedAt"> {
  readonly id: string;
  readonly least: number;
  readonly most: number;
  readonly currency: string;
  readonly updatedAt: Date;
}

/** By name. */
export async function listForMerchant(
  db: SqlExecutor,
  { search, after, limit }: MerchantFilter,
): Promise<{ items: ListedProduct[]; next: Cursor | undefined; count: number }> {
  const beyond = after === undefined ? sql`true` : sql`(product.name, product.id) > (${String(after[0])}, ${after[1]})`;
  const found = matching(await understand(db, search, { corrects: false }));
  const rows = await db.query<ListedRow>(sql`
    SELECT page.*, coalesce(item.least, page.price_from) AS least, coalesce(item.most, page.price_from) AS most,
           item."variantCount", item.available, item."soldOut"
    FROM (
      SELECT product.id, product.slug, product.name, product.category, product.price_from, product.currency,
             product.updated_at AS "updatedAt", ${EDITOR} AS "updatedBy"
      FROM products product WHERE ${found} AND ${beyond} ORDER BY product.name, product.id LIMIT ${limit + 1}
    ) page
    CROSS JOIN LATERAL (
      SELECT min(variant.price) AS least, max(variant.price) AS most, count(*)::int AS "variantCount",
             coalesce(sum(stock.available), 0)::int AS available, count(*) FILTER (WHERE coalesce(stock.available, 0) <= 0)::int AS "soldOut"
      FROM product_variants variant LEFT JOIN stock USING (sku) WHERE variant.product_id = page.id
    ) item
    ORDER BY page.name, page.id`);
  const [counted] = await db.query<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM products product WHERE ${found}`);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toListed),
    next: rows.length > limit && last ? [last.name, last.id] : undefined,
    count: counted?.count ?? 0,
  };
}

function toListed({
  slug,
  name,
  category,
  variantCount,
  available,
  soldOut,
  updatedBy,
  ...row
}: ListedRow): ListedProduct {
  const { least, most, currency, updatedAt } = row;
  return {
    slug,
    name,
    category,
    variantCount,
    available,
    soldOut,
    updatedBy,
    priceFrom: { amount: least, currency },
    priceTo: { amount: most, currency },
    updatedAt: updatedAt.toISOString(),
  };
}

export interface MerchantVariant {
  readonly sku: string;
  readonly name: string;
  readonly price: Money;
  readonly available: number;
}

export interface MerchantProduct extends ProductTexts {
  readonly slug: string;
  readonly version: number;
  readonly updatedAt: string;
  readonly updatedBy: string | null;
  readonly variants: readonly MerchantVariant[];
  /** Of the shop, for the choice of one. */
  readonly categories: readonly { readonly slug: string; readonly name: string }[];
}

type MerchantRow = Omit<MerchantProduct, "updatedAt" | "variants"> & {
  readonly updatedAt: Date;
  readonly variants: readonly (Omit<MerchantVariant, "price"> & { price: number; currency: string })[] | null;
};

export async function productForMerchant(db: SqlExecutor, slug: string): Promise<MerchantProduct | undefined> {
  const [row] = await db.query<MerchantRow>(sql`
    SELECT product.slug, product.name, product.category, product.summary, product.description, to_jsonb(product.details) AS details,
           product.version, product.updated_at AS "updatedAt", ${EDITOR} AS "updatedBy",
           (SELECT jsonb_agg(jsonb_build_object('sku', sku, 'name', variant.name, 'price', price, 'currency', variant.currency,
                     'available', coalesce(stock.available, 0)) ORDER BY variant.ordinal)
            FROM product_variants variant LEFT JOIN stock USING (sku) WHERE variant.product_id = product.id) AS variants,
           (SELECT jsonb_agg(jsonb_build_object('slug', slug, 'name', name) ORDER BY ordinal) FROM categories) AS categories
    FROM products product WHERE product.slug = ${slug}`);
  if (row === undefined) return undefined;
  const variants = (row.variants ?? []).map(({ price: amount, currency, ...variant }) => ({
    ...variant,
    price: { amount, currency },
  }));
  return { ...row, updatedAt: row.updatedAt.toISOString(), variants };
}

export interface PastPrice {
  readonly price: Money;
  readonly from: string;
  /** Null while it holds. */
  readonly until: string | null;
  /** Who set it, or made the item with it, by name where that is known; null for an item that nobody made at the console. */
  readonly by: string | null;
  readonly reason: string | null;
}

interface PriceRow {
  readonly amount: number;
  readonly currency: string;
  readonly from: Date;
  readonly until: Date | null;
  readonly by: string | null;
  readonly reason: string | null;
}

/** The latest first; undefined for an item that there is not. */
export async function priceHistory(db: SqlExecutor, sku: string): Promise<readonly PastPrice[] | undefined> {
  const rows = await db.query<PriceRow>(sql`
    WITH set_price AS (
      SELECT change.id, amount, currency, at, coalesce(person.name, changed_by) AS by, reason
      FROM price_changes change LEFT JOIN auth_users person ON person.id = substring(changed_by FROM '^user:(.*)$') WHERE sku = ${sku}
      UNION ALL
      SELECT 0, coalesce((SELECT before FROM price_changes WHERE sku = ${sku} ORDER BY id LIMIT 1), variant.price), variant.currency,
             coalesce(made.at, product.created_at), made.by, made.reason
      FROM product_variants variant JOIN products product ON product.id = variant.product_id
      LEFT JOIN LATERAL (
        SELECT at, coalesce(person.name, actor) AS by, reason FROM audit LEFT JOIN auth_users person ON person.id = substring(actor FROM '^user:(.*)$')
        WHERE action = 'catalogue.addVariant' AND subject = ${sku} OR action = 'catalogue.createProduct' AND subject = product.slug
        ORDER BY action LIMIT 1) made ON true
      WHERE variant.sku = ${sku}
    )
    SELECT amount, currency, at AS "from", lead(at) OVER (ORDER BY id) AS until, by, reason FROM set_price ORDER BY id DESC`);
  if (rows.length === 0) return undefined;
  return rows.map(({ amount, currency, from, until, ...who }) => ({
    price: { amount, currency },
    from: from.toISOString(),
    until: until?.toISOString() ?? null,
    ...who,
  }));
}
