/**
 * What a list can be narrowed to further. Each count is of the products that would be listed with that value beside all other kinds.
 * Those of categories are always complete; the others are of so many products as can be looked at while somebody waits.
 */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { listed, ofCategory, ofColour, ofMaterial, ofPrice, ofStock } from "./narrowing.ts";
import type { Narrowing } from "./narrowing.ts";
import { matching } from "./search.ts";

/** Minor units; a range reaches from one up to the next. */
const PRICE_STEPS: readonly number[] = [2_500, 5_000, 10_000, 20_000];

/** The featured first. */
const PRODUCTS_MAX = 3_000;

export interface Facet {
  readonly value: string;
  readonly name: string;
  readonly count: number;
}

interface ColourFacet extends Facet {
  /** Such as `#e0cdab`. */
  readonly swatch: string | null;
}

export interface PriceFacet {
  /** Minor units, both ends included; null where there is no end. */
  readonly min: number | null;
  readonly max: number | null;
  readonly count: number;
}

export interface Facets {
  /** Products that are listed, on whatever page. */
  readonly count: number;
  readonly categories: readonly Facet[];
  readonly colours: readonly ColourFacet[];
  readonly materials: readonly Facet[];
  readonly prices: readonly PriceFacet[];
  readonly inStock: number;
  /** Not all products were looked at: colours, materials, prices and stock have at least as many as is said. */
  readonly isPartial: boolean;
}

type CategoryRow = Facet & { readonly isListed: boolean };

interface ItemRow extends Pick<Facets, "colours" | "materials" | "inStock"> {
  readonly prices: readonly { step: number; count: number }[];
  readonly products: number;
}

const list = (each: Sql, from: Sql): Sql => sql`(SELECT coalesce(jsonb_agg(${each}), '[]') FROM ${from})`;

const categoriesQuery = (narrowing: Narrowing): Sql => sql`
  SELECT category.slug AS value, category.name, coalesce(found.count, 0) AS count, ${ofCategory(narrowing, sql`category.slug`)} AS "isListed"
  FROM categories category LEFT JOIN (
    SELECT product.category, count(*)::int AS count FROM products product
    WHERE ${listed({ ...narrowing, categories: [] })} GROUP BY product.category
  ) found ON found.category = category.slug
  ORDER BY category.ordinal`;

/** One look at the variants, each with whether it has what is asked of it, kind by kind. */
function itemsQuery(narrowing: Narrowing): Sql {
  const { colours, materials } = narrowing;
  return sql`
    WITH product AS MATERIALIZED (
      SELECT product.id, row_number() OVER ()::int AS number FROM (
        SELECT product.id FROM products product WHERE ${matching(narrowing.words)} AND ${ofCategory(narrowing)}
        ORDER BY product.ordinal, product.id LIMIT ${PRODUCTS_MAX + 1}
      ) product
    ), item AS MATERIALIZED (
      SELECT product.number, variant.colour, variant.materials, width_bucket(variant.price, ${[...PRICE_STEPS]}::int[]) AS step, stock.available > 0 AS available,
             ${ofColour(narrowing)} AS c, ${ofMaterial(narrowing)} AS m, ${ofPrice(narrowing)} AS p, ${ofStock(narrowing)} AS s
      FROM product JOIN product_variants variant ON variant.product_id = product.id LEFT JOIN stock USING (sku)
    ), of_colour AS (SELECT colour, count(DISTINCT number)::int AS count FROM item WHERE m AND p AND s AND colour IS NOT NULL GROUP BY colour),
    of_material AS (SELECT material, count(DISTINCT number)::int AS count FROM item, unnest(materials) material WHERE c AND p AND s GROUP BY material),
    of_price AS (SELECT step, count(DISTINCT number)::int AS count FROM item WHERE c AND m AND s GROUP BY step)
    SELECT (SELECT count(*)::int FROM product) AS products,
           (SELECT count(DISTINCT number)::int FROM item WHERE c AND m AND p AND available) AS "inStock",
           ${list(sql`jsonb_build_object('value', slug, 'name', name, 'swatch', swatch, 'count', coalesce(count, 0)) ORDER BY ordinal`, sql`catalogue_attributes LEFT JOIN of_colour ON colour = slug WHERE kind = 'colour' AND (count > 0 OR slug = ANY(${[...colours]}::text[]))`)} AS colours,
           ${list(sql`jsonb_build_object('value', slug, 'name', name, 'count', coalesce(count, 0)) ORDER BY count DESC NULLS LAST, ordinal`, sql`catalogue_attributes LEFT JOIN of_material ON material = slug WHERE kind = 'material' AND (count > 0 OR slug = ANY(${[...materials]}::text[]))`)} AS materials,
           ${list(sql`jsonb_build_object('step', step, 'count', count) ORDER BY step`, sql`of_price`)} AS prices`;
}

export async function readFacets(db: SqlExecutor, narrowing: Narrowing): Promise<Facets> {
  const categories = await db.query<CategoryRow>(categoriesQuery(narrowing));
  const [items] = await db.query<ItemRow>(itemsQuery(narrowing));
  if (items === undefined) throw new Error("an aggregate without a group gave no row");
  const { products, prices, ...facets } = items;
  return {
    ...facets,
    count: categories.reduce((sum, { isListed, count }) => sum + (isListed ? count : 0), 0),
    categories: categories
      .filter(({ value, count }) => count > 0 || narrowing.categories.includes(value))
      .map(({ isListed: _, ...category }) => category),
    prices: prices.map(({ step, count }) => {
      const next = PRICE_STEPS[step];
      return { min: PRICE_STEPS[step - 1] ?? null, max: next === undefined ? null : next - 1, count };
    }),
    isPartial: products > PRODUCTS_MAX,
  };
}
