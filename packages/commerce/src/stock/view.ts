/** `stock_view`: how much of each item can be sold, is reserved, and has left. Its increments and its queries. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { StockLine } from "./stock.ts";

/** By how much each unit of the lines changes the view. */
export interface Direction {
  readonly available?: 1 | -1;
  readonly reserved?: 1 | -1;
  readonly sold?: 1 | -1;
}

export async function addToStockView(
  tx: SqlExecutor,
  lines: readonly StockLine[],
  { available = 0, reserved = 0, sold = 0 }: { [Column in keyof Direction]: Direction[Column] | 0 },
): Promise<void> {
  await tx.query(sql`
    INSERT INTO stock_view AS view (sku, available, reserved, sold)
    SELECT sku, sum(quantity)::int * ${available}::int, sum(quantity)::int * ${reserved}::int, sum(quantity)::int * ${sold}::int
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS line(sku text, quantity int)
    GROUP BY sku ORDER BY sku
    ON CONFLICT (sku) DO UPDATE SET available = view.available + excluded.available,
      reserved = view.reserved + excluded.reserved, sold = view.sold + excluded.sold, updated_at = now()`);
}

export interface StockRow {
  readonly sku: string;
  readonly name: string;
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
  /** Of the item's stream, as far as these figures have it: how often something was received. */
  readonly version: number;
  readonly updatedAt: string;
}

export interface StockFilter {
  /** Only items of which no more than this many are left. */
  readonly availableMax?: number | undefined;
  readonly afterSku?: string | undefined;
  readonly limit: number;
}

/** By sku, by keyset. */
export async function listStock(db: SqlExecutor, { availableMax, afterSku, limit }: StockFilter): Promise<StockRow[]> {
  const few = availableMax === undefined ? sql`true` : sql`view.available <= ${availableMax}::int`;
  const rows = await db.query<Omit<StockRow, "updatedAt"> & { updatedAt: Date }>(sql`
    SELECT sku, concat_ws(', ', product.name, nullif(variant.name, '')) AS name, view.available, view.reserved, view.sold,
           (SELECT coalesce(max(received.version), 0)::int FROM events received JOIN event_log log USING (event_id)
            WHERE received.stream_id = 'stock-' || view.sku
              AND log.position <= (SELECT min(position) FROM consumer_checkpoints WHERE consumer = 'stock')) AS version,
           view.updated_at AS "updatedAt"
    FROM stock_view view JOIN product_variants variant USING (sku) JOIN products product ON product.id = variant.product_id
    WHERE ${few} AND sku > ${afterSku ?? ""} ORDER BY sku LIMIT ${limit}`);
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
}

export async function isStocked(db: SqlExecutor, sku: string): Promise<boolean> {
  return (await db.query(sql`SELECT FROM stock_view WHERE sku = ${sku}`)).length > 0;
}
