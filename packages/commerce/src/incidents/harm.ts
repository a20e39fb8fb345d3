/** What an incident hits, in orders and money. */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import type { Money } from "../catalogue/index.ts";

export interface Harm {
  readonly orders: number;
  /** Their totals, a sum for each currency. */
  readonly money: readonly Money[];
}

/** @param names a query of ids of orders, or of the streams of orders and shipments; others count for nothing */
export async function readHarm(tx: SqlExecutor, names: Sql): Promise<Harm> {
  const rows = await tx.query<Money & { orders: number }>(sql`
    WITH hit AS (SELECT DISTINCT regexp_replace(name, '^(order|shipment)-', '') AS id FROM (${names}) named(name))
    SELECT count(*)::int AS orders, sum(total)::float8 AS amount, currency FROM orders JOIN hit USING (id) GROUP BY currency ORDER BY currency`);
  return {
    orders: rows.reduce((sum, { orders }) => sum + orders, 0),
    money: rows.map(({ amount, currency }) => ({ amount, currency })),
  };
}
