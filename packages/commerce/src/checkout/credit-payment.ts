/**
 * Paying with store credit: the account is ours, so every part is a record in the step's own transaction. The amount is
 * reserved first and taken at the confirmation; undoing releases what was reserved, or refunds what was taken.
 */
import { executeIn } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { accountAggregate } from "../account/index.ts";
import type { AccountCommand } from "../account/index.ts";
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
  const events = await command(tx, context, order, { type: "undoHold", holdId: holdIdOf(order) });
  if (events.includes("HoldReleased")) await changeWithin(tx, context, { type: "recordVoid" });
  if (events.includes("CreditRefunded"))
    await changeWithin(tx, context, { type: "recordRefund", refundId: holdIdOf(order) });
}
