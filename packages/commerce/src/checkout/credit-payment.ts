/**
 * Paying with store credit, all of an order or a part beside a card: the account is ours, so everything is a record in the step's own
 * transaction. The amount is reserved first and taken at the confirmation; undoing releases what was reserved, or refunds what was
 * taken. The order records its one payment: beside a card that is the card's, and the account's history has the credit.
 */
import { executeIn } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { accountAggregate } from "../account/index.ts";
import type { AccountCommand } from "../account/index.ts";
import { moneyBackIn } from "../order/index.ts";
import type { OrderForCheckout } from "../order/index.ts";
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

const paysAll = ({ paymentMethod }: OrderForCheckout): boolean => paymentMethod === "account";

/** What store credit pays of the order. */
export const creditOf = (order: OrderForCheckout): number => (paysAll(order) ? order.total : order.creditPart);

export async function holdCredit(tx: SqlExecutor, context: ChangeContext, order: OrderForCheckout): Promise<void> {
  const { orderId, currency } = order;
  const holdId = holdIdOf(order);
  await command(tx, context, order, { type: "placeHold", holdId, orderId, amount: creditOf(order), currency });
  if (paysAll(order)) await changeWithin(tx, context, { type: "recordAuthorization", chargeId: holdId });
}

export async function captureCredit(tx: SqlExecutor, context: ChangeContext, order: OrderForCheckout): Promise<void> {
  await command(tx, context, order, { type: "captureHold", holdId: holdIdOf(order) });
  if (paysAll(order)) await changeWithin(tx, context, { type: "recordPayment", chargeId: holdIdOf(order) });
}

export async function undoCredit(tx: SqlExecutor, context: ChangeContext, order: OrderForCheckout): Promise<void> {
  const inParts = Math.min(creditOf(order), moneyBackIn(order.refunds).toCredit);
  const events = await command(tx, context, order, { type: "undoHold", holdId: holdIdOf(order), inParts });
  if (!paysAll(order)) return;
  if (events.includes("HoldReleased")) await changeWithin(tx, context, { type: "recordVoid" });
  if (events.includes("CreditRefunded") || (order.paymentStatus === "captured" && inParts === order.total))
    await changeWithin(tx, context, { type: "recordRefund", refundId: holdIdOf(order) });
}

/** Some units of an order, however it was paid, to the account, which is opened for it if need be. Resolves to the account. */
export async function creditPart(
  tx: SqlExecutor,
  context: ChangeContext,
  order: OrderForCheckout,
  refundId: string,
  amount: number,
): Promise<string> {
  const { orderId, currency, customerId } = order;
  if (customerId === null) throw new Error(`order ${orderId} is a guest's, who has no store credit`);
  await command(tx, context, order, { type: "open", accountId: customerId, currency });
  await command(tx, context, order, { type: "creditRefund", refundId, orderId, amount, currency });
  return accountAggregate.streamId(customerId);
}
