/**
 * A count sets what is on hand, reserved units included. What orders do meanwhile is in the shelf that it locks: a reservation
 * only moves units from available to reserved, so that it changes no count; a parcel that left does.
 */
import { appendEvents, metadataOf, refuse } from "@tillstream/eventing";
import type { CommandContext } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { STOCK_STREAM, StockCounted, stockStreamId } from "./events.ts";
import { changesSince } from "./ledger.ts";
import { assertItem, lockShelf } from "./receive.ts";
import { move } from "./stock.ts";

export interface CountInput {
  readonly sku: string;
  readonly counted: number;
  /** How many were on hand by what the caller saw; at another number nothing is counted. */
  readonly expected?: number | undefined;
  readonly reason: string;
}

interface Shelf {
  readonly available: number;
  /** Of orders that have not left. */
  readonly reserved: number;
  /** Both together, and what came back a moment ago. */
  readonly onHand: number;
}

export interface CountAnswer extends Shelf {
  readonly sku: string;
  /** How many more or fewer there were than the books said. */
  readonly difference: number;
  /** Of the item's stream. */
  readonly version: number;
}

export async function count(
  context: CommandContext,
  { sku, counted, expected, reason }: CountInput,
): Promise<CountAnswer> {
  return context.db.transaction(async (tx) => {
    await assertItem(tx, sku);
    await tx.query(sql`INSERT INTO stock (sku, available) VALUES (${sku}, 0) ON CONFLICT DO NOTHING`);
    const version = await lockShelf(tx, sku);
    const { available, reserved, onHand } = await shelfOf(tx, sku);
    if (expected !== undefined && expected !== onHand) throw await changed(tx, sku, expected, onHand);
    const difference = counted - onHand;
    if (available + difference < 0) throw tooFew(onHand - available);
    await move(tx, "counted", null, [{ sku, quantity: difference }]);
    await appendEvents(tx, {
      streamId: stockStreamId(sku),
      streamType: STOCK_STREAM,
      expectedVersion: version === 0 ? "new" : version,
      events: [StockCounted.create({ sku, counted, difference, reason })],
      metadata: metadataOf(context),
    });
    return { sku, available: available + difference, reserved, onHand: counted, difference, version: version + 1 };
  });
}

/**
 * What came back and is still on its way into the books is on hand already: all of a returned parcel but what was paid back before,
 * and what goes on the shelf of an order that has left or is cancelled. What was written off is not, from then on.
 */
export async function shelfOf(db: SqlExecutor, sku: string): Promise<Shelf> {
  const [row] = await db.query<Shelf>(sql`
    WITH taken AS (
      SELECT placed.stock_status = 'reserved' AS here, -taken.quantity AS units,
             coalesce((SELECT sum(quantity) FROM stock_movements
                       WHERE order_id = placed.id AND sku = ${sku} AND kind = 'restocked'), 0)::int AS restocked,
             shipment.status = 'returned' AND NOT EXISTS (
               SELECT FROM stock_movements WHERE order_id = placed.id AND sku = ${sku} AND kind = 'returned') AS on_the_way, parts.*
      FROM stock_movements taken JOIN orders placed ON placed.id = taken.order_id LEFT JOIN shipments shipment ON shipment.order_id = placed.id
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(units), 0)::int AS refunded, coalesce(sum(units) FILTER (WHERE restock), 0)::int AS to_restock,
               coalesce(sum(units) FILTER (WHERE NOT restock), 0)::int AS written_off
        FROM jsonb_to_recordset(placed.refunds) AS part(lines jsonb, restock boolean),
             LATERAL (SELECT (line ->> 'quantity')::int AS units FROM jsonb_array_elements(lines) line WHERE line ->> 'sku' = ${sku}) of_item
      ) parts
      WHERE taken.sku = ${sku} AND taken.kind = 'reserved'
    ), shelf AS (
      SELECT coalesce((SELECT available FROM stock WHERE sku = ${sku}), 0) AS available,
             coalesce(sum(units - restocked - written_off) FILTER (WHERE here), 0)::int AS reserved,
             coalesce(sum(units - refunded) FILTER (WHERE on_the_way), 0)::int
               + coalesce(sum(to_restock - restocked) FILTER (WHERE NOT here), 0)::int AS back
      FROM taken
    )
    SELECT available, reserved, available + reserved + back AS "onHand" FROM shelf`);
  return row ?? { available: 0, reserved: 0, onHand: 0 };
}

async function changed(tx: SqlExecutor, sku: string, expected: number, onHand: number) {
  const what = await changesSince(tx, sku, expected);
  const since = what === "" ? "" : ` (since then: ${what})`;
  const message = `When you looked, ${expected} were on hand, and now ${onHand} are${since}, so nothing was counted. Look at the ledger and count again.`;
  return refuse("conflict", "STOCK_CHANGED", message, {
    fields: [{ field: "expected", rule: `= ${onHand}`, message }],
  });
}

/** @param least reserved, or back and on the way into the books */
function tooFew(least: number) {
  const message = `Orders that have not left, and parcels that have just come back, account for ${least}, so fewer cannot be on hand. Count again, or cancel the orders that you cannot send.`;
  return refuse("conflict", "COUNT_BELOW_RESERVED", message, {
    fields: [{ field: "counted", rule: `>= ${least}`, message }],
  });
}
