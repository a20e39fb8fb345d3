"use client";
import { Money, TextLink } from "@tillstream/ui";
import { useCart } from "../cart/cart-provider.tsx";
import { CartTotal } from "../cart/cart-total.tsx";
import { LineProblem } from "../cart/line-problem.tsx";

/** What is about to be ordered, and its total. */
export function Review() {
  const { cart } = useCart();
  return (
    <section aria-labelledby="review">
      <div className="mb-4 flex items-baseline justify-between">
        <h2 id="review" className="heading text-2xl">
          Your order
        </h2>
        {cart?.status === "open" && <TextLink href="/cart">Change</TextLink>}
      </div>
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
      <CartTotal className="mt-2 border-t border-line-strong pt-3 text-lg" />
    </section>
  );
}
