"use client";
import { LinkButton, Money, Skeleton } from "@tillstream/ui";
import { CartLines } from "./cart-lines.tsx";
import { EmptyCart } from "./empty-cart.tsx";
import { useCart } from "./use-cart.ts";
import { useQuote } from "./use-quote.ts";

/** The whole cart, with its total. */
export function CartView() {
  const cart = useCart();
  const quote = useQuote(cart ?? []);
  if (cart === undefined) return <Skeleton className="h-64 w-full" />;
  if (cart.length === 0)
    return (
      <EmptyCart
        action={
          <LinkButton href="/products" variant="primary">
            See everything
          </LinkButton>
        }
      />
    );
  return (
    <div className="grid items-start gap-10 lg:grid-cols-[1.6fr_1fr]">
      <CartLines cart={cart} quote={quote} />
      <aside className="rounded-lg bg-sunken p-6 lg:sticky lg:top-28">
        <p className="flex items-baseline justify-between text-xl">
          <span>Total</span>
          <span className="figures font-medium" aria-live="polite">
            {quote.data ? <Money value={quote.data.total} /> : "…"}
          </span>
        </p>
        <p className="mt-1 text-sm text-muted">Delivery is on us.</p>
        <LinkButton href="/checkout" variant="primary" size="lg" className="mt-5 w-full">
          Check out
        </LinkButton>
        <LinkButton href="/products" variant="ghost" className="mt-2 w-full">
          Keep looking
        </LinkButton>
      </aside>
    </div>
  );
}
