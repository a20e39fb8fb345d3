/**
 * What the merchant changes: the words of a product, and prices. Plain rows with an audit, no events: what was sold at which price
 * is in the orders, and nobody asks what a text was at some moment.
 */
import { refuse } from "@tillstream/eventing";
import type { FieldProblem } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { formatMoney } from "./format-money.ts";
import { formatTime } from "./format-time.ts";
import type { Money } from "./queries.ts";

export interface ProductTexts {
  readonly name: string;
  readonly category: string;
  readonly summary: string;
  readonly description: string;
  readonly details: readonly string[];
}

export interface ProductEdit extends ProductTexts {
  readonly slug: string;
  /** The one that was looked at. */
  readonly version: number;
}

export interface PriceEdit {
  readonly sku: string;
  readonly price: Money;
  /** The amount that was looked at; at another one nothing is changed. */
  readonly expectedAmount?: number | undefined;
  readonly reason: string;
}

/** By name where that is known. */
const nameOf = (actor: Sql): Sql =>
  sql`coalesce((SELECT person.name FROM auth_users person WHERE person.id = substring(${actor} FROM '^user:(.*)$')), ${actor})`;

/** Who last edited it; null before the first edit. */
export const EDITOR = nameOf(sql`product.updated_by`);

type EditedProduct = ProductTexts & {
  readonly version: number;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
};

export const productState = async (db: SqlExecutor, slug: string): Promise<EditedProduct | undefined> =>
  (
    await db.query<EditedProduct>(sql`
      SELECT name, category, summary, description, to_jsonb(details) AS details, version, updated_at AS "updatedAt", ${EDITOR} AS "updatedBy"
      FROM products product WHERE slug = ${slug}`)
  )[0];

/** The new version. Refused where somebody else was faster: the refusal says who, when, and what each text is now. */
export async function updateProduct(
  tx: SqlExecutor,
  { slug, version, ...texts }: ProductEdit,
  actor: string,
): Promise<{ readonly slug: string; readonly version: number }> {
  const { name, category, summary, description, details } = texts;
  await assertCategory(tx, category);
  const [edited] = await tx.query<{ version: number }>(sql`
    UPDATE products SET name = ${name}, category = ${category}, summary = ${summary}, description = ${description}, details = ${[...details]}::text[],
      version = version + 1, updated_at = clock_timestamp(), updated_by = ${actor}
    WHERE slug = ${slug} AND version = ${version} RETURNING version`);
  if (edited !== undefined) return { slug, version: edited.version };
  const now = await productState(tx, slug);
  throw now === undefined ? unknownProduct(slug) : changedMeanwhile(now, texts);
}

export const unknownProduct = (slug: string) => refuse("notFound", "PRODUCT_NOT_FOUND", `There is no product ${slug}.`);

export async function assertCategory(db: SqlExecutor, category: string): Promise<void> {
  const known = await db.query(sql`SELECT FROM categories WHERE slug = ${category}`);
  if (known.length > 0) return;
  const message = `is not a category of this shop`;
  throw refuse("invalid", "INVALID_INPUT", `category: ${message}`, {
    fields: [{ field: "category", rule: "a category", message }],
  });
}

const TEXTS = [
  "name",
  "category",
  "summary",
  "description",
  "details",
] as const satisfies readonly (keyof ProductTexts)[];

function changedMeanwhile(now: EditedProduct, mine: ProductTexts) {
  const { version, updatedAt, updatedBy } = now;
  const textOf = (texts: ProductTexts, field: (typeof TEXTS)[number]) => [texts[field]].flat().join("\n");
  const fields: FieldProblem[] = TEXTS.filter((field) => textOf(now, field) !== textOf(mine, field)).map((field) => ({
    field,
    rule: "as they have it",
    message: textOf(now, field),
  }));
  const message = `${updatedBy ?? "Somebody"} changed this product at ${formatTime(updatedAt)}, so nothing of yours was saved. It is at version ${version} now; look at both before you go on.`;
  return refuse("conflict", "PRODUCT_CHANGED", message, { fields });
}

/** A price, as the audit keeps it. */
export async function priceState(
  db: SqlExecutor,
  sku: string,
): Promise<{ price: number; currency: string } | undefined> {
  const [row] = await db.query<{ price: number; currency: string }>(sql`
    SELECT price, currency FROM product_variants WHERE sku = ${sku}`);
  return row;
}

/** The SKUs of a product, under which its prices are changed; none for what is no product. */
export async function skusOf(db: SqlExecutor, slug: string): Promise<readonly string[]> {
  const rows = await db.query<{ sku: string }>(sql`
    SELECT sku FROM product_variants variant JOIN products product ON product.id = variant.product_id WHERE slug = ${slug}`);
  return rows.map(({ sku }) => sku);
}

/** From now on; orders that were placed keep theirs. */
export async function setPrice(
  tx: SqlExecutor,
  { sku, price: { amount, currency }, expectedAmount, reason }: PriceEdit,
  actor: string,
): Promise<{ readonly sku: string; readonly price: Money }> {
  // The product first, in a statement of its own: its least price is then of all changes that were before this one.
  await tx.query(sql`
    SELECT FROM products WHERE id = (SELECT product_id FROM product_variants WHERE sku = ${sku}) FOR UPDATE`);
  const [variant] = await tx.query<{ price: number; currency: string; productId: string }>(sql`
    SELECT price, currency, product_id AS "productId" FROM product_variants WHERE sku = ${sku} FOR UPDATE`);
  if (variant === undefined) throw refuse("notFound", "UNKNOWN_SKU", `Item ${sku} does not exist.`);
  const { price: before, productId } = variant;
  if (expectedAmount !== undefined && expectedAmount !== before) throw await repriced(tx, sku, variant);
  if (currency !== variant.currency) throw priceProblem("currency", `is sold in ${variant.currency}`);
  if (amount === before) throw priceProblem("amount", "is its price already");
  await tx.query(sql`UPDATE product_variants SET price = ${amount} WHERE sku = ${sku}`);
  await tx.query(sql`
    UPDATE products SET price_from = (SELECT min(price) FROM product_variants WHERE product_id = ${productId}) WHERE id = ${productId}`);
  await tx.query(sql`
    INSERT INTO price_changes (sku, before, amount, currency, changed_by, reason)
    VALUES (${sku}, ${before}, ${amount}, ${currency}, ${actor}, ${reason})`);
  return { sku, price: { amount, currency } };
}

async function repriced(db: SqlExecutor, sku: string, { price, currency }: { price: number; currency: string }) {
  const [last] = await db.query<{ who: string; at: Date }>(sql`
    SELECT ${nameOf(sql`change.changed_by`)} AS who, at FROM price_changes change WHERE sku = ${sku} ORDER BY id DESC LIMIT 1`);
  const when = last === undefined ? "" : ` at ${formatTime(last.at)}`;
  const message = `${last?.who ?? "Somebody"} changed this price to ${formatMoney(price, currency)}${when}, so nothing was changed now. Look at its history before you go on.`;
  return refuse("conflict", "PRICE_CHANGED", message, {
    fields: [{ field: "expectedAmount", rule: `= ${price}`, message }],
  });
}

function priceProblem(part: keyof Money, message: string) {
  const field = `price.${part}`;
  return refuse("invalid", "INVALID_INPUT", `${field}: ${message}`, {
    fields: [{ field, rule: "another price", message }],
  });
}
