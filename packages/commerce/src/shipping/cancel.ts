/**
 * The command to cancel a confirmed order, the shopper's or the merchant's. It is decided under the locks of the order
 * and of its shipment, against shipping: a parcel that has its label has left, any other is not sent any more. What
 * follows is the saga's.
 */
import { fingerprintOf, isRefusal, refuse, RefusalError, runIdempotent } from "@tillstream/eventing";
import type { EventMetadata, Refusal } from "@tillstream/eventing";
import { systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { actorOf } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import {
  changeOrder,
  correlationOf,
  HELD_BY_OPERATOR,
  liftAttention,
  lockOrder,
  orderVersion,
  SHIPPING_FAILED,
} from "../order/index.ts";
import { changeShipment, lockShipment } from "./repository.ts";

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

type CommandContext = Context & { readonly idempotencyKey: string };

/** The shopper's: whoever calls may decide about the order; that is checked before. */
export async function requestCancellation(ctx: CommandContext, orderId: string): Promise<CancelAnswer | Refusal> {
  const answer = await runIdempotent<CancelAnswer>({
    db: ctx.db,
    cache: ctx.cache,
    scheduler: systemScheduler,
    command: {
      scope: `orders.cancel/${orderId}`,
      key: ctx.idempotencyKey,
      fingerprint: fingerprintOf({ orderId }),
    },
    work: (tx) => cancel(ctx, tx, orderId, ASKED_BY_CUSTOMER),
  });
  if (!isRefusal(answer)) ctx.hintOutbox();
  return answer;
}

export function cancelForMerchant(
  ctx: CommandContext,
  { orderId, reason }: { readonly orderId: string; readonly reason: string },
): Promise<CancelAnswer | Refusal> {
  return ctx.db.transaction((tx) => cancel(ctx, tx, orderId, { by: "merchant", reason }));
}

async function cancel(
  ctx: CommandContext,
  tx: SqlExecutor,
  orderId: string,
  request: Request,
): Promise<CancelAnswer | Refusal> {
  const correlationId = await correlationOf(tx, orderId);
  if (correlationId === undefined) return refuse("notFound", "ORDER_NOT_FOUND", "There is no such order.");
  const metadata = { correlationId, causationId: `command:${ctx.idempotencyKey}`, actor: actorOf(ctx) };
  try {
    await cancelWithin(tx, orderId, request, metadata);
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal; // it has written nothing
    throw error;
  }
  return { orderId, status: "cancelling", version: await orderVersion(tx, orderId) };
}

async function cancelWithin(
  tx: SqlExecutor,
  orderId: string,
  request: Request,
  metadata: EventMetadata,
): Promise<void> {
  const holder = await lockOrder(tx, orderId);
  const shipment = await lockShipment(tx, orderId);
  const nothingHasLeft = shipment !== "created" && shipment !== "returned";
  await changeOrder(tx, orderId, { type: "requestCancellation", ...request, nothingHasLeft }, metadata);
  // Shipping may be asking for the label at this moment, or its letter wait to: neither finds the shipment any more.
  if (holder === "shipping") await changeShipment(tx, orderId, { type: "cancel" }, metadata);
  if (request.by === "customer") return;
  const answered = { codes: [SHIPPING_FAILED, HELD_BY_OPERATOR], note: request.reason };
  await liftAttention(tx, orderId, answered, metadata);
}
