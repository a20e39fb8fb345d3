/** An operator takes a difference as it is, such as a goodwill refund. Who, why and when stay with the finding. */
import { metadataOf, refuse } from "@tillstream/eventing";
import type { CommandContext } from "@tillstream/eventing";
import { correlationOf } from "../order/index.ts";
import { acceptWaiting } from "./findings.ts";
import { liftUnasked } from "./order-record.ts";

export interface AcceptInput {
  readonly findingId: number;
  readonly reason: string;
}

/** What the order was asked because of it is answered with it. */
export async function acceptFinding(
  context: CommandContext,
  { findingId, reason }: AcceptInput,
): Promise<{ findingId: string }> {
  const { db, actor } = context;
  await db.transaction(async (tx) => {
    const accepted = await acceptWaiting(tx, { findingId, actor, reason });
    if (accepted === undefined) {
      throw refuse("conflict", "FINDING_WAITS_FOR_NOBODY", "No difference of this number is open.");
    }
    const { orderId } = accepted;
    const correlationId = orderId === null ? undefined : await correlationOf(tx, orderId);
    if (orderId === null || correlationId === undefined) return; // an order that is not in our books
    await liftUnasked(tx, orderId, reason, metadataOf(context, correlationId));
  });
  return { findingId: String(findingId) };
}
