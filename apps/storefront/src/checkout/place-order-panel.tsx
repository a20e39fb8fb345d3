"use client";
/** What is ordered, what became of the last try, and the button. */
import type { Quote } from "@tillstream/commerce";
import { Banner, Button, ErrorPanel, formatMoney } from "@tillstream/ui";
import type { Cart } from "../cart/cart.ts";
import { PriceChangeNotice } from "../cart/price-change-notice.tsx";
import { priceChanges } from "../cart/price-changes.ts";
import { failureOf } from "../shop/failure.ts";
import { Review } from "./review.tsx";

export interface PlaceOrderPanelProps {
  readonly cart: Cart;
  readonly quote: { readonly data?: Quote | undefined; readonly isError: boolean; readonly refetch: () => unknown };
  readonly order: { readonly error: unknown; readonly isPending: boolean };
  /** An order was sent and nobody knows what became of it. */
  readonly unsettled: boolean;
}

export function PlaceOrderPanel({ cart, quote, order, unsettled }: PlaceOrderPanelProps) {
  const total = quote.data?.total;
  const toAccept = quote.data !== undefined && priceChanges(cart, quote.data).length > 0;
  return (
    <aside className="min-w-0 rounded-lg bg-sunken p-6 lg:sticky lg:top-28">
      <Review quote={quote} />
      <PriceChangeNotice cart={cart} quote={quote.data} />
      {unsettled && !order.isPending ? <Unsettled /> : <Refused error={order.error} />}
      <Button
        type="submit"
        variant="primary"
        size="lg"
        className="mt-6 w-full"
        loading={order.isPending}
        disabled={!unsettled && (total === undefined || toAccept)}
      >
        {unsettled ? "Ask what became of it" : `Place order${total === undefined ? "" : ` · ${formatMoney(total)}`}`}
      </Button>
      <p className="mt-3 text-sm text-muted">You are charged once, when we confirm the order.</p>
    </aside>
  );
}

function Unsettled() {
  return (
    <Banner tone="waiting" role="alert" title="We do not know yet whether your order went through" className="mt-5">
      The answer got lost on its way. Ask again: you will not be charged twice. What you typed is kept, and can be
      changed once we know.
    </Banner>
  );
}

const TITLES: Readonly<Record<string, string>> = {
  PRICE_CHANGED: "A price has changed",
  UNKNOWN_SKU: "Something in your cart is no longer sold",
};

function Refused({ error }: { error: unknown }) {
  if (error === null) return null;
  const { reason, message, correlationId } = failureOf(error);
  return (
    <ErrorPanel
      className="mt-5"
      title={TITLES[reason] ?? "The order could not be placed"}
      cause={message}
      correlationId={correlationId}
    >
      {reason === "PRICE_CHANGED"
        ? "Look at the new prices above and accept them to go on."
        : "Nothing was ordered; what you typed is kept."}
    </ErrorPanel>
  );
}
