/**
 * The customers as the console lists them, accounts and guests alike, by e-mail address. A search finds them by how the address
 * or any word of the name begins, by their id, or by whatever finds one of their orders.
 */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { accountOf, foundOrders, GUEST_PREFIX, wordsOf } from "../order/index.ts";
import { subjectOf } from "./subject.ts";

export interface CustomerRow {
  readonly customerId: string;
  readonly kind: "account" | "guest";
  readonly name: string;
  readonly email: string;
  /** When they registered, or first ordered. */
  readonly since: Date;
  readonly orders: number;
  readonly lastOrderAt: Date | null;
}

export interface CustomerQuery {
  readonly search?: string | undefined;
  /** The customer after whom the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Undefined when `after` names no customer. */
export async function listCustomers(
  db: SqlExecutor,
  { search, after, limit }: CustomerQuery,
): Promise<readonly CustomerRow[] | undefined> {
  const last = after === undefined ? "" : (await subjectOf(db, after))?.email;
  if (last === undefined || last === null) return undefined;
  // Of one address an account comes before the guest who typed it and has not shown that it is theirs.
  const guestsFrom = after === undefined || after.startsWith(GUEST_PREFIX) ? sql`~>~ ${last}` : sql`~>=~ ${last}`;
  const found = search === undefined ? everybody(guestsFrom, limit) : those(search);
  return db.query<CustomerRow>(sql`
    WITH ${found}, page AS (
      SELECT lower(email) AS address, id AS "customerId", 'account' AS kind, name, email, created_at AS since
      FROM customers WHERE lower(email) ~>~ ${last} AND ${search === undefined ? sql`true` : sql`id IN (SELECT id FROM accounts)`}
      UNION ALL
      SELECT address, ${GUEST_PREFIX} || first.id, 'guest', coalesce(first.name, ''), first.email, first.placed_at
      FROM ${search === undefined ? sql`bounded` : sql`guests`} CROSS JOIN LATERAL (
        SELECT id, email, shipping_address ->> 'name' AS name, placed_at FROM orders
        WHERE lower(email) = address AND customer_id IS NULL AND erasure IS NULL ORDER BY placed_at, id LIMIT 1
      ) first
      WHERE address ${guestsFrom} AND NOT EXISTS (${accountOf(sql`address`)})
      ORDER BY address USING ~<~, kind LIMIT ${limit}
    )
    SELECT "customerId", kind, name, email, since, placed.orders, placed.last AS "lastOrderAt"
    FROM page CROSS JOIN LATERAL (
      SELECT count(*)::int AS orders, max(placed_at) AS last FROM (
        SELECT placed_at FROM orders WHERE customer_id = "customerId"
        UNION ALL SELECT placed_at FROM orders
          WHERE customer_id IS NULL AND lower(orders.email) = address AND (kind = 'guest' OR EXISTS (${accountOf(sql`address`)}))
      ) theirs
    ) placed
    ORDER BY address USING ~<~, kind`);
}

/** Addresses of guests, each found by one step in the index: a guest of ten thousand orders costs no more than one of one. */
function everybody(from: Sql, limit: number): Sql {
  const next = (following: Sql) => sql`
    SELECT lower(email) AS address FROM orders
    WHERE lower(email) ${following} AND customer_id IS NULL AND erasure IS NULL ORDER BY lower(email) USING ~<~ LIMIT 1`;
  return sql`RECURSIVE guests AS (
      (${next(from)})
      UNION ALL
      SELECT following.address FROM guests CROSS JOIN LATERAL (${next(sql`~>~ guests.address`)}) following
    ), bounded AS (SELECT address FROM guests LIMIT ${limit})`;
}

function those(search: string): Sql {
  const text = search.trim();
  const beginning = text.toLowerCase();
  const words = wordsOf(text);
  const byName = words === "" ? sql`false` : sql`name_words(name) @@ to_tsquery('simple', ${words})`;
  return sql`found AS (${foundOrders(text)}), guests AS (
      SELECT DISTINCT lower(email) AS address FROM orders
      WHERE (id IN (SELECT id FROM found) OR id = ${text.slice(text.startsWith(GUEST_PREFIX) ? GUEST_PREFIX.length : 0)})
        AND customer_id IS NULL AND email IS NOT NULL AND erasure IS NULL
    ), accounts AS (
      SELECT id FROM customers WHERE id = ${text} OR (lower(email) ~>=~ ${beginning} AND lower(email) ~<~ ${`${beginning}\u{10FFFF}`}) OR ${byName}
      UNION SELECT customer_id FROM orders WHERE id IN (SELECT id FROM found)
    )`;
}
