/** What a list can be narrowed to further. Each count is of the products that would be listed with that value beside all other kinds. */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { ofCategory, ofColour, ofMaterial, ofPrice, ofStock } from "./narrowing.ts";
import type { Narrowing } from "./narrowing.ts";
import { matching } from "./search.ts";

/** Minor units; a range reaches from one up to the next. */
const PRICE_STEPS: readonly number[] = [2_500, 5_000, 10_000, 20_000];

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
}

interface FacetRow extends Omit<Facets, "prices"> {
  readonly prices: readonly { step: number; count: number }[];
}

/** One look at the variants of what was searched for, each with whether it has what is asked of it, kind by kind. */
export function facetsQuery(narrowing: Narrowing): Sql {
  const { categories, colours, materials } = narrowing;
  return sql`
    WITH item AS MATERIALIZED (
      SELECT product.id, product.category, variant.colour, variant.materials, width_bucket(variant.price, ${[...PRICE_STEPS]}::int[]) AS step, stock.available > 0 AS available,
             ${ofCategory(narrowing)} AS c, ${ofColour(narrowing)} AS k, ${ofMaterial(narrowing)} AS m, ${ofPrice(narrowing)} AS p, ${ofStock(narrowing)} AS s
      FROM products product JOIN product_variants variant ON variant.product_id = product.id LEFT JOIN stock USING (sku)
      WHERE ${matching(narrowing.words)}
    ), of_category AS (SELECT category, count(DISTINCT id)::int AS count FROM item WHERE k AND m AND p AND s GROUP BY category),
    of_colour AS (SELECT colour, count(DISTINCT id)::int AS count FROM item WHERE c AND m AND p AND s AND colour IS NOT NULL GROUP BY colour),
    of_material AS (
      SELECT material, count(DISTINCT id)::int AS count FROM item, unnest(materials) material WHERE c AND k AND p AND s GROUP BY material
    ), of_price AS (SELECT step, count(DISTINCT id)::int AS count FROM item WHERE c AND k AND m AND s GROUP BY step)
    SELECT (SELECT count(DISTINCT id)::int FROM item WHERE c AND k AND m AND p AND s) AS count,
           (SELECT count(DISTINCT id)::int FROM item WHERE c AND k AND m AND p AND available) AS "inStock",
           ${list(sql`jsonb_build_object('value', slug, 'name', name, 'count', coalesce(count, 0)) ORDER BY ordinal`, sql`categories LEFT JOIN of_category ON category = slug WHERE count > 0 OR slug = ANY(${[...categories]}::text[])`)} AS categories,
           ${list(sql`jsonb_build_object('value', slug, 'name', name, 'swatch', swatch, 'count', coalesce(count, 0)) ORDER BY ordinal`, sql`catalogue_attributes LEFT JOIN of_colour ON colour = slug WHERE kind = 'colour' AND (count > 0 OR slug = ANY(${[...colours]}::text[]))`)} AS colours,
           ${list(sql`jsonb_build_object('value', slug, 'name', name, 'count', coalesce(count, 0)) ORDER BY count DESC NULLS LAST, ordinal`, sql`catalogue_attributes LEFT JOIN of_material ON material = slug WHERE kind = 'material' AND (count > 0 OR slug = ANY(${[...materials]}::text[]))`)} AS materials,
           ${list(sql`jsonb_build_object('step', step, 'count', count) ORDER BY step`, sql`of_price`)} AS prices`;
}

const list = (each: Sql, from: Sql): Sql => sql`(SELECT coalesce(jsonb_agg(${each}), '[]') FROM ${from})`;

export async function readFacets(db: SqlExecutor, narrowing: Narrowing): Promise<Facets> {
  const [row] = await db.query<FacetRow>(facetsQuery(narrowing));
  if (row === undefined) throw new Error("an aggregate without a group gave no row");
  const prices = row.prices.map(({ step, count }) => {
    const next = PRICE_STEPS[step];
    return { min: PRICE_STEPS[step - 1] ?? null, max: next === undefined ? null : next - 1, count };
  });
  return { ...row, prices };
}
