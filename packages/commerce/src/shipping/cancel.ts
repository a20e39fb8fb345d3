/**
 * The command to cancel a confirmed order, the shopper's or the merchant's. It is decided under the locks of the order
 * and of its shipment, against shipping: a parcel that has its label has left, any other is not sent any more. What
 * follows is the saga's.
 */
import { command, metadataOf, refuse } from "@tillstream/eventing";
import type { CommandContext, EventMetadata } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import {
  changeOrder,
  correlationOf,
  HELD_BY_OPERATOR,
  liftAttention,
  lockOrder,
  orderVersion,
  SHIPPING_FAILED,
} from "../order/index.ts";
import { changeShipment, hasLeft, lockShipment } from "./repository.ts";

export interface CancelAnswer {
  readonly orderId: string;
  /** The money is on its way back, the order not yet cancelled. */
  readonly status: "cancelling";
  /** Of the order with the request in it. */
  readonly version: number;
}

interface Request {
  readonly by: "customer" | "merchant";
  readonly reason: string;
}

const ASKED_BY_CUSTOMER: Request = { by: "customer", reason: "The customer cancelled the order before it left." };

/** The shopper's. That the caller may decide about the order is checked before. */
export function requestCancellation(context: CommandContext, orderId: string): Promise<CancelAnswer> {
  const spec = { scope: `orders.cancel/${orderId}`, input: { orderId } };
  return command(context, spec, (tx) => cancel(context, tx, orderId, ASKED_BY_CUSTOMER));
}

export function cancelForMerchant(
  context: CommandContext,
  { orderId, reason }: { readonly orderId: string; readonly reason: string },
): Promise<CancelAnswer> {
  return context.db.transaction((tx) => cancel(context, tx, orderId, { by: "merchant", reason }));
}

async function cancel(
  context: CommandContext,
  tx: SqlExecutor,
  orderId: string,
  request: Request,
): Promise<CancelAnswer> {
  const correlationId = await correlationOf(tx, orderId);
  if (correlationId === undefined) throw refuse("notFound", "ORDER_NOT_FOUND", "This order does not exist.");
  await cancelWithin(tx, orderId, request, metadataOf(context, correlationId));
  return { orderId, status: "cancelling", version: await orderVersion(tx, orderId) };
}

async function cancelWithin(
  tx: SqlExecutor,
  orderId: string,
  request: Request,
  metadata: EventMetadata,
): Promise<void> {
  const holder = await lockOrder(tx, orderId);
  const nothingHasLeft = !hasLeft(await lockShipment(tx, orderId));
  await changeOrder(tx, orderId, { type: "requestCancellation", ...request, nothingHasLeft }, metadata);
  // Shipping may be asking for the label at this moment, or its dead letter may be waiting to: neither finds the shipment any more.
  if (holder === "shipping") await changeShipment(tx, orderId, { type: "cancel" }, metadata);
  if (request.by === "customer") return;
  const answered = { codes: [SHIPPING_FAILED, HELD_BY_OPERATOR], note: request.reason };
  await liftAttention(tx, orderId, answered, metadata);
}
