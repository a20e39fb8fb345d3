"use client";
/** The way from the cart to the checkout, open once nothing prevents ordering what is in it. */
import { Button, cn, LinkButton } from "@tillstream/ui";
import { useCart } from "./cart-provider.tsx";

export function CheckOutLink({ className }: { className?: string }) {
  const { cart } = useCart();
  if (cart === undefined || cart.problems.length === 0)
    return (
      <LinkButton href="/checkout" variant="primary" size="lg" className={className}>
        Check out
      </LinkButton>
    );
  return (
    <div className={cn("grid gap-2", className)}>
      <Button variant="primary" size="lg" disabled>
        Check out
      </Button>
      <p className="text-sm text-ink-soft">Settle what is marked in your cart first.</p>
    </div>
  );
}
