/** New products and new variants of them. Nothing of either is there to be sold before it is received. */
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { assertCategory, unknownProduct } from "./editing.ts";
import type { ProductTexts } from "./editing.ts";
import type { Money } from "./queries.ts";

const PICTURES_MAX = 1_000;
const PICTURES = sql`
  SELECT variant.image, concat_ws(', ', product.name, nullif(variant.name, '')) AS name
  FROM product_variants variant JOIN products product ON product.id = variant.product_id
  UNION ALL SELECT image, name FROM categories`;

export interface NewVariant {
  readonly sku: string;
  /** What tells it from the others, such as its colour. */
  readonly name: string;
  readonly price: Money;
  /** One of `choices`. */
  readonly image: string;
}

export interface NewProduct extends ProductTexts {
  readonly slug: string;
  readonly variant: NewVariant;
}

export interface Created {
  readonly slug: string;
  readonly sku: string;
}

export async function createProduct(
  tx: SqlExecutor,
  { slug, variant, ...texts }: NewProduct,
  actor: string,
): Promise<Created> {
  const { name, category, summary, description, details } = texts;
  await assertCategory(tx, category);
  await assertSellable(tx, variant);
  const { price, image } = variant;
  const made = await tx.query(sql`
    INSERT INTO products (id, slug, name, category, summary, description, details, image, ordinal, price_from, currency, updated_by)
    SELECT ${slug}, ${slug}, ${name}, ${category}, ${summary}, ${description}, ${[...details]}::text[], ${image},
           coalesce(max(ordinal), -1) + 1, ${price.amount}, ${price.currency}, ${actor} FROM products
    ON CONFLICT DO NOTHING RETURNING id`);
  if (made.length === 0) throw taken("SLUG_TAKEN", "slug", `Another product has the address ${slug}.`);
  await insertVariant(tx, slug, variant);
  return { slug, sku: variant.sku };
}

export async function addVariant(
  tx: SqlExecutor,
  { slug, variant }: { readonly slug: string; readonly variant: NewVariant },
): Promise<Created> {
  // The product first, as for a new price: its least price is then of all its variants.
  const [product] = await tx.query<{ id: string }>(sql`SELECT id FROM products WHERE slug = ${slug} FOR UPDATE`);
  if (product === undefined) throw unknownProduct(slug);
  await assertSellable(tx, variant);
  await insertVariant(tx, product.id, variant);
  await tx.query(sql`
    UPDATE products SET price_from = least(price_from, ${variant.price.amount}::int) WHERE id = ${product.id}`);
  return { slug, sku: variant.sku };
}

async function insertVariant(
  tx: SqlExecutor,
  productId: string,
  { sku, name, price: { amount, currency }, image }: NewVariant,
): Promise<void> {
  const named = await tx.query(sql`
    SELECT FROM product_variants WHERE product_id = ${productId} AND lower(name) = lower(${name})`);
  if (named.length > 0) throw taken("VARIANT_NAME_TAKEN", "variant.name", `Another variant is called ${name}.`);
  const made = await tx.query(sql`
    INSERT INTO product_variants (sku, product_id, name, options, price, currency, image, ordinal)
    SELECT ${sku}, ${productId}, ${name}, '{}', ${amount}, ${currency}, ${image}, coalesce(max(ordinal), -1) + 1
    FROM product_variants WHERE product_id = ${productId}
    ON CONFLICT DO NOTHING RETURNING sku`);
  if (made.length === 0) throw taken("SKU_TAKEN", "variant.sku", `Another item has the SKU ${sku}.`);
}

/** In the shop's currency, with a picture that there is. */
async function assertSellable(db: SqlExecutor, { price, image }: NewVariant): Promise<void> {
  const [other] = await db.query<{ currency: string }>(sql`
    SELECT currency FROM products WHERE currency <> ${price.currency} LIMIT 1`);
  if (other !== undefined) throw wrong("variant.price.currency", `the shop sells in ${other.currency}`);
  const known = await db.query(sql`SELECT FROM (${PICTURES}) picture WHERE image = ${image} LIMIT 1`);
  if (known.length === 0) throw wrong("variant.image", "is not a picture of this shop");
}

function taken(code: "SLUG_TAKEN" | "SKU_TAKEN" | "VARIANT_NAME_TAKEN", field: string, said: string) {
  const message = `${said} Enter another one.`;
  return refuse("conflict", code, message, { fields: [{ field, rule: "unique", message }] });
}

const wrong = (field: string, message: string) =>
  refuse("invalid", "INVALID_INPUT", `${field}: ${message}`, { fields: [{ field, rule: "of this shop", message }] });

export interface Choices {
  readonly categories: readonly { readonly slug: string; readonly name: string }[];
  /** By what they show. */
  readonly pictures: readonly { readonly image: string; readonly name: string }[];
  /** Of all prices; null in a shop without products. */
  readonly currency: string | null;
}

/** What a new product is chosen from. */
export async function choices(db: SqlExecutor): Promise<Choices> {
  const pictures = await db.query<{ image: string; name: string }>(sql`
    SELECT image, min(name) AS name FROM (${PICTURES}) picture GROUP BY image ORDER BY 2, 1 LIMIT ${PICTURES_MAX}`);
  const categories = await db.query<{ slug: string; name: string }>(sql`
    SELECT slug, name FROM categories ORDER BY ordinal`);
  const [product] = await db.query<{ currency: string }>(sql`SELECT currency FROM products LIMIT 1`);
  return { categories, pictures, currency: product?.currency ?? null };
}
