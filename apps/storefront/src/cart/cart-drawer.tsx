"use client";
import { Button, Drawer, LinkButton, Money } from "@tillstream/ui";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { ShopData } from "../shop/data.tsx";
import { CartLines } from "./cart-lines.tsx";
import { EmptyCart } from "./empty-cart.tsx";
import { useCart } from "./use-cart.ts";
import { useQuote } from "./use-quote.ts";

/** The cart at the side of any page. It goes away when the page changes. */
export default function CartDrawer(props: CartDrawerProps) {
  return (
    <ShopData>
      <CartPanel {...props} />
    </ShopData>
  );
}

interface CartDrawerProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

function CartPanel({ open, onClose }: CartDrawerProps) {
  const cart = useCart() ?? [];
  const quote = useQuote(cart);
  const path = usePathname();
  const openedOn = useRef(path);
  useEffect(() => {
    if (open && openedOn.current !== path) onClose();
    openedOn.current = path;
  }, [open, path, onClose]);
  return (
    <Drawer
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Your cart"
      footer={
        cart.length > 0 && (
          <div className="grid w-full gap-3">
            <p className="flex justify-between text-lg">
              <span>Total</span>
              <span className="figures font-medium" aria-live="polite">
                {quote.data ? <Money value={quote.data.total} /> : "…"}
              </span>
            </p>
            <LinkButton href="/checkout" variant="primary" size="lg">
              Check out
            </LinkButton>
            <LinkButton href="/cart" variant="ghost">
              See the whole cart
            </LinkButton>
          </div>
        )
      }
    >
      {cart.length === 0 ? (
        <EmptyCart action={<Button onClick={onClose}>Look around</Button>} />
      ) : (
        <CartLines cart={cart} quote={quote} compact />
      )}
    </Drawer>
  );
}
