"use client";
import type { Quote } from "@tillstream/commerce";
import { Banner, Button, Money } from "@tillstream/ui";
import type { Cart } from "./cart.ts";
import { acceptPrices, priceChanges } from "./price-changes.ts";
import { updateCart } from "./use-cart.ts";

/** Each price that changed since the shopper went on with it, and the button that accepts the new ones. */
export function PriceChangeNotice({ cart, quote }: { cart: Cart; quote: Quote | undefined }) {
  if (quote === undefined) return null;
  const changes = priceChanges(cart, quote);
  if (changes.length === 0) return null;
  return (
    <Banner
      tone="waiting"
      role="status"
      title={changes.length === 1 ? "A price has changed" : `${changes.length} prices have changed`}
      className="my-4"
      actions={
        <Button size="sm" onClick={() => updateCart((current) => acceptPrices(current, quote))}>
          Accept
        </Button>
      }
    >
      <ul>
        {changes.map(({ sku, name, before, now }) => (
          <li key={sku}>
            {name}: <Money value={before} /> before, now <Money value={now} />
          </li>
        ))}
      </ul>
    </Banner>
  );
}
