"use client";
/** What one should know about the cart before going on with it: each in its words, with what can be done. */
import { Banner, Button, Money } from "@tillstream/ui";
import { useEffect, useRef } from "react";
import { useCart, useCartStore } from "./cart-provider.tsx";
import type { RemovedLine } from "./cart-store.ts";
import { cameAlong } from "./came-along.ts";
import { pieces } from "./pending.ts";
import { ReorderNotes } from "./reorder-notes.tsx";
import { Stranger } from "./stranger.tsx";

/**
 * One for the full cart and the empty one: it holds the focus when a line comes back.
 * @param props.strangerSaid the page itself says that it no longer speaks for the person it was made for
 */
export function CartNotices({ strangerSaid = false }: { strangerSaid?: boolean }) {
  const { saving, claimed, refusal, removed, cart } = useCart();
  const store = useCartStore();
  const came = cart?.lines.length === 0 ? 0 : pieces(claimed);
  return (
    <div tabIndex={-1} className="grid gap-3 outline-none not-empty:mb-5">
      {removed !== undefined && <Removed key={removed.sku} line={removed} />}
      {!strangerSaid && <Stranger />}
      <ReorderNotes />
      {came > 0 && (
        <Banner tone="done" role="status">
          {cameAlong(came)}
        </Banner>
      )}
      {refusal !== undefined && (
        <Banner tone="waiting" role="alert" title="Your cart was not changed">
          {refusal.message}
        </Banner>
      )}
      {saving === "unsaved" && (
        <Banner
          tone="waiting"
          role="status"
          title="Not saved yet"
          actions={
            <Button size="sm" onClick={() => store.retry()}>
              Try now
            </Button>
          }
        >
          The shop could not be reached. What you chose is kept here, and we go on trying.
        </Banner>
      )}
      {cart?.status === "ordered" && (
        <Banner tone="running" role="status" title="Your order is being confirmed">
          These things belong to it. They can be changed again if it cannot be confirmed.
        </Banner>
      )}
      <Problems />
    </div>
  );
}

/** Where the reader is left when the line that they took out is gone, with its button. */
function Removed({ line: { sku, name, quantity } }: { line: RemovedLine }) {
  const store = useCartStore();
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) undo.current?.focus();
  }, []);
  return (
    <Banner
      tone="done"
      role="status"
      actions={
        <Button
          ref={undo}
          size="sm"
          onClick={(event) => {
            event.currentTarget.closest<HTMLElement>("[tabindex]")?.focus();
            store.setQuantity(sku, quantity);
          }}
        >
          Undo
        </Button>
      }
    >
      {name} was taken out
    </Banner>
  );
}

function Problems() {
  const { cart } = useCart();
  const store = useCartStore();
  const problems = cart?.problems ?? [];
  if (problems.length === 0) return null;
  const prices = problems.filter(({ kind }) => kind === "PRICE_CHANGED").length;
  return (
    <Banner
      tone="waiting"
      role="status"
      title={titleOf(problems.length, prices)}
      actions={
        prices > 0 && (
          <Button size="sm" onClick={() => store.acceptPrices()}>
            {prices === 1 ? "Accept the new price" : "Accept the new prices"}
          </Button>
        )
      }
    >
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.sku} ${problem.kind}`}>
            {problem.kind === "UNKNOWN_SKU" && `${problem.name}: we do not sell it any more`}
            {problem.kind === "OUT_OF_STOCK" &&
              (problem.left === 0
                ? `${problem.name}: sold out`
                : `${problem.name}: only ${problem.left} left, not ${problem.wanted}`)}
            {problem.kind === "PRICE_CHANGED" && (
              <>
                {problem.name}: <Money value={problem.before} /> before, now <Money value={problem.now} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Banner>
  );
}

function titleOf(problems: number, prices: number): string {
  if (prices === problems) return prices === 1 ? "A price has changed" : `${prices} prices have changed`;
  return problems === 1 ? "One thing to settle before you order" : `${problems} things to settle before you order`;
}
