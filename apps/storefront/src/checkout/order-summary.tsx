"use client";
/** What is about to be ordered, and its whole price. */
import { Button, cn, formatMoney, Money, TextLink } from "@tillstream/ui";
import ChevronDown from "lucide-react/icons/chevron-down";
import { useEffect, useRef, useState } from "react";
import { useCart } from "../cart/cart-provider.tsx";
import { LineProblem } from "../cart/line-problem.tsx";
import { pieces } from "../cart/pending.ts";
import { PaidParts } from "../order/paid-parts.tsx";
import { PriceRows } from "../order/price-rows.tsx";
import { DiscountCode } from "./discount-code.tsx";
import type { QuoteNow } from "./use-quote.ts";

interface OrderSummaryProps {
  readonly pricing: QuoteNow;
  readonly discountCode: string;
  /** Minor units that store credit pays beside the card. */
  readonly creditPart: number | undefined;
  readonly isFrozen: boolean;
  readonly onDiscountCode: (code: string) => void;
}

/** Beside the steps of a wide page. */
export function OrderSummary(props: OrderSummaryProps) {
  return (
    <aside aria-label="Your order" className="sticky top-8 min-w-0 rounded-lg bg-sunken p-6">
      <Summary {...props} />
    </aside>
  );
}

/**
 * Above the steps of a narrow page, with the total always in sight. What has to be settled in it opens it by itself, in its place;
 * when its reader opens it, it is over what they were at.
 */
export function OrderSummaryBar(props: OrderSummaryProps) {
  const { cart } = useCart();
  const { quote, failure } = props.pricing;
  const [opened, setOpened] = useState<boolean>();
  const around = useRef<HTMLElement>(null);
  // What lies over the page goes away when its reader turns to a field.
  useEffect(() => {
    if (opened !== true) return;
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof Node && !around.current?.contains(target)) setOpened(undefined);
    };
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, [opened]);
  const codeFails = quote !== undefined && quote.discountProblem !== null;
  const isOpen = opened ?? ((cart?.problems.length ?? 0) > 0 || failure !== undefined || codeFails);
  const count = pieces(cart?.lines ?? []);
  const wide = "-mx-5 px-5 md:-mx-10 md:px-10";
  return (
    <aside ref={around} aria-label="Your order" className="contents">
      <div className={cn(wide, "sticky top-0 z-20 border-y border-line bg-sunken")}>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls="order-summary"
          onClick={() => setOpened(!isOpen)}
          className="flex min-h-14 w-full items-center justify-between gap-4"
        >
          <span className="flex items-center gap-2">
            {count === 1 ? "Your order, 1 item" : `Your order, ${count} items`}
            <ChevronDown size={18} aria-hidden="true" className={cn("transition-transform", isOpen && "rotate-180")} />
          </span>
          <span className="figures text-lg font-medium">{totalOf(props.pricing)}</span>
        </button>
      </div>
      <div
        id="order-summary"
        hidden={!isOpen}
        className={cn(
          wide,
          "mb-2 border-b border-line bg-sunken py-4",
          opened === true && "sticky top-14 z-20 max-h-[70dvh] overflow-y-auto",
        )}
      >
        {isOpen && <Summary {...props} />}
      </div>
    </aside>
  );
}

const totalOf = ({ quote }: QuoteNow): string => (quote === undefined ? "…" : formatMoney(quote.price.total));

function Summary({ pricing, discountCode, creditPart, isFrozen, onDiscountCode }: OrderSummaryProps) {
  const { cart } = useCart();
  const { quote, isCurrent, failure } = pricing;
  return (
    <>
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
        <div aria-busy={!isCurrent} className="mt-4">
          <PriceRows price={quote.price} />
        </div>
      )}
      <p
        aria-live="polite"
        className="mt-3 flex items-baseline justify-between border-t border-line-strong pt-3 text-lg font-medium"
      >
        <span>Total</span>
        <span data-testid="checkout-total" className={cn("figures", !isCurrent && "text-muted")}>
          {totalOf(pricing)}
        </span>
      </p>
      {quote !== undefined && creditPart !== undefined && creditPart < quote.price.total.amount && (
        <PaidParts creditPart={{ ...quote.price.total, amount: creditPart }} total={quote.price.total} />
      )}
    </>
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
