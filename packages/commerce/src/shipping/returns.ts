/** Taking a parcel back: one command on the shipment. Payment, stock and order follow, each by itself. */
import { refuse, RefusalError } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { actorOf } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { correlationOf } from "../order/index.ts";
import { changeShipment } from "./repository.ts";
import { shipmentIdOf } from "./shipment.ts";

export interface ReturnInput {
  readonly orderId: string;
  readonly reason: string;
}

export interface ReturnAnswer {
  readonly orderId: string;
  readonly shipmentId: string;
}

/** Harmless when repeated: the shipment knows whether it has come back. */
export async function receiveReturn(
  ctx: Context & { readonly idempotencyKey: string },
  { orderId, reason }: ReturnInput,
): Promise<ReturnAnswer | Refusal> {
  try {
    return await ctx.db.transaction(async (tx) => {
      const correlationId = await correlationOf(tx, orderId);
      if (correlationId === undefined) return refuse("notFound", "ORDER_NOT_FOUND", `There is no order ${orderId}.`);
      const metadata = { correlationId, causationId: `command:${ctx.idempotencyKey}`, actor: actorOf(ctx) };
      await changeShipment(tx, orderId, { type: "receiveReturn", reason }, metadata);
      return { orderId, shipmentId: shipmentIdOf(orderId) };
    });
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal; // it has written nothing
    throw error;
  }
}
