/** What people say about an order is kept for good, in the audit and in events: the customer's details are taken out first. */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";

const MASK = "[customer]";
/** Shorter words, such as an initial, would take out more than they hide. */
const WORD_LENGTH_MIN = 3;
/** Of an address, what others share with the customer. */
const SHARED = new Set(["country", "city", "region"]);

/** `said` without the details of whoever placed the orders that `which` selects, as far as they are words of it. */
export async function withoutCustomers(db: SqlExecutor, which: Sql, said: string): Promise<string> {
  const rows = await db.query<{ email: string | null; address: Readonly<Record<string, string>> }>(
    sql`SELECT DISTINCT email, shipping_address AS address FROM orders WHERE ${which}`,
  );
  const details = rows.flatMap(({ email, address }) => [
    email ?? "",
    ...Object.entries(address).flatMap(([part, text]) => (SHARED.has(part) ? [] : detailsOf(part, text))),
  ]);
  return withoutWords(said, details);
}

/** A name goes word by word; a street or a number as a whole. */
function detailsOf(part: string, text: string): readonly string[] {
  return part === "name" ? [text, ...text.split(/\s+/)] : [text];
}

/** In any case, and whole words only. */
export function withoutWords(said: string, words: readonly string[]): string {
  const patterns = words
    .filter((word) => word.length >= WORD_LENGTH_MIN)
    .toSorted((one, other) => other.length - one.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (patterns.length === 0) return said;
  return said.replace(new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join("|")})(?![\\p{L}\\p{N}])`, "giu"), MASK);
}
