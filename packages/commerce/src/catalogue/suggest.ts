/** What the search box shows while somebody types. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { listProducts } from "./queries.ts";
import type { ProductCard } from "./queries.ts";
import { query, understand } from "./search.ts";

const PRODUCTS_MAX = 5;
const CATEGORIES_MAX = 2;
/** While few letters are typed, thousands of products match. */
const RANKED_MAX = 500;
/** With fewer letters nearly everything begins so. */
const TYPED_MIN = 2;

export interface Suggestions {
  readonly products: readonly Pick<ProductCard, "slug" | "name" | "image" | "price" | "priceVaries" | "shown">[];
  readonly categories: readonly { readonly slug: string; readonly name: string }[];
  /** What was looked for instead of what was typed. */
  readonly corrected: string | null;
}

const NOTHING: Suggestions = { products: [], categories: [], corrected: null };

export async function suggest(db: SqlExecutor, typed: string): Promise<Suggestions> {
  if (typed.trim().length < TYPED_MIN) return NOTHING;
  const words = await understand(db, typed);
  if (words.kind !== "words") return NOTHING;
  const { items } = await listProducts(db, { words, sort: "relevance", limit: PRODUCTS_MAX, among: RANKED_MAX });
  const categories = await db.query<{ slug: string; name: string }>(sql`
    SELECT slug, name FROM categories WHERE to_tsvector('pg_catalog.english', catalogue_plain(name)) @@ ${query(words.query.any)}
    ORDER BY ordinal LIMIT ${CATEGORIES_MAX}`);
  const products = items.map(({ slug, name, image, price, priceVaries, shown }) => ({
    slug,
    name,
    image,
    price,
    priceVaries,
    shown,
  }));
  return { products, categories, corrected: words.corrected ?? null };
}
