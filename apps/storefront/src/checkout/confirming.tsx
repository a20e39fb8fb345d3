"use client";
/** While an order is being confirmed: asks until its outcome is known, or long enough for its own page to take over. */
import { Spinner } from "@tillstream/ui";
import { useEffect, useEffectEvent } from "react";
import { useTabCart } from "../cart/cart-provider.tsx";
import type { OrderAccess } from "./use-ordering.ts";

const ASK_EVERY_MS = 300;
const PATIENCE_MS = 6_000;

export interface ConfirmingProps {
  readonly order: OrderAccess;
  /** Called once, with `pending` when it takes long. */
  readonly onOver: (order: OrderAccess, status: string) => void;
}

export function Confirming({ order, onOver }: ConfirmingProps) {
  const { calls } = useTabCart();
  const { orderId, accessToken } = order;
  const over = useEffectEvent((status: string) => onOver(order, status));
  useEffect(() => {
    let stopped = false;
    const end = performance.now() + PATIENCE_MS;
    async function ask(): Promise<void> {
      const answer = await calls.order({ orderId, accessToken });
      if (stopped) return;
      const status = answer.ok ? answer.data.status : "pending";
      if (status !== "pending" || performance.now() > end) over(status);
      else timer = setTimeout(() => void ask(), ASK_EVERY_MS);
    }
    let timer = setTimeout(() => void ask(), ASK_EVERY_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [calls, orderId, accessToken]);
  return (
    <p className="mt-6 flex min-h-control items-center justify-center gap-3 rounded-md bg-surface p-3 text-lg font-medium">
      <Spinner />
      Confirming your payment…
    </p>
  );
}
