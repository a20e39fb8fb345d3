"use client";
/** Sends the order under the key of its attempt, and goes to its page. A refusal is kept for the form to show. */
import { useMutation } from "@tanstack/react-query";
import type { Money } from "@tillstream/commerce";
import { useRouter } from "next/navigation";
import type { Cart } from "../cart/cart.ts";
import { updateCart } from "../cart/use-cart.ts";
import { useTRPCClient } from "../shop/trpc.ts";
import { attemptKey, endAttempt } from "./attempt.ts";
import { toCommand, type CheckoutFields } from "./fields.ts";
import { toPayment } from "./payment-methods.ts";

export interface OrderDraft {
  readonly cart: Cart;
  readonly fields: CheckoutFields;
  readonly expectedTotal: Money;
}

export function usePlaceOrder() {
  const client = useTRPCClient();
  const router = useRouter();
  return useMutation({
    mutationFn: ({ cart, fields, expectedTotal }: OrderDraft) => {
      const total = { amount: expectedTotal.amount, currency: "USD" as const };
      const input = {
        lines: [...cart],
        ...toCommand(fields),
        payment: toPayment(fields.payment),
        expectedTotal: total,
      };
      const idempotencyKey = attemptKey(sessionStorage, JSON.stringify(input), () => crypto.randomUUID());
      return client.checkout.placeOrder.mutate(input, { context: { idempotencyKey } });
    },
    onSuccess({ orderId, accessToken }) {
      router.push(`/orders/${orderId}?token=${accessToken}`);
      endAttempt(sessionStorage);
      updateCart(() => []);
    },
  });
}
