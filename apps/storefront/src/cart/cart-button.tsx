"use client";
/** The cart in the header: how many items, and the drawer on a click. Without scripts it is a link to the cart. */
import { CountDot, Link } from "@tillstream/ui";
import ShoppingBag from "lucide-react/icons/shopping-bag";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { itemCount } from "./cart.ts";
import { onCartOpened } from "./open-cart.ts";
import { useCart } from "./use-cart.ts";

const CartDrawer = dynamic(() => import("./cart-drawer.tsx"), { ssr: false });

export function CartButton() {
  const cart = useCart();
  const [state, setState] = useState<"unloaded" | "open" | "closed">("unloaded");
  useEffect(() => onCartOpened(() => setState("open")), []);
  const count = itemCount(cart ?? []);
  return (
    <>
      <Link
        href="/cart"
        aria-label={count === 1 ? "Cart, 1 item" : `Cart, ${count} items`}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          setState("open");
        }}
        className="relative grid size-control place-items-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <ShoppingBag size={20} aria-hidden="true" />
        {count > 0 && <CountDot count={count} />}
      </Link>
      {state !== "unloaded" && <CartDrawer open={state === "open"} onClose={() => setState("closed")} />}
    </>
  );
}
