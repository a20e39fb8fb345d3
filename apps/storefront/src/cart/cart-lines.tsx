"use client";
/** The lines of the cart with their prices as the server says them, and what changed since they were put in. */
import type { Quote, QuotedLine } from "@tillstream/commerce";
import { Button, ErrorPanel, Link, Money, QuantityStepper, Skeleton, toast } from "@tillstream/ui";
import { insertLine, removeLine, setQuantity, type Cart, type CartLine } from "./cart.ts";
import { QUANTITY_MAX } from "./limits.ts";
import { PriceChangeNotice } from "./price-change-notice.tsx";
import { updateCart } from "./use-cart.ts";

export interface CartLinesProps {
  readonly cart: Cart;
  readonly quote: { readonly data?: Quote | undefined; readonly isError: boolean; readonly refetch: () => unknown };
  readonly compact?: boolean;
}

function remove(cart: Cart, line: CartLine, name: string): void {
  const index = cart.findIndex(({ sku }) => sku === line.sku);
  updateCart((current) => removeLine(current, line.sku));
  toast(`${name} was taken out`, {
    action: { label: "Undo", onClick: () => updateCart((current) => insertLine(current, line, index)) },
  });
}

export function CartLines({ cart, quote, compact = false }: CartLinesProps) {
  if (quote.isError && quote.data === undefined) {
    return (
      <ErrorPanel title="Prices could not be read" onRetry={() => quote.refetch()}>
        Your cart is kept as it is.
      </ErrorPanel>
    );
  }
  return (
    <div>
      <PriceChangeNotice cart={cart} quote={quote.data} />
      <ul className="divide-y divide-line">
        {cart.map((line) => (
          <li key={line.sku} className="py-5 first:pt-0">
            <Line cart={cart} line={line} quote={quote.data} compact={compact} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Line({
  cart,
  line,
  quote,
  compact,
}: {
  cart: Cart;
  line: CartLine;
  quote: Quote | undefined;
  compact: boolean;
}) {
  const quoted = quote?.lines.find(({ sku }) => sku === line.sku);
  if (quoted === undefined) {
    return quote?.unknownSkus.includes(line.sku) ? (
      <GoneLine cart={cart} line={line} />
    ) : (
      <Skeleton className="h-24 w-full" />
    );
  }
  const size = compact ? "w-20" : "w-24 md:w-28";
  return (
    <div className="flex gap-4">
      <img
        src={quoted.image}
        alt=""
        width={160}
        height={200}
        className={`${size} aspect-[4/5] shrink-0 self-start rounded-md bg-sunken object-cover`}
      />
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex items-baseline justify-between gap-3">
          <Link href={`/p/${quoted.slug}?sku=${quoted.sku}`} className="min-w-0 font-medium hover:underline">
            {quoted.name}
          </Link>
          <span className="figures shrink-0">
            <Money value={{ ...quoted.unitPrice, amount: quoted.unitPrice.amount * line.quantity }} />
          </span>
        </div>
        <p className="text-sm text-muted">
          <Money value={quoted.unitPrice} /> each
        </p>
        <StockNote quoted={quoted} wanted={line.quantity} />
        <div className="mt-auto flex items-center justify-between gap-3 pt-3">
          <QuantityStepper
            size="sm"
            of={quoted.name}
            value={line.quantity}
            max={QUANTITY_MAX}
            onChange={(quantity) => updateCart((current) => setQuantity(current, line.sku, quantity))}
          />
          <Button variant="ghost" size="sm" onClick={() => remove(cart, line, quoted.name)}>
            Remove
          </Button>
        </div>
      </div>
    </div>
  );
}

function StockNote({ quoted, wanted }: { quoted: QuotedLine; wanted: number }) {
  if (quoted.onlyLeft === null || quoted.onlyLeft >= wanted) return null;
  const { onlyLeft, sku } = quoted;
  if (onlyLeft === 0) return <p className="mt-1 text-sm text-failed">Sold out for now. Take it out to go on.</p>;
  return (
    <p className="mt-1 text-sm text-waiting">
      Only {onlyLeft} left.{" "}
      <button
        type="button"
        className="underline"
        onClick={() => updateCart((cart) => setQuantity(cart, sku, onlyLeft))}
      >
        Take {onlyLeft}
      </button>
    </p>
  );
}

function GoneLine({ cart, line }: { cart: Cart; line: CartLine }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <p className="text-failed">We do not sell {line.sku} any more.</p>
      <Button size="sm" onClick={() => remove(cart, line, line.sku)}>
        Remove
      </Button>
    </div>
  );
}
