/**
 * What customer and merchant do with a return. Each is decided under the lock of its order, so that returns, refunds of parts and
 * the return of the whole parcel never pay for the same unit; the money follows as after any refund of lines.
 */
import { command, metadataOf, refuse } from "@tillstream/eventing";
import type { CommandContext, EventMetadata } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { assertCanTake, refundLines } from "../checkout/index.ts";
import { correlationOf, loadOrder, lockOrder, refundTargetOf } from "../order/index.ts";
import type { ShopFacts } from "../settings.ts";
import { lockShipment } from "../shipping/index.ts";
import { changeReturn, lockReturn, nextReturnId, numberOf, openReturns } from "./repository.ts";
import { assertReceivable, RETURN_NOT_FOUND } from "./return.ts";
import type { AnnouncedLine, ReceivedLine } from "./return.ts";
import { assertReturnable } from "./window.ts";

interface AboutReturn {
  readonly orderId: string;
  readonly returnId: string;
}

export interface WantedReturn {
  readonly orderId: string;
  readonly lines: readonly AnnouncedLine[];
  readonly to: "card" | "credit";
}

export interface ReturnAnswer extends AboutReturn {
  readonly status: "requested" | "withdrawn" | "received";
}

type ShopContext = CommandContext & { readonly shop: ShopFacts };

/** That the caller may decide about the order is checked before. */
export function requestReturn(
  context: ShopContext,
  wanted: WantedReturn,
): Promise<ReturnAnswer & { readonly number: string }> {
  const { orderId, lines, to } = wanted;
  return command(context, { scope: `orders.requestReturn/${orderId}`, input: { lines, to } }, async (tx) => {
    const metadata = await storyOf(context, tx, orderId);
    await lockOrder(tx, orderId);
    const cameBack = (await lockShipment(tx, orderId)) === "returned";
    const order = await loadOrder(tx, orderId);
    await assertReturnable(tx, order, cameBack, context.shop.returnDays);
    await assertCanTake(tx, order, to);
    const open = await openReturns(tx, orderId);
    const taken = [...order.refunds, ...open].flatMap((part) => part.lines);
    const returnId = await nextReturnId(tx, orderId);
    const request = { type: "request", returnId, orderId, lines, to, bought: order.lines, taken } as const;
    await changeReturn(tx, returnId, request, metadata);
    return { orderId, returnId, number: numberOf({ orderId, returnId }), status: "requested" };
  });
}

/** The customer's. That the caller may decide about the order is checked before. */
export function withdrawReturn(context: CommandContext, about: AboutReturn): Promise<ReturnAnswer> {
  const { orderId, returnId } = about;
  const spec = { scope: `orders.withdrawReturn/${orderId}`, input: { returnId } };
  return command(context, spec, (tx) => withdraw(context, tx, about, "customer"));
}

/** The merchant's, for one that does not come. Within the transaction of `context.db`. */
export function closeReturn(context: CommandContext, about: AboutReturn): Promise<ReturnAnswer> {
  return withdraw(context, context.db, about, "merchant");
}

async function withdraw(
  context: CommandContext,
  tx: SqlExecutor,
  { orderId, returnId }: AboutReturn,
  by: "customer" | "merchant",
): Promise<ReturnAnswer> {
  const metadata = await storyOf(context, tx, orderId);
  await lockOrder(tx, orderId);
  await assertOfOrder(tx, orderId, returnId);
  await changeReturn(tx, returnId, { type: "withdraw", by }, metadata);
  return { orderId, returnId, status: "withdrawn" };
}

export interface Receipt extends AboutReturn {
  readonly lines: readonly ReceivedLine[];
}

/** What came is refunded, to where its customer asked for it, or by card if they were erased since then. Within the transaction of `context.db`. */
export async function receiveReturnedLines(context: CommandContext, receipt: Receipt): Promise<ReturnAnswer> {
  const { db } = context;
  const { orderId, returnId, lines } = receipt;
  const metadata = await storyOf(context, db, orderId);
  await lockOrder(db, orderId);
  const announced = await lockReturn(db, orderId, returnId);
  assertReceivable(announced, lines);
  const reason = `Return ${numberOf(announced)}`;
  const to = await refundTargetOf(db, orderId, announced.to);
  const refundIds: string[] = [];
  for (const restock of [true, false]) {
    const part = lines.filter((line) => line.restock === restock).map(({ sku, quantity }) => ({ sku, quantity }));
    if (part.length === 0) continue;
    const refund = { orderId, lines: part, restock, to, reason };
    refundIds.push((await refundLines(context, refund)).refundId);
  }
  await changeReturn(db, returnId, { type: "receive", lines, refundIds }, metadata);
  return { orderId, returnId, status: "received" };
}

async function assertOfOrder(tx: SqlExecutor, orderId: string, returnId: string): Promise<void> {
  const state = await lockReturn(tx, orderId, returnId);
  if (state.status === "none") throw RETURN_NOT_FOUND;
}

async function storyOf(context: CommandContext, tx: SqlExecutor, orderId: string): Promise<EventMetadata> {
  const correlationId = await correlationOf(tx, orderId);
  if (correlationId === undefined) throw refuse("notFound", "ORDER_NOT_FOUND", `Order ${orderId} does not exist.`);
  return metadataOf(context, correlationId);
}
