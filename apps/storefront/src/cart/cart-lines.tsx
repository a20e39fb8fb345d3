"use client";
/** The lines of the cart with the server's prices, and what prevents ordering them. */
import type { CartPageLine } from "@tillstream/commerce";
import { Button, Link, Money, QuantityStepper, VisuallyHidden } from "@tillstream/ui";
import { useCart, useCartStore } from "./cart-provider.tsx";
import { LineProblem } from "./line-problem.tsx";
import { QUANTITY_MAX } from "./limits.ts";

export function CartLines({ compact = false }: { compact?: boolean }) {
  const { cart } = useCart();
  if (cart === undefined) return null;
  return (
    <ul className="divide-y divide-line">
      {cart.lines.map((line) => (
        <li key={line.sku} tabIndex={-1} className="py-5 outline-none first:pt-0">
          <Line line={line} compact={compact} frozen={cart.status === "ordered"} />
        </li>
      ))}
    </ul>
  );
}

interface LineProps {
  readonly line: CartPageLine;
  readonly compact: boolean;
  readonly frozen: boolean;
}

function Line({ line, compact, frozen }: LineProps) {
  const { sku, slug, name, image, quantity, unitPrice, lineTotal } = line;
  const store = useCartStore();
  const gone = image === null;
  return (
    <div className="flex gap-4">
      {image !== null && (
        <img
          src={image}
          alt=""
          width={160}
          height={200}
          className={`${compact ? "w-20" : "w-24 md:w-28"} aspect-[4/5] shrink-0 self-start rounded-md bg-sunken object-cover`}
        />
      )}
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex items-baseline justify-between gap-3">
          {slug === null ? (
            <span className="min-w-0 font-medium">{name}</span>
          ) : (
            <Link href={`/p/${slug}?sku=${sku}`} className="min-w-0 font-medium hover:underline">
              {name}
            </Link>
          )}
          {!gone && (
            <span className="figures shrink-0">
              <Money value={lineTotal} />
            </span>
          )}
        </div>
        {!gone && (
          <p className="text-sm text-muted">
            <Money value={unitPrice} /> each
          </p>
        )}
        <LineProblem line={line} />
        <div className="mt-auto flex items-center justify-between gap-3 pt-3">
          {gone ? (
            <span />
          ) : (
            <QuantityStepper
              size="sm"
              of={name}
              value={quantity}
              max={QUANTITY_MAX}
              disabled={frozen}
              onChange={(next) => store.setQuantity(sku, next)}
            />
          )}
          <Button variant="ghost" size="sm" onClick={() => store.remove({ sku, name, quantity })} disabled={frozen}>
            Remove<VisuallyHidden> {name}</VisuallyHidden>
          </Button>
        </div>
      </div>
    </div>
  );
}
