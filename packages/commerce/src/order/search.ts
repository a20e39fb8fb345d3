/**
 * What the console finds an order by: its number, id, charge or tracking number, exactly; its e-mail address by how that
 * begins; its recipient by how any word of the name begins. Every part is answered by an index of its own.
 */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { email } from "@tillstream/trpc/input";
import { orderNumber } from "./number.ts";
import { parseOrderNumber } from "./read-number.ts";

export const SEARCH_LENGTH_MAX = 200;
const WORDS_MAX = 6;
/** When many orders match, such as by the first letter of an address, only the newest are considered. */
const FOUND_MAX = 1_000;
/** So many are read and sorted in some hundredths of a second; of more, the newest are soon met on the way back. */
const FEW_MAX = 20_000;

/** The ids of the orders that `typed` may mean, as a statement of one column `id`. */
export function foundOrders(typed: string): Sql {
  const text = typed.trim();
  // Domains are kept in the letters of the DNS, however they are typed.
  const address = email.safeParse(text).data ?? text;
  const beginning = address.toLowerCase();
  // In the index' own order of bytes: LIKE is looked up only where the plan is made for this one search.
  const byAddress = sql`lower(email) ~>=~ ${beginning} AND lower(email) ~<~ ${`${beginning}\u{10FFFF}`}`;
  const words = wordsOf(text);
  const byName =
    words === "" ? sql`false` : sql`name_words(shipping_address ->> 'name') @@ to_tsquery('simple', ${words})`;
  return sql`
    SELECT id FROM orders WHERE id = ${text}
    UNION SELECT id FROM orders WHERE number = ${parseOrderNumber(text) ?? text}
    UNION SELECT id FROM orders WHERE charge_id = ${text}
    UNION SELECT order_id FROM shipments WHERE tracking_number IN (${text}, ${text.toUpperCase()})
    UNION ${newest(byAddress)}
    UNION ${newest(byName)}`;
}

/**
 * The newest orders that meet a condition that has an index. What few have in common is read from there; what many have is
 * soon met on the way from the newest order back. The planner cannot tell: of what is personal it keeps no samples.
 */
function newest(condition: Sql): Sql {
  return sql`(
      WITH few AS MATERIALIZED (SELECT id, placed_at FROM orders WHERE ${condition} LIMIT ${FEW_MAX + 1}),
        are AS MATERIALIZED (SELECT count(*) > ${FEW_MAX} AS many FROM few)
      (SELECT id FROM few WHERE NOT (SELECT many FROM are) ORDER BY placed_at DESC, id DESC LIMIT ${FOUND_MAX})
      UNION ALL (
        SELECT id FROM orders WHERE (SELECT many FROM are) AND coalesce(${condition}, false)
        ORDER BY placed_at DESC, id DESC LIMIT ${FOUND_MAX})
    )`;
}

/** A tsquery: every word as the beginning of one, without accents, as `name_words` has them. Empty without a word. */
export function wordsOf(text: string): string {
  const words =
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, WORDS_MAX)
    .map((word) => `'${word}':*`)
    .join(" & ");
}

/** The order that a person calls by this number; undefined for a text that is not an order number. */
export async function orderIdOfNumber(db: SqlExecutor, typed: string): Promise<string | undefined> {
  const number = parseOrderNumber(typed);
  if (number === undefined) return undefined;
  const [order] = await db.query<{ id: string }>(sql`SELECT id FROM orders WHERE number = ${number}`);
  return order?.id;
}

/** Of those among the ids that are orders. */
export async function orderNumbers(db: SqlExecutor, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const orders = await db.query<{ id: string }>(sql`SELECT id FROM orders WHERE id = ANY(${ids}::text[])`);
  return new Map(orders.map(({ id }) => [id, orderNumber(id)]));
}
