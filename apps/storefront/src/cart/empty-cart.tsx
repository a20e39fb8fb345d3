"use client";
import { EmptyState } from "@tillstream/ui";
import ShoppingBag from "lucide-react/icons/shopping-bag";
import type { ReactNode } from "react";
import { useTabCart } from "./cart-provider.tsx";
import { CART_DAYS } from "./limits.ts";

export function EmptyCart({ action }: { action: ReactNode }) {
  const { person } = useTabCart();
  return (
    <EmptyState title="Your cart is empty" icon={<ShoppingBag size={22} aria-hidden="true" />} action={action}>
      {person === null
        ? `What you put in here is kept for ${CART_DAYS} days. Sign in to find it on all your devices.`
        : `What you put in here is kept for ${CART_DAYS} days in your account, on all your devices.`}
    </EmptyState>
  );
}
