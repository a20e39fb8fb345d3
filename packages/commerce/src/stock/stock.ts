/**
 * Stock is a state row with a ledger beside it: `available` is the sum of the movements. A reservation takes all
 * lines of an order or none. Rows are locked in sku order, so that two orders never wait for each other.
 */
import { appendEvents } from "@tillstream/eventing";
import type { EventMetadata } from "@tillstream/eventing";
import { join, sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
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

/** Gives back what the order reserved and was not paid back by itself. Releasing again, or what was never reserved, changes nothing. */
export async function releaseStock(tx: SqlExecutor, orderId: string): Promise<void> {
  await giveBack(tx, "released", orderId);
}

/** Takes in what was sold and came back, less what was paid back by itself. Taking it in again changes nothing. */
export async function returnStock(tx: SqlExecutor, orderId: string): Promise<void> {
  await giveBack(tx, "returned", orderId);
}

async function giveBack(tx: SqlExecutor, kind: "released" | "returned", orderId: string): Promise<void> {
  const given = await tx.query(
    sql`SELECT FROM stock_movements WHERE order_id = ${orderId} AND kind IN ('released', 'returned') LIMIT 1`,
  );
  const held = given.length > 0 ? [] : await linesLess(tx, orderId, REFUNDED);
  if (held.length === 0) return;
  await tx.query(sql`SELECT FROM stock WHERE sku = ANY(${held.map(({ sku }) => sku)}::text[]) ORDER BY sku FOR UPDATE`);
  await move(tx, kind, orderId, held);
}

/** Which parts of an order that were paid back by themselves, as conditions on `part`: all, and those that did not leave with it. */
export const REFUNDED = sql`true`;
export const KEPT = sql`NOT (part ->> 'hadLeft')::boolean`;
/** Those of which nothing is with the customer. */
export const NOT_WITH_CUSTOMER = sql`((part ->> 'restock')::boolean OR ${KEPT})`;

/** What the order took off the shelf, as the ledger has it, less the units of these parts. */
export function linesLess(tx: SqlExecutor, orderId: string, parts: Sql): Promise<StockLine[]> {
  return tx.query<StockLine>(sql`
    WITH given AS (
      SELECT line ->> 'sku' AS sku, sum((line ->> 'quantity')::int)::int AS units
      FROM orders, jsonb_array_elements(refunds) AS part, jsonb_array_elements(part -> 'lines') AS line
      WHERE orders.id = ${orderId} AND ${parts} GROUP BY 1
    ), taken AS (
      SELECT sku, -quantity - coalesce(units, 0) AS quantity FROM stock_movements LEFT JOIN given USING (sku)
      WHERE order_id = ${orderId} AND kind = 'reserved'
    )
    SELECT sku, quantity FROM taken WHERE quantity > 0 ORDER BY sku`);
}

/** Puts units of an order that are paid back by themselves on the shelf again. The inbox makes it once. */
export async function restock(tx: SqlExecutor, orderId: string, lines: readonly StockLine[]): Promise<void> {
  await tx.query(
    sql`SELECT FROM stock WHERE sku = ANY(${lines.map(({ sku }) => sku)}::text[]) ORDER BY sku FOR UPDATE`,
  );
  await move(tx, "restocked", orderId, lines);
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
  kind: "received" | "reserved" | "released" | "returned" | "restocked" | "counted",
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
