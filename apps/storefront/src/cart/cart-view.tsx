"use client";
import { LinkButton } from "@tillstream/ui";
import { CartLines } from "./cart-lines.tsx";
import { CartNotices } from "./cart-notices.tsx";
import { useCart } from "./cart-provider.tsx";
import { CartTotal } from "./cart-total.tsx";
import { CheckOutLink } from "./check-out-link.tsx";
import { EmptyCart } from "./empty-cart.tsx";
import { UnreadCart } from "./unread-cart.tsx";

/** The whole cart, with its total. */
export function CartView() {
  const { cart } = useCart();
  if (cart === undefined) return <UnreadCart />;
  return (
    <>
      <CartNotices />
      {cart.lines.length === 0 ? (
        <EmptyCart
          action={
            <LinkButton href="/products" variant="primary">
              See everything
            </LinkButton>
          }
        />
      ) : (
        <FullCart />
      )}
    </>
  );
}

function FullCart() {
  return (
    <div className="grid items-start gap-10 lg:grid-cols-[1.6fr_1fr]">
      <CartLines />
      <aside className="rounded-lg bg-sunken p-6 lg:sticky lg:top-28">
        <CartTotal className="text-xl" />
        <p className="mt-1 text-sm text-muted">Delivery and tax are shown at checkout.</p>
        <CheckOutLink className="mt-5 w-full" />
        <LinkButton href="/products" variant="ghost" className="mt-2 w-full">
          Keep looking
        </LinkButton>
      </aside>
    </div>
  );
}
