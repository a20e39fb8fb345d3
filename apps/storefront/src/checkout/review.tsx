"use client";
import type { Quote } from "@tillstream/commerce";
import { Button, Money, SkeletonText, TextLink } from "@tillstream/ui";

/** What is about to be ordered, and its total. */
export function Review({
  quote,
}: {
  quote: { readonly data?: Quote | undefined; readonly isError: boolean; readonly refetch: () => unknown };
}) {
  return (
    <section aria-labelledby="review">
      <div className="flex items-baseline justify-between">
        <h2 id="review" className="heading text-2xl">
          Your order
        </h2>
        <TextLink href="/cart">Change</TextLink>
      </div>
      {quote.data === undefined &&
        (quote.isError ? <Unread onRetry={() => quote.refetch()} /> : <SkeletonText lines={4} />)}
      {quote.data && (
        <>
          <ul className="mt-4 divide-y divide-line">
            {quote.data.lines.map(({ sku, name, image, quantity, lineTotal, onlyLeft }) => (
              <li key={sku} className="flex gap-3 py-3">
                <img
                  src={image}
                  alt=""
                  width={80}
                  height={100}
                  className="aspect-[4/5] w-12 shrink-0 rounded-sm object-cover"
                />
                <div className="min-w-0 flex-1">
                  <p className="leading-snug">{name}</p>
                  <p className="text-sm text-muted">
                    {quantity} {quantity === 1 ? "piece" : "pieces"}
                    {onlyLeft !== null && (
                      <span className="text-waiting">
                        {" "}
                        · {onlyLeft === 0 ? "sold out for now" : `only ${onlyLeft} left`}
                      </span>
                    )}
                  </p>
                </div>
                <span className="figures">
                  <Money value={lineTotal} />
                </span>
              </li>
            ))}
          </ul>
          <p className="mt-2 flex justify-between border-t border-line-strong pt-3 text-lg font-medium">
            <span>Total</span>
            <span className="figures">
              <Money value={quote.data.total} />
            </span>
          </p>
        </>
      )}
    </section>
  );
}

function Unread({ onRetry }: { onRetry: () => void }) {
  return (
    <p className="mt-4">
      Prices could not be read.{" "}
      <Button size="sm" onClick={onRetry}>
        Try again
      </Button>
    </p>
  );
}
