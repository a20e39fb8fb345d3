/** What a list is narrowed to. Several values of one kind widen it, kinds narrow each other, and one variant has to have them all. */
import { join, sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";
import { matching, query } from "./search.ts";
import type { Understood } from "./search.ts";

export interface Narrowing {
  readonly words: Understood;
  /** Slugs, as are colours and materials. */
  readonly categories: readonly string[];
  readonly colours: readonly string[];
  readonly materials: readonly string[];
  /** Minor units, both ends included. */
  readonly priceMin?: number | undefined;
  readonly priceMax?: number | undefined;
  readonly inStock: boolean;
}

export const EVERYTHING: Narrowing = {
  words: { kind: "all" },
  categories: [],
  colours: [],
  materials: [],
  inStock: false,
};

const ANY = sql`true`;
const among = (values: readonly string[], condition: (list: Sql) => Sql): Sql =>
  values.length === 0 ? ANY : condition(sql`${[...values]}::text[]`);

export const ofCategory = ({ categories }: Narrowing, category: Sql = sql`product.category`): Sql =>
  among(categories, (list) => sql`${category} = ANY(${list})`);

/** The others are of a variant. */
export const ofColour = ({ colours }: Narrowing): Sql => among(colours, (list) => sql`variant.colour = ANY(${list})`);

export const ofMaterial = ({ materials }: Narrowing): Sql =>
  among(materials, (list) => sql`variant.materials && ${list}`);

export const ofPrice = ({ priceMin, priceMax }: Narrowing): Sql =>
  sql`${priceMin === undefined ? ANY : sql`variant.price >= ${priceMin}::int`} AND ${priceMax === undefined ? ANY : sql`variant.price <= ${priceMax}::int`}`;

export const ofStock = ({ inStock }: Narrowing): Sql =>
  inStock ? sql`EXISTS (SELECT FROM stock WHERE stock.sku = variant.sku AND stock.available > 0)` : ANY;

/** How much of a variant was asked for by name: that one is shown of its product. 0 when none was. */
export function askedFor(narrowing: Narrowing): Sql {
  const { words, colours, materials } = narrowing;
  const parts = [sql`0`];
  if (colours.length > 0) parts.push(sql`coalesce(${ofColour(narrowing)}, false)::int`);
  if (materials.length > 0) parts.push(sql`(${ofMaterial(narrowing)})::int`);
  if (words.kind === "words") {
    const name = sql`catalogue_plain(concat_ws(' ', variant.name, replace(variant.sku, '-', ''), (
      SELECT also FROM catalogue_attributes WHERE kind = 'colour' AND slug = variant.colour)))`;
    parts.push(sql`ts_rank(to_tsvector('pg_catalog.english', ${name}), ${query(words.query.any)})`);
  }
  return join(parts, " + ");
}

/** Which products are listed: none without a variant. */
export function listed(narrowing: Narrowing): Sql {
  return sql`${matching(narrowing.words)} AND ${ofCategory(narrowing)}
    AND EXISTS (SELECT FROM product_variants variant WHERE variant.product_id = product.id AND ${ofColour(narrowing)} AND ${ofMaterial(narrowing)}
      AND ${ofPrice(narrowing)} AND ${ofStock(narrowing)})`;
}
