"use client";
/** The checkout: the form, or what became of what was ordered here. */
import type { CartOrder } from "@tillstream/commerce";
import { Banner, EmptyState, LinkButton, TextLink } from "@tillstream/ui";
import PackageCheck from "lucide-react/icons/package-check";
import { CartNotices } from "../cart/cart-notices.tsx";
import { useCart } from "../cart/cart-provider.tsx";
import { EmptyCart } from "../cart/empty-cart.tsx";
import { UnreadCart } from "../cart/unread-cart.tsx";
import { CheckoutForm } from "./checkout-form.tsx";
import { orderPath } from "./use-ordering.ts";
import type { CheckoutViewProps } from "./checkout-view-props.ts";

export default function Checkout(props: CheckoutViewProps) {
  const { cart } = useCart();
  if (cart === undefined) return <UnreadCart />;
  const placed = cart.status === "open" && cart.lastOrder?.status !== "cancelled" ? cart.lastOrder : null;
  return (
    <CheckoutForm
      {...props}
      whenEmpty={placed === null ? <NothingToOrder /> : <OrderPlaced order={placed} />}
      notice={placed !== null && <EarlierOrder order={placed} />}
    />
  );
}

function NothingToOrder() {
  return (
    <>
      <CartNotices />
      <EmptyCart
        action={
          <LinkButton href="/products" variant="primary">
            See everything
          </LinkButton>
        }
      />
    </>
  );
}

function OrderPlaced({ order }: { order: CartOrder }) {
  return (
    <EmptyState
      title="Your order is placed"
      icon={<PackageCheck size={22} aria-hidden="true" />}
      action={
        <>
          <LinkButton href={orderPath(order)} variant="primary">
            See your order
          </LinkButton>
          <LinkButton href="/products">Keep looking</LinkButton>
        </>
      }
    >
      We have what was in your cart, and write to you about it.
    </EmptyState>
  );
}

/** An order of a guest who signed in and has other things in the account's cart. */
function EarlierOrder({ order }: { order: CartOrder }) {
  return (
    <Banner tone="done" className="mb-8" title="Your earlier order is placed">
      <TextLink href={orderPath(order)}>See your order</TextLink>. What is in your cart now is not part of it.
    </Banner>
  );
}
