"use client";
/** For who was signed out: the cart that the page shows becomes a guest's too, and the page opens again for that guest. */
import type { CartPage } from "@tillstream/commerce";
import { Button } from "@tillstream/ui";
import { useState } from "react";
import { newKey } from "../shop/new-key.ts";
import { createCartCalls, type Failure } from "./cart-calls.ts";
import { useCart, useTabCart } from "./cart-provider.tsx";
import { wasSent } from "./order-sent.ts";

export function GoOnAsGuest({ onGuest }: { readonly onGuest?: (() => void) | undefined }) {
  const { cart } = useCart();
  const { person } = useTabCart();
  const [state, setState] = useState<{ isSending: boolean; failure?: Failure | undefined }>({ isSending: false });
  if (cart === undefined || cart.lines.length === 0 || cart.status !== "open") return null;
  if (wasSent(person, cart.cartId)) return null;
  async function go(shown: CartPage): Promise<void> {
    setState({ isSending: true });
    const failure = await fillGuestCart(shown);
    if (failure !== undefined) return setState({ isSending: false, failure });
    onGuest?.();
    location.reload();
  }
  return (
    <>
      <Button size="sm" loading={state.isSending} onClick={() => void go(cart)}>
        Go on as a guest
      </Button>
      {state.failure !== undefined && <p className="text-failed">{state.failure.message}</p>}
    </>
  );
}

/** Line by line, since the first makes the cart. What is not sold any more stays behind; a price that was not accepted is still to be. */
async function fillGuestCart({ lines, problems }: CartPage): Promise<Failure | undefined> {
  const guest = createCartCalls(null);
  for (const { sku, quantity, slug, unitPrice } of lines) {
    if (slug === null) continue;
    const changed = problems.find((problem) => problem.sku === sku && problem.kind === "PRICE_CHANGED");
    const { amount } = changed?.kind === "PRICE_CHANGED" ? changed.before : unitPrice;
    const answer = await guest.change(
      { path: "cart.setQuantity", input: { sku, quantity, seenPrice: amount } },
      newKey(),
    );
    if (!answer.ok) return answer.failure;
  }
  return undefined;
}
