"use client";
/** Puts the chosen variant in the cart; on a phone the button stays at the lower edge. Without scripts it is a form, and leads to the cart. */
import { Button, QuantityStepper } from "@tillstream/ui";
import { useState } from "react";
import type { ReactNode } from "react";
import { useCartStore } from "./cart-provider.tsx";
import { QUANTITY_MAX } from "./limits.ts";
import { openCart } from "./open-cart.ts";
import type { NewLine } from "./pending.ts";

export interface AddToCartProps {
  readonly sku: string;
  /** As the page shows it: the price is the one that was seen. */
  readonly line: NewLine;
  /** In sight beside the button on a phone, where the page's own has scrolled away. */
  readonly price: ReactNode;
}

export function AddToCart({ sku, line, price }: AddToCartProps) {
  const store = useCartStore();
  const [quantity, setQuantity] = useState(1);
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        store.add([{ sku, quantity, ...line }]);
        openCart();
      }}
      className="sticky bottom-0 z-20 -mx-5 mt-8 flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-canvas px-5 py-3 md:static md:mx-0 md:border-0 md:p-0"
    >
      <input type="hidden" name="sku" value={sku} />
      <input type="hidden" name="price" value={line.price} />
      <span className="mr-auto text-lg md:hidden">{price}</span>
      <QuantityStepper name="quantity" of={line.name} value={quantity} onChange={setQuantity} max={QUANTITY_MAX} />
      <Button
        type="submit"
        formAction="/api/forms/cart"
        // The second click of a double click adds nothing. By `onClick` the button would wait for the page's code.
        onClickCapture={(event) => event.detail > 1 && event.preventDefault()}
        variant="primary"
        size="lg"
        className="flex-1 px-3 shop:px-3 md:flex-none md:shop:px-10"
      >
        Add to cart
      </Button>
    </form>
  );
}
