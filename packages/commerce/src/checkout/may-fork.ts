/** Which runs about an order may go on in a fork: of the same order, and a checkout only while the order can still be confirmed. */
import { refuse } from "@tillstream/eventing";
import type { Fork } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { z } from "zod";
import { loadOrder } from "../order/index.ts";
import type { CheckoutInput } from "./order-change.ts";

export const forkInput = z.strictObject({ orderId: z.string() });

export async function mayForkCancellation(_tx: SqlExecutor, { subject, input }: Fork<CheckoutInput>): Promise<void> {
  if (input.orderId === subject) return;
  const message = `This run is about order ${subject}: leave the order as it is.`;
  throw refuse("invalid", "INVALID_INPUT", message, {
    fields: [{ field: "input.orderId", rule: "the order of the run", message }],
  });
}

export async function mayForkCheckout(tx: SqlExecutor, fork: Fork<CheckoutInput>): Promise<void> {
  await mayForkCancellation(tx, fork);
  const { status, paymentStatus } = await loadOrder(tx, fork.subject);
  if (status === "cancelled")
    throw refuse(
      "conflict",
      "ORDER_CANCELLED",
      "This order is cancelled. Place it again: its items are back in the cart.",
    );
  if (paymentStatus === "refunded" || paymentStatus === "voided")
    throw refuse(
      "conflict",
      "PAYMENT_UNDONE",
      "The payment of this order was given back. Retry the run, which cancels the order; then place it again.",
    );
}
