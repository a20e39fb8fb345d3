/**
 * Stock is a state row with a ledger beside it: `available` is the sum of the movements. A reservation takes all
 * lines of an order or none. Rows are locked in sku order, so that two orders never wait for each other.
 */
import { appendEvents } from "@tillstream/eventing";
import type { EventMetadata } from "@tillstream/eventing";
import { join, sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { STOCK_STREAM, StockReceived, stockStreamId } from "./events.ts";

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
  await giveBack(tx, "released", orderId);
}

/** Takes in what was sold and came back. Taking it in again changes nothing. */
export async function returnStock(tx: SqlExecutor, orderId: string): Promise<void> {
  await giveBack(tx, "returned", orderId);
}

async function giveBack(tx: SqlExecutor, kind: "released" | "returned", orderId: string): Promise<void> {
  const given = await tx.query(
    sql`SELECT FROM stock_movements WHERE order_id = ${orderId} AND kind IN ('released', 'returned') LIMIT 1`,
  );
  const held = given.length > 0 ? [] : await reservedLines(tx, orderId);
  if (held.length === 0) return;
  await tx.query(sql`SELECT FROM stock WHERE sku = ANY(${held.map(({ sku }) => sku)}::text[]) ORDER BY sku FOR UPDATE`);
  await move(tx, kind, orderId, held);
}

/** What the order took off the shelf, as the ledger has it. */
export function reservedLines(tx: SqlExecutor, orderId: string): Promise<StockLine[]> {
  return tx.query<StockLine>(sql`
    SELECT sku, -quantity AS quantity FROM stock_movements WHERE order_id = ${orderId} AND kind = 'reserved' ORDER BY sku`);
}

export interface Receipt {
  /** Where it came from, in a few words. */
  readonly reason: string;
  readonly metadata: EventMetadata;
}

const OPENING_STOCK: Receipt = {
  reason: "opening stock",
  metadata: { correlationId: "opening-stock", causationId: "opening-stock", actor: "system" },
};

/** Takes stock in: ledger, shelf and event in the caller's transaction. */
export async function receiveStock(
  tx: SqlExecutor,
  lines: readonly StockLine[],
  { reason, metadata }: Receipt = OPENING_STOCK,
): Promise<void> {
  const skus = lines.map(({ sku }) => sku);
  await tx.query(sql`
    INSERT INTO stock (sku, available) SELECT sku, 0 FROM unnest(${skus}::text[]) AS sku ON CONFLICT DO NOTHING`);
  await move(tx, "received", null, lines);
  // The rows are locked now: no other transaction appends to these streams.
  const versions = await tx.query<{ streamId: string; version: number }>(sql`
    SELECT stream_id AS "streamId", max(version) AS version FROM events
    WHERE stream_id = ANY(${skus.map(stockStreamId)}::text[]) GROUP BY stream_id`);
  const versionOf = new Map(versions.map(({ streamId, version }) => [streamId, version]));
  for (const { sku, quantity } of lines.filter((line) => line.quantity > 0)) {
    const streamId = stockStreamId(sku);
    const events = [StockReceived.create({ sku, quantity, reason })];
    const expectedVersion = versionOf.get(streamId) ?? "new";
    const version = await appendEvents(tx, { streamId, streamType: STOCK_STREAM, expectedVersion, events, metadata });
    versionOf.set(streamId, version);
  }
}

/** Changes shelf and ledger together. The rows of `stock` are there. */
export async function move(
  tx: SqlExecutor,
  kind: "received" | "reserved" | "released" | "returned" | "counted",
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
