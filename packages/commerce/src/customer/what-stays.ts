/** What an erasure waits for, and what it makes nobody's. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { Money } from "../catalogue/index.ts";
import { ORDER_IS_OVER } from "../order/index.ts";

export async function countUnderWay(db: SqlExecutor, orderIds: readonly string[]): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM orders
    WHERE id = ANY(${orderIds}::text[]) AND NOT ${ORDER_IS_OVER}`);
  return row?.count ?? 0;
}

/** Store credit that an erasure would make unspendable. */
export async function creditOf(db: SqlExecutor, accountId: string): Promise<Money | null> {
  const [row] = await db.query<Money>(
    sql`SELECT balance AS amount, currency FROM account_view WHERE account_id = ${accountId}`,
  );
  return row ?? null;
}
