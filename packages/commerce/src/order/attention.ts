/** An order that a person has to decide about: holding it, and letting it go on. */
import { refuse, RefusalError } from "@tillstream/eventing";
import type { EventMetadata, Refusal } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { actorOf } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { changeOrder, correlationOf, orderVersion } from "./repository.ts";

/** Somebody asked for it by hand. */
export const HELD_BY_OPERATOR = "HELD_BY_OPERATOR";

export type AttentionCommand =
  | { readonly type: "flagAttention"; readonly code: string; readonly message: string }
  | { readonly type: "resolveAttention"; readonly note: string; readonly codes?: readonly string[] | undefined };

/** Takes these questions off the order, if it waits for them: what somebody else asked stays asked. */
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
  ctx: Context,
  orderId: string,
  command: AttentionCommand,
): Promise<{ orderId: string; version: number } | Refusal> {
  try {
    return await ctx.db.transaction(async (tx) => {
      const correlationId = await correlationOf(tx, orderId);
      if (correlationId === undefined)
        throw new RefusalError(refuse("notFound", "ORDER_NOT_FOUND", `There is no order ${orderId}.`));
      const causationId = `command:${ctx.correlationId}`;
      await changeOrder(tx, orderId, command, { correlationId, causationId, actor: actorOf(ctx) });
      return { orderId, version: await orderVersion(tx, orderId) };
    });
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}
