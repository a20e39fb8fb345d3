/** The merchant's command: once for its key, with who and why in the event. */
import { fingerprintOf, isRefusal, refuse, runIdempotent } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import { actorOf } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { receiveStock } from "./stock.ts";

export interface ReceiveInput {
  readonly sku: string;
  readonly quantity: number;
  readonly reason: string;
}

export interface ReceiveAnswer {
  readonly sku: string;
  readonly available: number;
}

export async function receive(
  ctx: Context & { readonly idempotencyKey: string },
  input: ReceiveInput,
): Promise<ReceiveAnswer | Refusal> {
  const { sku, quantity, reason } = input;
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
      await receiveStock(tx, [{ sku, quantity }], { reason, metadata });
      const rows = await tx.query<{ available: number }>(sql`SELECT available FROM stock WHERE sku = ${sku}`);
      return { sku, available: rows[0]?.available ?? 0 };
    },
  });
  if (!isRefusal(answer)) ctx.hintOutbox();
  return answer;
}
