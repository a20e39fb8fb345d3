/** `stock_view`: how much of each item can be sold, is reserved, and has left. Its increments and its queries. */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { matching, understand } from "../catalogue/index.ts";
import type { StockLine } from "./stock.ts";

/** By how much an item's row changes. */
interface StockChange {
  readonly sku: string;
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
}

/** By how much each unit of a line changes its row. */
type Direction = Partial<Record<"available" | "reserved" | "sold", 1 | -1>>;

export function by(lines: readonly StockLine[], { available, reserved, sold }: Direction): StockChange[] {
  return lines.map(({ sku, quantity }) => ({
    sku,
    available: quantity * (available ?? 0),
    reserved: quantity * (reserved ?? 0),
    sold: quantity * (sold ?? 0),
  }));
}

/** What one event changes: the view's rows, and an entry in the ledger for each. */
export async function addToStockView(tx: SqlExecutor, eventId: string, changes: readonly StockChange[]): Promise<void> {
  await tx.query(sql`
    WITH change AS (
      SELECT sku, sum(available)::int AS available, sum(reserved)::int AS reserved, sum(sold)::int AS sold
      FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS change(sku text, available int, reserved int, sold int)
      GROUP BY sku
    ), shown AS (
      INSERT INTO stock_view AS view (sku, available, reserved, sold)
      SELECT sku, available, reserved, sold FROM change ORDER BY sku
      ON CONFLICT (sku) DO UPDATE SET available = view.available + excluded.available,
        reserved = view.reserved + excluded.reserved, sold = view.sold + excluded.sold, updated_at = now()
      RETURNING view.sku, view.available, view.reserved
    )
    INSERT INTO stock_ledger (sku, event_id, quantity, available, reserved)
    SELECT sku, ${eventId}, CASE change.available WHEN 0 THEN change.reserved ELSE change.available END, shown.available, shown.reserved
    FROM shown JOIN change USING (sku) WHERE change.available <> 0 OR change.reserved <> 0`);
}

export interface StockRow {
  readonly sku: string;
  readonly name: string;
  readonly image: string;
  /** Of its product. */
  readonly slug: string;
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
  /** Of the item's stream, as far as these figures have it: how often something was received or counted. */
  readonly version: number;
  /** Null for an item that was never stocked. */
  readonly updatedAt: string | null;
}

export interface StockFilter {
  /** How skus begin; where none begins so, words of the product. */
  readonly search?: string | undefined;
  /** Only items of which no more than this many are left. */
  readonly availableMax?: number | undefined;
  readonly afterSku?: string | undefined;
  readonly limit: number;
}

/** Every item of the shop by sku, by keyset. */
export async function listStock(
  db: SqlExecutor,
  { search, availableMax, afterSku, limit }: StockFilter,
): Promise<StockRow[]> {
  const typed = search?.trim() ?? "";
  const begins = sql`starts_with(upper(sku), ${typed.toUpperCase()})`;
  const [item] = await db.query(sql`SELECT FROM product_variants WHERE ${begins} LIMIT 1`);
  const found = item === undefined ? matching(await understand(db, typed, { corrects: false })) : begins;
  const few = availableMax === undefined ? sql`true` : sql`coalesce(view.available, 0) <= ${availableMax}::int`;
  return readRows(db, sql`${found} AND ${few} AND sku > ${afterSku ?? ""} ORDER BY sku LIMIT ${limit}`);
}

/** Undefined for an item that there is not. */
export async function stockOf(db: SqlExecutor, sku: string): Promise<StockRow | undefined> {
  return (await readRows(db, sql`sku = ${sku}`))[0];
}

async function readRows(db: SqlExecutor, which: Sql): Promise<StockRow[]> {
  const rows = await db.query<Omit<StockRow, "updatedAt"> & { updatedAt: Date | null }>(sql`
    SELECT sku, concat_ws(', ', product.name, nullif(variant.name, '')) AS name, variant.image, product.slug,
           coalesce(view.available, 0) AS available, coalesce(view.reserved, 0) AS reserved, coalesce(view.sold, 0) AS sold,
           (SELECT coalesce(max(event.version), 0)::int FROM events event JOIN event_log log USING (event_id)
            WHERE event.stream_id = 'stock-' || sku
              AND log.position <= (SELECT min(position) FROM consumer_checkpoints WHERE consumer = 'stock')) AS version,
           view.updated_at AS "updatedAt"
    FROM product_variants variant JOIN products product ON product.id = variant.product_id LEFT JOIN stock_view view USING (sku)
    WHERE ${which}`);
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt?.toISOString() ?? null }));
}

/** Whether the shop has the item, sold or not. */
export async function isItem(db: SqlExecutor, sku: string): Promise<boolean> {
  return (await db.query(sql`SELECT FROM product_variants WHERE sku = ${sku}`)).length > 0;
}
