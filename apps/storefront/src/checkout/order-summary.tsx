"use client";
/** What is about to be ordered and its whole price: beside the steps, or at 390 px a bar at the foot that opens. */
import { Button, cn, formatMoney, Money, TextLink } from "@tillstream/ui";
import ChevronUp from "lucide-react/icons/chevron-up";
import { useState } from "react";
import { useCart } from "../cart/cart-provider.tsx";
import { LineProblem } from "../cart/line-problem.tsx";
import { pieces } from "../cart/pending.ts";
import { PriceRows } from "../order/price-rows.tsx";
import { DiscountCode } from "./discount-code.tsx";
import type { QuoteNow } from "./use-quote.ts";

interface OrderSummaryProps {
  readonly pricing: QuoteNow;
  readonly discountCode: string;
  readonly isFrozen: boolean;
  readonly onDiscountCode: (code: string) => void;
}

export function OrderSummary({ pricing, discountCode, isFrozen, onDiscountCode }: OrderSummaryProps) {
  const { cart } = useCart();
  const { quote, isCurrent, failure } = pricing;
  const [opened, setOpened] = useState<boolean>();
  const codeFails = quote !== undefined && quote.discountProblem !== null;
  const asksFor = (cart?.problems.length ?? 0) > 0 || failure !== undefined || codeFails;
  const isOpen = opened ?? asksFor;
  const count = pieces(cart?.lines ?? []);
  const total = quote === undefined ? "…" : formatMoney(quote.price.total);
  return (
    <aside
      aria-label="Your order"
      className="sticky bottom-0 z-20 -mx-5 min-w-0 rounded-t-lg border-t border-line bg-sunken md:-mx-10 lg:top-8 lg:bottom-auto lg:mx-0 lg:rounded-lg lg:border-0"
    >
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls="order-summary"
        onClick={() => setOpened(!isOpen)}
        className="flex min-h-14 w-full items-center justify-between gap-4 px-5 md:px-10 lg:hidden"
      >
        <span className="flex items-center gap-2">
          <ChevronUp size={18} aria-hidden="true" className={cn("transition-transform", isOpen && "rotate-180")} />
          {count === 1 ? "Your order, 1 item" : `Your order, ${count} items`}
        </span>
        <span className="figures text-lg font-medium">{total}</span>
      </button>
      <div
        id="order-summary"
        className={cn(
          "max-h-[70dvh] overflow-y-auto px-5 pb-6 md:px-10 lg:max-h-none lg:p-6",
          !isOpen && "max-lg:hidden",
        )}
      >
        <div className="mb-2 flex items-baseline justify-between">
          <h2 className="heading text-2xl">Your order</h2>
          {cart?.status === "open" && <TextLink href="/cart">Change</TextLink>}
        </div>
        <Lines />
        <DiscountCode applied={discountCode} pricing={pricing} disabled={isFrozen} onChange={onDiscountCode} />
        {failure !== undefined && (
          <div role="alert" className="mt-4 text-failed">
            <p>The price could not be read. {failure.message}</p>
            <Button size="sm" className="mt-2" onClick={pricing.again}>
              Try again
            </Button>
          </div>
        )}
        {quote !== undefined && (
          <div aria-busy={!isCurrent} className={cn("mt-4 transition-opacity", !isCurrent && "opacity-60")}>
            <PriceRows price={quote.price} />
          </div>
        )}
        <p
          aria-live="polite"
          className="mt-3 flex items-baseline justify-between border-t border-line-strong pt-3 text-lg font-medium"
        >
          <span>Total</span>
          <span data-testid="checkout-total" className={cn("figures", !isCurrent && "text-muted")}>
            {total}
          </span>
        </p>
      </div>
    </aside>
  );
}

function Lines() {
  const { cart } = useCart();
  return (
    <ul className="divide-y divide-line">
      {cart?.lines.map((line) => (
        <li key={line.sku} tabIndex={-1} className="flex gap-3 py-3">
          {line.image !== null && (
            <img
              src={line.image}
              alt=""
              width={80}
              height={100}
              className="aspect-[4/5] w-12 shrink-0 self-start rounded-sm object-cover"
            />
          )}
          <div className="min-w-0 flex-1">
            <p className="leading-snug">{line.name}</p>
            <p className="text-sm text-muted">
              {line.quantity} {line.quantity === 1 ? "piece" : "pieces"}
            </p>
            <LineProblem line={line} removable />
          </div>
          {line.image !== null && (
            <span className="figures">
              <Money value={line.lineTotal} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
