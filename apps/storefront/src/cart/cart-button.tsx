"use client";
/** The cart in the header: how many items, and the drawer on a click. Without scripts it is a link to the cart. */
import { CountDot, Link, toast } from "@tillstream/ui";
import ShoppingBag from "lucide-react/icons/shopping-bag";
import dynamic from "next/dynamic";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { useCart, useTabCart } from "./cart-provider.tsx";
import { cameAlong } from "./came-along.ts";
import { onCartOpened, openCart } from "./open-cart.ts";
import { pieces } from "./pending.ts";

const CartDrawer = dynamic(() => import("./cart-drawer.tsx"), { ssr: false });

export function CartButton() {
  const { cart } = useCart();
  const [state, setState] = useState<"unloaded" | "open" | "closed">("unloaded");
  useEffect(() => onCartOpened(() => setState("open")), []);
  useNews();
  const count = pieces(cart?.lines ?? []);
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

/** What the cart has to say on pages that do not show it. The checkout, which has a header of its own, does. */
function useNews(): void {
  const { claimed, stranger } = useCart();
  const { person } = useTabCart();
  const router = useRouter();
  const path = usePathname();
  const tell = useEffectEvent((count: number) => {
    if (path === "/cart") return;
    toast(cameAlong(count), { action: { label: "See the cart", onClick: openCart } });
  });
  useEffect(() => {
    if (claimed.length > 0) tell(pieces(claimed));
  }, [claimed]);
  // A guest's page whose visitor signed in elsewhere is made again for them.
  const signedInElsewhere = stranger === "another" && person === null;
  useEffect(() => {
    if (signedInElsewhere) router.refresh();
  }, [signedInElsewhere, router]);
}
