/** Writes the seed catalogue: categories, products, variants, their first stock through the ledger, and discount codes. */
import { receiveStock } from "@tillstream/commerce";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { seedDiscounts } from "./discounts.ts";
import { categories, products } from "./catalogue/index.ts";

const CURRENCY = "USD";

/** In one transaction: a catalogue is there whole or not at all. */
export async function seedCatalogue(db: Database): Promise<{ products: number; variants: number }> {
  const variants = products.flatMap((product) =>
    product.variants.map((variant, ordinal) => ({ ...variant, ordinal, product: product.slug })),
  );
  await db.transaction(async (tx) => {
    await tx.query(sql`
      INSERT INTO categories (slug, name, summary, image, ordinal)
      SELECT slug, name, summary, image, ordinal
      FROM jsonb_to_recordset(${JSON.stringify(categories.map((category, ordinal) => ({ ...category, ordinal })))}::jsonb)
        AS row(slug text, name text, summary text, image text, ordinal int)`);
    await tx.query(sql`
      INSERT INTO products (id, slug, name, category, summary, description, details, image, featured, ordinal, price_from, currency)
      SELECT slug, slug, name, category, summary, description, ARRAY(SELECT jsonb_array_elements_text(details)), image, featured, ordinal, price_from, ${CURRENCY}
      FROM jsonb_to_recordset(${JSON.stringify(productRows())}::jsonb)
        AS row(slug text, name text, category text, summary text, description text, details jsonb, image text, featured bool, ordinal int, price_from int)`);
    await tx.query(sql`
      INSERT INTO product_variants (sku, product_id, name, options, price, currency, image, ordinal)
      SELECT sku, product, name, options, price, ${CURRENCY}, image, ordinal
      FROM jsonb_to_recordset(${JSON.stringify(variants)}::jsonb)
        AS row(sku text, product text, name text, options jsonb, price int, image text, ordinal int)`);
    await seedDiscounts(tx);
    await receiveStock(
      tx,
      variants.map(({ sku, stock }) => ({ sku, quantity: stock })),
    );
  });
  return { products: products.length, variants: variants.length };
}

/** Featured products first; the others interleaved by category, so that a first page shows something of each. */
function productRows() {
  const perCategory = new Map<string, number>();
  const ranked = products.map((product) => {
    const rank = perCategory.get(product.category) ?? 0;
    perCategory.set(product.category, rank + 1);
    return { product, rank: product.featured ? -1 : rank };
  });
  return ranked
    .toSorted((left, right) => left.rank - right.rank)
    .map(({ product }, ordinal) => ({
      ...product,
      ordinal,
      image: product.variants[0]?.image ?? "",
      price_from: Math.min(...product.variants.map(({ price }) => price)),
    }));
}
