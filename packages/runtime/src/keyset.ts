/** Lists by time, page by page, from either end. */
import { sql } from "./sql.ts";
import type { Sql } from "./sql.ts";

/** Which row comes first. */
export type TimeOrder = "newest" | "oldest";

/** What turns a keyset page round: how a later row of the list compares with an earlier one, and the direction of its columns. */
export function keyset(order: TimeOrder = "newest"): { readonly follows: Sql; readonly direction: Sql } {
  return order === "newest" ? { follows: sql`<`, direction: sql`DESC` } : { follows: sql`>`, direction: sql`ASC` };
}
