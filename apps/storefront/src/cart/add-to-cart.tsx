"use client";
/** Puts the chosen variant in the cart; on a phone the button stays at the lower edge. */
import { Button, QuantityStepper } from "@tillstream/ui";
import { useState } from "react";
import { addLine } from "./cart.ts";
import { QUANTITY_MAX } from "./limits.ts";
import { openCart } from "./open-cart.ts";
import { updateCart } from "./use-cart.ts";

export interface AddToCartProps {
  readonly sku: string;
  readonly name: string;
  readonly available: "in" | "low" | "out";
}

export function AddToCart({ sku, name, available }: AddToCartProps) {
  const [quantity, setQuantity] = useState(1);
  if (available === "out") {
    return (
      <p className="mt-8 rounded-md bg-sunken p-4 text-ink-soft">
        This one is sold out for now. Another variant may still be here.
      </p>
    );
  }
  return (
    <div className="sticky bottom-0 z-20 -mx-5 mt-8 flex items-center gap-3 border-t border-line bg-canvas px-5 py-3 md:static md:mx-0 md:border-0 md:p-0">
      <QuantityStepper of={name} value={quantity} onChange={setQuantity} max={QUANTITY_MAX} />
      <Button
        variant="primary"
        size="lg"
        className="flex-1 md:flex-none md:px-10"
        onClick={() => {
          updateCart((cart) => addLine(cart, { sku, quantity }));
          openCart();
        }}
      >
        Add to cart
      </Button>
    </div>
  );
}
