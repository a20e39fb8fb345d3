"use client";
import { Button, Drawer, LinkButton } from "@tillstream/ui";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { CartLines } from "./cart-lines.tsx";
import { CartNotices } from "./cart-notices.tsx";
import { useCart } from "./cart-provider.tsx";
import { CartTotal } from "./cart-total.tsx";
import { CheckOutLink } from "./check-out-link.tsx";
import { EmptyCart } from "./empty-cart.tsx";
import { UnreadCart } from "./unread-cart.tsx";

interface CartDrawerProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The cart at the side of any page. It goes away when the page changes. */
export default function CartDrawer({ open, onClose }: CartDrawerProps) {
  const { cart } = useCart();
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
        (cart?.lines.length ?? 0) > 0 && (
          <div className="grid w-full gap-3">
            <div>
              <CartTotal className="text-lg" />
              <p className="text-sm text-muted">Delivery and tax are shown at checkout.</p>
            </div>
            <CheckOutLink />
            <LinkButton href="/cart" variant="ghost">
              See the whole cart
            </LinkButton>
          </div>
        )
      }
    >
      {cart === undefined ? (
        <UnreadCart />
      ) : (
        <>
          <CartNotices />
          {cart.lines.length === 0 ? (
            <EmptyCart action={<Button onClick={onClose}>Look around</Button>} />
          ) : (
            <CartLines compact />
          )}
        </>
      )}
    </Drawer>
  );
}
