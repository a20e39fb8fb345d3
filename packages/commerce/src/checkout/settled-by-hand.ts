/**
 * What a person settled outside, in our own books: the order of a run that was declared resolved has an end like any
 * other. Money that is still at the gateway for it goes back by the reconciliation, since nothing is due any more.
 */
import { Refusal } from "@tillstream/eventing";
import type { OnResolved } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { reopenCart } from "../cart/index.ts";
import { liftAttention, loadCancelReason, loadOrder, SETTLED_BY_HAND } from "../order/index.ts";
import type { OrderForCheckout } from "../order/index.ts";
import { giveBackDiscount } from "../pricing/index.ts";
import { releaseStock } from "../stock/index.ts";
import { CANCELLATION_FAILED, COMPENSATION_FAILED } from "./attention.ts";
import { creditOf, undoCredit } from "./credit-payment.ts";
import { changeWithin } from "./order-change.ts";
import type { ChangeContext } from "./order-change.ts";

const NOT_UNDONE = {
  code: SETTLED_BY_HAND,
  message: "The checkout could not be undone automatically; a person settled it.",
};

/** Why the order is cancelled; undefined for a run that no order ends with. */
async function reasonOf(tx: SqlExecutor, name: string, orderId: string) {
  if (name === "checkout") return NOT_UNDONE;
  return name === "cancellation" ? loadCancelReason(tx, orderId) : undefined;
}

export const endOrderOfResolvedRun: OnResolved = async (tx, { name, subject: orderId }, metadata) => {
  const reason = await reasonOf(tx, name, orderId);
  if (reason === undefined) return;
  const context = { input: { orderId }, metadata };
  await undoCreditIfItCan(tx, context, await loadOrder(tx, orderId));
  await releaseStock(tx, orderId);
  await changeWithin(tx, context, { type: "recordRelease" });
  await changeWithin(tx, context, { type: "cancel", reason });
  if (name === "checkout") await reopenCart(tx, orderId);
  await giveBackDiscount(tx, orderId);
  const lifted = { codes: [COMPENSATION_FAILED, CANCELLATION_FAILED], note: "The run was declared resolved." };
  await liftAttention(tx, orderId, lifted, metadata);
};

/** What the account refuses is what the person settled. */
async function undoCreditIfItCan(tx: SqlExecutor, context: ChangeContext, order: OrderForCheckout): Promise<void> {
  if (creditOf(order) === 0) return;
  try {
    await undoCredit(tx, context, order);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
