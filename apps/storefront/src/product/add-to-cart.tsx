"use client";
/** How many, and into the cart. What was added is shown in the cart's drawer. */
import { Button, Money, QuantityStepper } from "@tillstream/ui";
import type { MoneyValue } from "@tillstream/ui";
import { useState } from "react";
import { openCart } from "../cart/cart-drawer-state.ts";
import { addToCart, useCart } from "../cart/cart-store.ts";
import { LINES_MAX, QUANTITY_MAX } from "../cart/cart-lines.ts";

interface AddToCartProps {
  item: { sku: string; slug: string; name: string; image: string; price: MoneyValue };
}

export function AddToCart({ item }: AddToCartProps) {
  const [quantity, setQuantity] = useState(1);
  const { lines } = useCart();
  const isFull = lines.length >= LINES_MAX && !lines.some(({ sku }) => sku === item.sku);
  const { price, ...rest } = item;
  const add = () => {
    addToCart({ ...rest, quantity, seenPrice: price });
    setQuantity(1);
    openCart();
  };
  return (
    <div className="sticky bottom-0 z-20 -mx-5 border-t border-line bg-canvas px-5 py-3 md:static md:mx-0 md:border-0 md:p-0">
      {isFull && <p className="mb-2 text-sm text-failed">A cart holds {LINES_MAX} different things. Order these first.</p>}
      <div className="flex gap-3">
        <QuantityStepper label={item.name} value={quantity} onChange={setQuantity} max={QUANTITY_MAX} />
        <Button variant="primary" className="flex-1" disabled={isFull} onClick={add}>
          Add to cart
          <Money value={{ ...price, amount: price.amount * quantity }} className="opacity-80" />
        </Button>
      </div>
    </div>
  );
}
