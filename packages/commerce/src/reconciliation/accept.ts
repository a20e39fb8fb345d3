/** An operator takes a difference as it is, such as a goodwill refund. Who, why and when stay with the finding. */
import { refuse } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { actorOf } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { correlationOf } from "../order/index.ts";
import { acceptWaiting } from "./findings.ts";
import { liftUnasked } from "./order-record.ts";

export interface AcceptInput {
  readonly findingId: number;
  readonly reason: string;
}

/** What the order was asked because of it is answered with it. */
export async function acceptFinding(
  ctx: Context,
  { findingId, reason }: AcceptInput,
): Promise<{ findingId: string } | Refusal> {
  const actor = actorOf(ctx);
  const refusal = await ctx.db.transaction(async (tx) => {
    const accepted = await acceptWaiting(tx, { findingId, actor, reason });
    if (accepted === undefined) {
      return refuse("conflict", "FINDING_WAITS_FOR_NOBODY", "No difference of this number waits for a person.");
    }
    const { orderId } = accepted;
    const correlationId = orderId === null ? undefined : await correlationOf(tx, orderId);
    if (orderId === null || correlationId === undefined) return undefined; // an order that is not in our books
    const causationId = `command:${ctx.correlationId}`;
    await liftUnasked(tx, orderId, reason, { correlationId, causationId, actor });
    return undefined;
  });
  if (refusal !== undefined) return refusal;
  return { findingId: String(findingId) };
}
