"use client";
import { cn, Money } from "@tillstream/ui";
import { useCart } from "./cart-provider.tsx";

/** What the goods in the cart cost; lighter while the server has not said it yet. */
export function CartTotal({ className }: { className?: string }) {
  const { cart, saving } = useCart();
  return (
    <p className={cn("flex items-baseline justify-between", className)} aria-live="polite">
      <span>Goods</span>
      <span className={cn("figures font-medium", saving !== "saved" && "text-muted")}>
        {cart === undefined ? "…" : <Money value={cart.total} />}
      </span>
    </p>
  );
}
