"use client";
/** Sends the order, or the one before whose answer got lost, and goes to its page. A refusal is kept for the form to show. */
import { useMutation } from "@tanstack/react-query";
import type { Money } from "@tillstream/commerce";
import { useRouter } from "next/navigation";
import type { Cart } from "../cart/cart.ts";
import { updateCart } from "../cart/use-cart.ts";
import { failureOf } from "../shop/failure.ts";
import { keptInTab } from "../shop/kept.ts";
import { newKey } from "../shop/new-key.ts";
import { useTRPCClient } from "../shop/trpc.ts";
import { beginAttempt, endAttempt } from "./attempt.ts";
import { toCommand, type CheckoutFields } from "./fields.ts";
import { toPayment } from "./payment-methods.ts";

export interface OrderDraft {
  readonly cart: Cart;
  readonly fields: CheckoutFields;
  readonly expectedTotal: Money;
}

function toInput({ cart, fields, expectedTotal }: OrderDraft) {
  const lines = cart.map(({ sku, quantity }) => ({ sku, quantity }));
  const total = { amount: expectedTotal.amount, currency: "USD" as const };
  return { lines, ...toCommand(fields), payment: toPayment(fields.payment), expectedTotal: total };
}

type Input = ReturnType<typeof toInput>;

/** Faults after which nobody can say whether the order was placed. */
export function isOutcomeUnknown(error: unknown): boolean {
  const { reason } = failureOf(error);
  return (
    reason === "UNREACHABLE" ||
    reason === "INTERNAL" ||
    reason === "IDEMPOTENCY_KEY_IN_PROGRESS" ||
    reason === "DATABASE_UNAVAILABLE"
  );
}

export function usePlaceOrder() {
  const client = useTRPCClient();
  const router = useRouter();
  return useMutation({
    async mutationFn(draft: OrderDraft) {
      const { key, input } = beginAttempt(keptInTab, JSON.stringify(toInput(draft)), newKey);
      try {
        const sent = JSON.parse(input) as Input; // written by `beginAttempt` from just such a value
        const placed = await client.checkout.placeOrder.mutate(sent, { context: { idempotencyKey: key } });
        endAttempt(keptInTab);
        return placed;
      } catch (error) {
        if (!isOutcomeUnknown(error)) endAttempt(keptInTab);
        throw error;
      }
    },
    onSuccess({ orderId, accessToken }) {
      router.push(`/orders/${orderId}?token=${accessToken}`);
      updateCart(() => []);
    },
  });
}
