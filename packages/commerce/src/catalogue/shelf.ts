/**
 * What the shop puts beside each other: cards of named products, what goes well with one, what sells best, and every
 * product's address. Each question is bounded, and none is in the way of an order.
 */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { stockBand } from "./queries.ts";
import type { ProductCard, StockBand } from "./queries.ts";

/** Of the catalogue and of a shelf, how far down something is looked for that goes with a product. */
const LOOKED_AT_MAX = 200;
/** A sitemap may list as many. */
const ADDRESSES_MAX = 50_000;
const SALES_DAYS = 30;
/** The latest orders that are looked at, however many there are. */
const SALES_ORDERS_MAX = 2_000;

interface CardRow extends Omit<ProductCard, "price" | "stock" | "shown"> {
  readonly priceFrom: number;
  readonly currency: string;
  readonly available: number;
}

/** @param ranked a query of `id` and `rank`, which the cards are sorted by */
async function cardsOf(db: SqlExecutor, ranked: Sql): Promise<ProductCard[]> {
  const rows = await db.query<CardRow>(sql`
    SELECT variant.sku, product.slug, product.name, product.summary, product.category, product.image,
           product.price_from AS "priceFrom", product.currency, variant."priceVaries", variant."variantCount", variant.available
    FROM (${ranked}) AS ranked JOIN products product ON product.id = ranked.id
    CROSS JOIN LATERAL (
      SELECT (array_agg(variant.sku ORDER BY coalesce(stock.available, 0) > 0 DESC, variant.ordinal))[1] AS sku,
             max(coalesce(stock.available, 0)) AS available, count(*)::int AS "variantCount",
             min(variant.price) <> max(variant.price) AS "priceVaries"
      FROM product_variants variant LEFT JOIN stock USING (sku) WHERE variant.product_id = product.id
    ) variant
    WHERE variant.sku IS NOT NULL
    ORDER BY ranked.rank`);
  return rows.map(({ priceFrom, currency, available, ...card }) => ({
    ...card,
    price: { amount: priceFrom, currency },
    shown: null,
    stock: stockBand(available),
  }));
}

/** In the order that was asked for; unknown ones are left out. */
export async function productCards(db: SqlExecutor, slugs: readonly string[]): Promise<ProductCard[]> {
  return cardsOf(
    db,
    sql`SELECT id, min(ordinality) AS rank FROM unnest(${slugs}::text[]) WITH ORDINALITY AS asked(slug)
        JOIN products USING (slug) GROUP BY id`,
  );
}

/**
 * What goes well with a product: what is made in one of its colours or woods, from other shelves first, since a second teapot
 * goes with none; then its own shelf. Sold-out things are left out, and so is what stands far down in a long catalogue.
 */
export async function companions(db: SqlExecutor, slug: string, limit: number): Promise<ProductCard[]> {
  return cardsOf(
    db,
    sql`
    WITH it AS (SELECT id, category FROM products WHERE slug = ${slug}),
    look AS (
      SELECT DISTINCT option.value FROM it JOIN product_variants variant ON variant.product_id = it.id, jsonb_each_text(variant.options) option
      WHERE option.key <> 'size'
    ),
    near AS (
      (SELECT product.id, product.category, product.ordinal FROM products product ORDER BY product.ordinal, product.id LIMIT ${LOOKED_AT_MAX})
      UNION
      (SELECT product.id, product.category, product.ordinal FROM products product JOIN it USING (category)
       ORDER BY product.ordinal, product.id LIMIT ${LOOKED_AT_MAX})
    )
    SELECT near.id, row_number() OVER (ORDER BY alike.count > 0 AND near.category <> it.category DESC, alike.count DESC, near.ordinal, near.id) AS rank
    FROM it JOIN near ON near.id <> it.id
    CROSS JOIN LATERAL (
      SELECT count(DISTINCT option.value) FROM product_variants variant, jsonb_each_text(variant.options) option
      WHERE variant.product_id = near.id AND option.key <> 'size' AND option.value IN (SELECT value FROM look)
    ) alike
    WHERE (alike.count > 0 OR near.category = it.category)
      AND EXISTS (SELECT FROM product_variants variant JOIN stock USING (sku) WHERE variant.product_id = near.id AND stock.available > 0)
    ORDER BY rank LIMIT ${limit}`,
  );
}

/** The slugs of what was ordered most in the last 30 days, cancelled orders aside; the sums of the latest orders, if there are very many. */
export async function bestSellers(db: SqlExecutor, limit: number): Promise<string[]> {
  const rows = await db.query<{ slug: string }>(sql`
    SELECT product.slug FROM (
      SELECT id FROM orders WHERE placed_at > now() - make_interval(days => ${SALES_DAYS}) AND status IN ('confirmed', 'shipped')
      ORDER BY placed_at DESC LIMIT ${SALES_ORDERS_MAX}
    ) sold
    JOIN order_lines line ON line.order_id = sold.id
    JOIN product_variants variant USING (sku)
    JOIN products product ON product.id = variant.product_id
    GROUP BY product.id ORDER BY sum(line.quantity) DESC, product.ordinal LIMIT ${limit}`);
  return rows.map(({ slug }) => slug);
}

export interface VariantStock {
  readonly sku: string;
  readonly stock: StockBand;
}

export async function stockOf(db: SqlExecutor, slug: string): Promise<VariantStock[]> {
  const rows = await db.query<{ sku: string; available: number }>(sql`
    SELECT sku, coalesce(stock.available, 0) AS available
    FROM products product JOIN product_variants variant ON variant.product_id = product.id LEFT JOIN stock USING (sku)
    WHERE product.slug = ${slug} ORDER BY variant.ordinal`);
  return rows.map(({ sku, available }) => ({ sku, stock: stockBand(available) }));
}

export interface ProductAddress {
  readonly slug: string;
  readonly image: string;
  readonly updatedAt: string;
}

/** Every product that can be shown, for a map of the shop. */
export async function productAddresses(db: SqlExecutor): Promise<ProductAddress[]> {
  return db.query<ProductAddress>(sql`
    SELECT slug, image, to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "updatedAt" FROM products product
    WHERE EXISTS (SELECT FROM product_variants WHERE product_id = product.id)
    ORDER BY ordinal, id LIMIT ${ADDRESSES_MAX}`);
}
