/** The merchant's command: once for its key, with who and why in the event. */
import { fingerprintOf, isRefusal, refuse, runIdempotent } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { actorOf } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { stockStreamId } from "./events.ts";
import { receiveStock } from "./stock.ts";

export interface ReceiveInput {
  readonly sku: string;
  readonly quantity: number;
  readonly reason: string;
  /** How many receipts of the item the caller saw; at another number nothing is taken in. */
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
  "Something was received for this item since you looked, and nothing was taken in now. Look again before you go on.",
);

export async function receive(
  ctx: Context & { readonly idempotencyKey: string },
  input: ReceiveInput,
): Promise<ReceiveAnswer | Refusal> {
  const { sku, quantity, reason, expectedVersion } = input;
  const causationId = `command:${ctx.idempotencyKey}`;
  const metadata = { correlationId: ctx.correlationId, causationId, actor: actorOf(ctx) };
  const answer = await runIdempotent<ReceiveAnswer>({
    db: ctx.db,
    cache: ctx.cache,
    scheduler: systemScheduler,
    command: { scope: `stock.receive/${actorOf(ctx)}`, key: ctx.idempotencyKey, fingerprint: fingerprintOf(input) },
    async work(tx) {
      const known = await tx.query(sql`SELECT FROM product_variants WHERE sku = ${sku}`);
      if (known.length === 0) return refuse("notFound", "UNKNOWN_SKU", `There is no item ${sku}.`);
      const before = await lockReceipts(tx, sku);
      if (expectedVersion !== undefined && expectedVersion !== before) return CHANGED;
      await receiveStock(tx, [{ sku, quantity }], { reason, metadata });
      const rows = await tx.query<{ available: number }>(sql`SELECT available FROM stock WHERE sku = ${sku}`);
      return { sku, available: rows[0]?.available ?? 0, version: before + 1 };
    },
  });
  if (!isRefusal(answer)) ctx.hintOutbox();
  return answer;
}

/** The version of the item's stream, which stays until the transaction ends. An item without a shelf yet has none to lock. */
async function lockReceipts(tx: SqlExecutor, sku: string): Promise<number> {
  await tx.query(sql`SELECT FROM stock WHERE sku = ${sku} FOR UPDATE`);
  const rows = await tx.query<{ version: number }>(sql`
    SELECT coalesce(max(version), 0)::int AS version FROM events WHERE stream_id = ${stockStreamId(sku)}`);
  return rows[0]?.version ?? 0;
}
