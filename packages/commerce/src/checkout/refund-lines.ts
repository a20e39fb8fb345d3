/**
 * Pays back some units of an order. Here it is only decided, under the locks of the order and of its shipment, so that parts, a
 * cancellation and a return never give back the same money; the consumer `payment-refund` moves it.
 */
import { metadataOf, refuse } from "@tillstream/eventing";
import type { CommandContext } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { formatMoney, formatTime } from "../catalogue/index.ts";
import {
  changeOrder,
  correlationOf,
  loadOrder,
  moneyBackOf,
  lockOrder,
  orderStreamId,
  order as orderDecider,
  orderVersion,
  readOrderState,
  refundedInParts,
  RefundRequested,
} from "../order/index.ts";
import type { OrderForCheckout, PartRefund } from "../order/index.ts";
import { lockShipment } from "../shipping/index.ts";

export interface RefundOfLines extends Pick<PartRefund, "lines" | "restock" | "to"> {
  readonly orderId: string;
  readonly reason: string;
  /** In minor units, what the page showed as refunded in parts; at another sum nothing is refunded. */
  readonly expectedRefunded?: number | undefined;
}

export interface RefundQuote extends Pick<RefundAnswer, "amount"> {
  /** Of it, what goes to store credit where the card is chosen: the card paid no more. Null for nothing. */
  readonly creditPart: RefundAnswer["amount"] | null;
}

export interface RefundAnswer {
  readonly orderId: string;
  readonly refundId: string;
  readonly amount: { readonly amount: number; readonly currency: string };
  /** Of the order with the request in it. */
  readonly version: number;
}

/** What a refund of these units would pay back, by the very decision of it; refused as that would be. */
export async function quoteRefund(
  db: SqlExecutor,
  { orderId, lines }: Pick<RefundOfLines, "orderId" | "lines">,
): Promise<RefundQuote> {
  const state = await readOrderState(db, orderId);
  if (state === undefined) throw noSuchOrder(orderId);
  const { lines: bought, currency } = await loadOrder(db, orderId);
  const request = {
    type: "requestRefund",
    lines,
    bought,
    to: "card",
    restock: false,
    reason: "",
    cameBack: false,
  } as const;
  const [decided] = orderDecider.decide(request, state);
  if (decided?.type !== RefundRequested.type) throw new Error(`a refund of order ${orderId} decided nothing`);
  const { toCredit } = moneyBackOf(decided.data);
  const creditPart = toCredit === 0 ? null : { amount: toCredit, currency };
  return { amount: { amount: decided.data.amount, currency }, creditPart };
}

const noSuchOrder = (orderId: string) => refuse("notFound", "ORDER_NOT_FOUND", `Order ${orderId} does not exist.`);

/** Within the transaction of `context.db`. */
export async function refundLines(context: CommandContext, input: RefundOfLines): Promise<RefundAnswer> {
  const { db } = context;
  const { orderId, lines, restock, to, reason, expectedRefunded } = input;
  const correlationId = await correlationOf(db, orderId);
  if (correlationId === undefined) throw noSuchOrder(orderId);
  await lockOrder(db, orderId);
  const cameBack = (await lockShipment(db, orderId)) === "returned";
  const order = await loadOrder(db, orderId);
  if (expectedRefunded !== undefined && expectedRefunded !== refundedInParts(order))
    throw await refundedMeanwhile(db, order);
  await assertCanTake(db, order, to);
  const request = { type: "requestRefund", lines, restock, to, reason, bought: order.lines, cameBack } as const;
  await changeOrder(db, orderId, request, metadataOf(context, correlationId));
  const refund = (await loadOrder(db, orderId)).refunds.at(-1);
  if (refund === undefined) throw new Error(`the refund of order ${orderId} left no trace`);
  return {
    orderId,
    refundId: refund.refundId,
    amount: { amount: refund.amount, currency: order.currency },
    version: await orderVersion(db, orderId),
  };
}

/** Where the money of a part goes can take it. */
export async function assertCanTake(db: SqlExecutor, order: OrderForCheckout, to: PartRefund["to"]): Promise<void> {
  if (to === "card") {
    if (order.paymentMethod === "card") return;
    throw cannotTake("This order was paid with store credit, so its money goes back there.");
  }
  if (order.paymentMethod === "account") return;
  if (order.customerId === null) throw cannotTake("A guest has no store credit, so the money goes back to the card.");
  // An erasure that comes at the same time waits, or this one sees it.
  await db.query(sql`SELECT FROM customers WHERE id = ${order.customerId} FOR SHARE`);
  const erased = await db.query(sql`SELECT FROM erasures WHERE customer_id = ${order.customerId}`);
  if (erased.length > 0)
    throw cannotTake("The customer was erased, so nobody could spend the credit. Refund to the card.");
}

const cannotTake = (message: string) =>
  refuse("conflict", "REFUND_TARGET", message, { fields: [{ field: "to", rule: "what can take it", message }] });

async function refundedMeanwhile(db: SqlExecutor, order: OrderForCheckout) {
  const [last] = await db.query<{ at: Date; who: string | null; amount: number }>(sql`
    SELECT recorded_at AS at, (data ->> 'amount')::int AS amount,
           coalesce((SELECT name FROM auth_users WHERE id = substring(metadata ->> 'actor' FROM '^user:(.*)$')), metadata ->> 'actor') AS who
    FROM events WHERE stream_id = ${orderStreamId(order.orderId)} AND type = ${RefundRequested.type}
    ORDER BY version DESC LIMIT 1`);
  const sum = (amount: number) => formatMoney(amount, order.currency);
  const other =
    last === undefined ? "" : ` ${last.who ?? "Somebody"} refunded ${sum(last.amount)} at ${formatTime(last.at)}.`;
  const message = `Of this order ${sum(refundedInParts(order))} are refunded by now, which is not what you saw, so nothing was refunded.${other} Look again before you go on.`;
  return refuse("conflict", "REFUND_CHANGED", message, {
    fields: [{ field: "expectedRefunded", rule: `= ${refundedInParts(order)}`, message }],
  });
}
