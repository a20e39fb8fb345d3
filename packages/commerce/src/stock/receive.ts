/** The merchant's command, with who and why in the event. */
import { metadataOf, refuse } from "@tillstream/eventing";
import type { CommandContext } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { stockStreamId } from "./events.ts";
import { receiveStock } from "./stock.ts";
import { isItem } from "./view.ts";

/** Units of one item that a shelf holds. */
export const SHELF_MAX = 100_000_000;

export interface ReceiveInput {
  readonly sku: string;
  readonly quantity: number;
  readonly reason: string;
  /** How many receipts and counts of the item the caller saw; at another number nothing is taken in. */
  readonly expectedVersion?: number | undefined;
}

export interface ReceiveAnswer {
  readonly sku: string;
  readonly available: number;
  /** Of the item's stream. */
  readonly version: number;
}

const CHANGED = refuse(
  "conflict",
  "STOCK_CHANGED",
  "Something was received or counted for this item since you looked, so nothing was received now. Look at it again before you go on.",
);

export async function receive(
  context: CommandContext,
  { sku, quantity, reason, expectedVersion }: ReceiveInput,
): Promise<ReceiveAnswer> {
  return context.db.transaction(async (tx) => {
    await assertItem(tx, sku);
    const before = await lockShelf(tx, sku);
    if (expectedVersion !== undefined && expectedVersion !== before) throw CHANGED;
    const { available } = (await shelfState(tx, sku)) ?? { available: 0 };
    if (available + quantity > SHELF_MAX) throw tooMuch(available);
    await receiveStock(tx, [{ sku, quantity }], { reason, metadata: metadataOf(context) });
    return { sku, version: before + 1, available: 0, ...(await shelfState(tx, sku)) };
  });
}

function tooMuch(available: number) {
  const message = `at most ${SHELF_MAX - available} more: ${available} are there, and a shelf holds ${SHELF_MAX}`;
  return refuse("invalid", "INVALID_INPUT", `quantity: ${message}`, {
    fields: [{ field: "quantity", rule: `<= ${SHELF_MAX - available}`, message }],
  });
}

/** Undefined for an item that was never stocked. */
export async function shelfState(db: SqlExecutor, sku: string): Promise<{ available: number } | undefined> {
  const rows = await db.query<{ available: number }>(sql`SELECT available FROM stock WHERE sku = ${sku}`);
  return rows[0];
}

export async function assertItem(db: SqlExecutor, sku: string): Promise<void> {
  if (!(await isItem(db, sku))) throw refuse("notFound", "UNKNOWN_SKU", `Item ${sku} does not exist.`);
}

/** The version of the item's stream, which stays until the transaction ends. An item without a shelf yet has none to lock. */
export async function lockShelf(tx: SqlExecutor, sku: string): Promise<number> {
  await tx.query(sql`SELECT FROM stock WHERE sku = ${sku} FOR UPDATE`);
  const rows = await tx.query<{ version: number }>(sql`
    SELECT coalesce(max(version), 0)::int AS version FROM events WHERE stream_id = ${stockStreamId(sku)}`);
  return rows[0]?.version ?? 0;
}
