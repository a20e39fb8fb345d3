/** An order that a person has to decide about: holding it, and letting it go on. */
import { metadataOf, refuse } from "@tillstream/eventing";
import type { CommandContext, EventMetadata } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { changeOrder, correlationOf } from "./repository.ts";

/** A member of staff asked for it. */
export const HELD_BY_OPERATOR = "HELD_BY_OPERATOR";

export type AttentionCommand =
  | { readonly type: "flagAttention"; readonly code: string; readonly message: string }
  | { readonly type: "resolveAttention"; readonly note: string; readonly codes?: readonly string[] | undefined };

/** Removes these questions from the order, if it waits for them: questions from other parts stay. */
export async function liftAttention(
  tx: SqlExecutor,
  orderId: string,
  { codes, note }: { readonly codes: readonly string[]; readonly note: string },
  metadata: EventMetadata,
): Promise<void> {
  await changeOrder(tx, orderId, { type: "resolveAttention", codes, note }, metadata);
}

/** Harmless when repeated: the order knows whether it waits. */
export async function changeAttention(
  context: CommandContext,
  orderId: string,
  command: AttentionCommand,
): Promise<{ orderId: string; version: number }> {
  return context.db.transaction(async (tx) => {
    const correlationId = await correlationOf(tx, orderId);
    if (correlationId === undefined) throw refuse("notFound", "ORDER_NOT_FOUND", `Order ${orderId} does not exist.`);
    return { orderId, version: await changeOrder(tx, orderId, command, metadataOf(context, correlationId)) };
  });
}
