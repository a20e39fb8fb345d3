/**
 * The orders that the past is made of, in temporary tables until the end of the transaction: whose they are, what is in them, and how
 * they ended. Nothing is left to chance, so that the same size makes the same shop.
 */
import { UNREACHABLE_CITY } from "@tillstream/commerce";
import { raw, sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";

const FIRST_DAY = "730 days";
/** Longer ago than anything is kept that is kept for a time: what belongs to these orders beside their books is gone. */
const LAST_DAY = "95 days";
const FIRST_NAMES = [
  "Ada",
  "Bela",
  "Chidi",
  "Daria",
  "Elif",
  "Femi",
  "Greta",
  "Hugo",
  "Ines",
  "Jonas",
  "Kaya",
  "Lena",
  "Mei",
  "Nils",
];
const LAST_NAMES = [
  "Adeyemi",
  "Berg",
  "Costa",
  "Dubois",
  "Evans",
  "Fischer",
  "Gruber",
  "Haas",
  "Ito",
  "Jansen",
  "Kaya",
  "Lindqvist",
  "Moreau",
];
const PLACES = [
  { line1: "14 Rue des Lilas", city: "Lyon", postalCode: "69003", country: "FR" },
  { line1: "221 Alder Street", city: "Portland", postalCode: "97205", country: "US" },
  { line1: "3-8-1 Kamiuma", city: "Tokyo", postalCode: "154-0011", country: "JP" },
  { line1: "Storgatan 9", city: "Umea", postalCode: "903 26", country: "SE" },
];
const NOWHERE = { line1: "47 Canal Walk", city: UNREACHABLE_CITY, postalCode: "BS1 5UB", country: "GB" };

/** An id that looks like the shop's own, the same in every such past. */
const idOf = (what: string): Sql => raw(`md5('${what} ' || n)::uuid::text`);

export const FIRST_ORDER = sql`(SELECT ${idOf("order")} FROM (SELECT 0 AS n) first)`;

/** Leaves `past_orders`, one row each, and `past_lines`. */
export async function stageOrders(tx: SqlExecutor, orders: number, accounts: number): Promise<void> {
  await tx.query(sql`
    CREATE TEMP TABLE past_lines (n int, ordinal int, sku text, name text, image text, quantity int, unit_price int) ON COMMIT DROP`);
  await tx.query(sql`
    CREATE TEMP TABLE past_orders (
      n int PRIMARY KEY, id text, customer text, name text, email text, address jsonb, at timestamptz, outcome text, lines jsonb, total int, units int,
      correlation text, tracking text, paid_before int
    ) ON COMMIT DROP`);
  await tx.query(sql`
    WITH item AS (
      SELECT variant.sku, product.name, variant.image, variant.price,
             row_number() OVER (ORDER BY variant.sku) - 1 AS n, count(*) OVER () AS items
      FROM product_variants variant JOIN products product ON product.id = variant.product_id
    )
    INSERT INTO past_lines
    SELECT past.n, ordinal, sku, name, image, 1 + (past.n + ordinal) % 3, price
    FROM (SELECT count(*)::int AS items FROM product_variants) all_items, generate_series(0, ${orders - 1}::int) AS past(n), generate_series(0, past.n % 2) AS ordinal
    JOIN LATERAL (SELECT (past.n * 7 + ordinal * 31) % all_items.items AS n) chosen ON true JOIN item USING (n)`);
  // One in twenty has too little credit, one in ten is for a city that no carrier reaches, the others arrived.
  await tx.query(sql`
    INSERT INTO past_orders (n, id, customer, name, email, address, at, outcome, lines, total, units, correlation, tracking)
    SELECT n, ${idOf("order")}, person.id, person.name, person.email,
           jsonb_build_object('name', person.name) || CASE WHEN outcome = 'parked' THEN ${JSON.stringify(NOWHERE)}::jsonb ELSE ${JSON.stringify(PLACES)}::jsonb -> (n % ${PLACES.length}::int) END,
           now() - ${FIRST_DAY}::interval + (n + 1) * (${FIRST_DAY}::interval - ${LAST_DAY}::interval) / ${orders}::int, outcome,
           line.lines, line.total, line.units, ${idOf("request")}, 'MP' || translate(substr(md5('parcel ' || n), 1, 12), 'abcdef', '123456')
    FROM (SELECT n, CASE WHEN n % 20 = 3 THEN 'declined' WHEN n % 10 = 0 THEN 'parked' ELSE 'shipped' END AS outcome FROM generate_series(0, ${orders - 1}::int) AS n) past
    JOIN LATERAL (SELECT past.n % ${accounts}::int AS a) account ON true
    JOIN LATERAL (SELECT (${FIRST_NAMES}::text[])[1 + a % ${FIRST_NAMES.length}::int] AS first, (${LAST_NAMES}::text[])[1 + a % ${LAST_NAMES.length}::int] AS last) named ON true
    JOIN LATERAL (SELECT md5('customer ' || a)::uuid::text AS id, first || ' ' || last AS name, lower(first || '.' || last) || '.' || a || '@example.com' AS email) person ON true
    JOIN (
      SELECT n, jsonb_agg(jsonb_build_object('sku', sku, 'name', name, 'image', image, 'quantity', quantity, 'unitPrice', unit_price) ORDER BY ordinal) AS lines,
             sum(quantity * unit_price)::int AS total, sum(quantity)::int AS units
      FROM past_lines GROUP BY n
    ) line USING (n)`);
  await tx.query(sql`
    UPDATE past_orders SET paid_before = paid.before
    FROM (SELECT n, (count(*) OVER (PARTITION BY customer ORDER BY n) - 1)::int AS before FROM past_orders WHERE outcome <> 'declined') paid
    WHERE past_orders.n = paid.n`);
  await tx.query(sql`ANALYZE past_orders`);
}
