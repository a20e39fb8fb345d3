/**
 * Stock is a state row with a ledger beside it: `available` is the sum of the movements. A reservation takes all
 * lines of an order or none. Rows are locked in sku order, so that two orders never wait for each other.
 */
import { join, sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

export interface StockLine {
  readonly sku: string;
  readonly quantity: number;
}

export type Reservation =
  | { readonly reserved: true }
  | { readonly reserved: false; readonly shortSkus: readonly string[] };

/** Reserves all lines for the order, or none. Reserving again changes nothing. */
export async function reserveStock(
  tx: SqlExecutor,
  orderId: string,
  lines: readonly StockLine[],
): Promise<Reservation> {
  const earlier = await tx.query(
    sql`SELECT FROM stock_movements WHERE order_id = ${orderId} AND kind = 'reserved' LIMIT 1`,
  );
  if (earlier.length > 0) return { reserved: true };
  const skus = lines.map((line) => line.sku);
  const rows = await tx.query<{ sku: string; available: number }>(sql`
    SELECT sku, available FROM stock WHERE sku = ANY(${skus}::text[]) ORDER BY sku FOR UPDATE`);
  const available = new Map(rows.map((row) => [row.sku, row.available]));
  const shortSkus = lines.filter((line) => (available.get(line.sku) ?? 0) < line.quantity).map((line) => line.sku);
  if (shortSkus.length > 0) return { reserved: false, shortSkus };
  await move(
    tx,
    "reserved",
    orderId,
    lines.map(({ sku, quantity }) => ({ sku, quantity: -quantity })),
  );
  return { reserved: true };
}

/** Gives back what the order reserved. Releasing again, or what was never reserved, changes nothing. */
export async function releaseStock(tx: SqlExecutor, orderId: string): Promise<void> {
  const held = await tx.query<StockLine>(sql`
    SELECT sku, -quantity AS quantity FROM stock_movements reserved
    WHERE order_id = ${orderId} AND kind = 'reserved'
      AND NOT EXISTS (SELECT FROM stock_movements released
                      WHERE released.order_id = ${orderId} AND released.sku = reserved.sku AND released.kind = 'released')
    ORDER BY sku`);
  if (held.length === 0) return;
  await tx.query(sql`SELECT FROM stock WHERE sku = ANY(${held.map(({ sku }) => sku)}::text[]) ORDER BY sku FOR UPDATE`);
  await move(tx, "released", orderId, held);
}

/** Takes stock in. */
export async function receiveStock(tx: SqlExecutor, lines: readonly StockLine[]): Promise<void> {
  await tx.query(sql`
    INSERT INTO stock (sku, available) SELECT sku, 0 FROM unnest(${lines.map(({ sku }) => sku)}::text[]) AS sku ON CONFLICT DO NOTHING`);
  await move(tx, "received", null, lines);
}

async function move(
  tx: SqlExecutor,
  kind: "received" | "reserved" | "released",
  orderId: string | null,
  lines: readonly StockLine[],
): Promise<void> {
  const rows = lines.map(({ sku, quantity }) => sql`(${sku}, ${quantity}::int)`);
  await tx.query(sql`
    WITH line(sku, quantity) AS (VALUES ${join(rows)}), moved AS (
      INSERT INTO stock_movements (sku, kind, quantity, order_id) SELECT sku, ${kind}, quantity, ${orderId} FROM line WHERE quantity <> 0
    )
    UPDATE stock SET available = available + total.quantity, updated_at = now()
    FROM (SELECT sku, sum(quantity)::int AS quantity FROM line GROUP BY sku) total WHERE stock.sku = total.sku`);
}
