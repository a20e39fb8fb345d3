/**
 * The shopper's command to cancel: the order decides under its lock, against shipping, and only one of them gets hold of
 * it. What follows is the saga's.
 */
import { fingerprintOf, isRefusal, refuse, RefusalError, runIdempotent } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { systemScheduler } from "@tillstream/runtime";
import { actorOf } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { changeOrder, correlationOf } from "./repository.ts";

export interface CancelAnswer {
  readonly orderId: string;
  /** The money is on its way back, the order not yet cancelled. */
  readonly status: "cancelling";
}

/** Whoever calls may read the order; that is checked before. */
export async function requestCancellation(
  ctx: Context & { readonly idempotencyKey: string },
  orderId: string,
): Promise<CancelAnswer | Refusal> {
  const answer = await runIdempotent<CancelAnswer>({
    db: ctx.db,
    cache: ctx.cache,
    scheduler: systemScheduler,
    command: { scope: `orders.cancel/${orderId}`, key: ctx.idempotencyKey, fingerprint: fingerprintOf({ orderId }) },
    async work(tx) {
      const correlationId = await correlationOf(tx, orderId);
      if (correlationId === undefined) return refuse("notFound", "ORDER_NOT_FOUND", "There is no such order.");
      const metadata = { correlationId, causationId: `command:${ctx.idempotencyKey}`, actor: actorOf(ctx) };
      try {
        await changeOrder(tx, orderId, { type: "requestCancellation" }, metadata);
      } catch (error) {
        if (error instanceof RefusalError) return error.refusal; // it has written nothing
        throw error;
      }
      return { orderId, status: "cancelling" };
    },
  });
  if (!isRefusal(answer)) ctx.hintOutbox();
  return answer;
}
