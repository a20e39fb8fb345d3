"use client";
/** What keeps a line from being ordered, at its place, with the way out: take what is left, or take it out. */
import type { CartPageLine } from "@tillstream/commerce";
import { Button, Money, VisuallyHidden } from "@tillstream/ui";
import { useCart, useCartStore } from "./cart-provider.tsx";

export interface LineProblemProps {
  readonly line: CartPageLine;
  /** Where the line has no button for it of its own. */
  readonly removable?: boolean;
}

export function LineProblem({ line: { sku, name, quantity }, removable = false }: LineProblemProps) {
  const { cart } = useCart();
  const store = useCartStore();
  const problems = cart?.problems.filter((problem) => problem.sku === sku) ?? [];
  const remove = removable && (
    <Button size="sm" onClick={() => store.remove({ sku, name, quantity })}>
      Remove<VisuallyHidden> {name}</VisuallyHidden>
    </Button>
  );
  return problems.map((problem) => {
    switch (problem.kind) {
      case "UNKNOWN_SKU":
        return (
          <Note key={problem.kind} tone="text-failed" action={remove}>
            We do not sell it any more. Take it out to go on.
          </Note>
        );
      case "PRICE_CHANGED":
        return (
          <Note key={problem.kind} tone="text-waiting">
            <Money value={problem.before} /> when you put it in
          </Note>
        );
      case "OUT_OF_STOCK":
        return problem.left === 0 ? (
          <Note key={problem.kind} tone="text-failed" action={remove}>
            Sold out for now. Take it out to go on.
          </Note>
        ) : (
          <Note
            key={problem.kind}
            tone="text-waiting"
            action={
              <Button
                size="sm"
                onClick={(event) => {
                  // The button goes with the problem: its line keeps the focus.
                  event.currentTarget.closest<HTMLElement>("li")?.focus();
                  store.setQuantity(sku, problem.left);
                }}
              >
                Take {problem.left}
                <VisuallyHidden> of {name}</VisuallyHidden>
              </Button>
            }
          >
            Only {problem.left} left.
          </Note>
        );
    }
  });
}

function Note({ tone, action, children }: { tone: string; action?: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className={`mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm ${tone}`}>
      <span>{children}</span>
      {action}
    </div>
  );
}
