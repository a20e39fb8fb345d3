/**
 * Paying with store credit: the account is ours, so every part is a record in the step's own transaction. The amount is
 * reserved first and taken at the confirmation; undoing releases what was reserved, or refunds what was taken.
 */
import { executeIn } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { accountAggregate } from "../account/index.ts";
import type { AccountCommand } from "../account/index.ts";
import { refundedInParts } from "../order/index.ts";
import type { OrderForCheckout, PartRefund } from "../order/index.ts";
import { changeWithin } from "./order-change.ts";
import type { ChangeContext } from "./order-change.ts";

/** One hold for each order. */
const holdIdOf = ({ orderId }: OrderForCheckout) => `hold-${orderId}`;

async function command(
  tx: SqlExecutor,
  context: ChangeContext,
  { customerId }: OrderForCheckout,
  accountCommand: AccountCommand,
): Promise<readonly string[]> {
  const { events } = await executeIn(tx, accountAggregate, customerId ?? "", accountCommand, context.metadata);
  return events.map((event) => event.type);
}

export async function holdCredit(tx: SqlExecutor, context: ChangeContext, order: OrderForCheckout): Promise<void> {
  const { orderId, total: amount, currency } = order;
  const holdId = holdIdOf(order);
  await command(tx, context, order, { type: "placeHold", holdId, orderId, amount, currency });
  await changeWithin(tx, context, { type: "recordAuthorization", chargeId: holdId });
}

export async function captureCredit(tx: SqlExecutor, context: ChangeContext, order: OrderForCheckout): Promise<void> {
  await command(tx, context, order, { type: "captureHold", holdId: holdIdOf(order) });
  await changeWithin(tx, context, { type: "recordPayment", chargeId: holdIdOf(order) });
}

export async function undoCredit(tx: SqlExecutor, context: ChangeContext, order: OrderForCheckout): Promise<void> {
  const inParts = refundedInParts(order);
  const events = await command(tx, context, order, { type: "undoHold", holdId: holdIdOf(order), inParts });
  if (events.includes("HoldReleased")) await changeWithin(tx, context, { type: "recordVoid" });
  if (events.includes("CreditRefunded") || (order.paymentStatus === "captured" && inParts === order.total))
    await changeWithin(tx, context, { type: "recordRefund", refundId: holdIdOf(order) });
}

/** Some units of an order, however it was paid, to the account, which is opened for it if need be. Resolves to the account. */
export async function creditPart(
  tx: SqlExecutor,
  context: ChangeContext,
  order: OrderForCheckout,
  { refundId, amount }: Pick<PartRefund, "refundId" | "amount">,
): Promise<string> {
  const { orderId, currency, customerId } = order;
  if (customerId === null) throw new Error(`order ${orderId} is a guest's, who has no store credit`);
  await command(tx, context, order, { type: "open", accountId: customerId, currency });
  await command(tx, context, order, { type: "creditRefund", refundId, orderId, amount, currency });
  return accountAggregate.streamId(customerId);
}
