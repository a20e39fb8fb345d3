/** Taking a parcel back: one command on the shipment. Payment, stock and order follow, each by itself. */
import { metadataOf, refuse } from "@tillstream/eventing";
import type { CommandContext } from "@tillstream/eventing";
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
export async function receiveReturn(context: CommandContext, { orderId, reason }: ReturnInput): Promise<ReturnAnswer> {
  return context.db.transaction(async (tx) => {
    const correlationId = await correlationOf(tx, orderId);
    if (correlationId === undefined) throw refuse("notFound", "ORDER_NOT_FOUND", `Order ${orderId} does not exist.`);
    await changeShipment(tx, orderId, { type: "receiveReturn", reason }, metadataOf(context, correlationId));
    return { orderId, shipmentId: shipmentIdOf(orderId) };
  });
}
