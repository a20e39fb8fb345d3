"use client";
/** What of an order could not be put into the cart again as it was; known until the reader has seen it. */
import type { inferRouterOutputs } from "@trpc/server";
import type { ShopRouter } from "@tillstream/commerce";
import { Banner, Button, Money } from "@tillstream/ui";
import { useSyncExternalStore } from "react";

type Note = inferRouterOutputs<ShopRouter>["orders"]["reorder"]["notes"][number];

const NONE: readonly Note[] = [];
let notes = NONE;
const listeners = new Set<() => void>();

/** For the cart page, which is opened next. */
export function keepNotes(next: readonly Note[]): void {
  notes = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function ReorderNotes() {
  const known = useSyncExternalStore(
    subscribe,
    () => notes,
    () => NONE,
  );
  if (known.length === 0) return null;
  return (
    <Banner
      tone="waiting"
      role="status"
      title="Your order is in the cart, with a difference"
      actions={
        <Button size="sm" onClick={() => keepNotes(NONE)}>
          I have seen it
        </Button>
      }
    >
      <ul>
        {known.map((note) => (
          <li key={note.sku}>
            {note.name}: {missingOf(note)}
            {note.why !== null && note.price !== null && "; "}
            {note.price !== null && (
              <>
                <Money value={note.price.now} /> now, <Money value={note.price.before} /> then
              </>
            )}
          </li>
        ))}
      </ul>
    </Banner>
  );
}

function missingOf({ why, wanted, inCart }: Note): string {
  switch (why) {
    case null:
      return "";
    case "NOT_SOLD":
      return "we do not sell it any more";
    case "CART_FULL":
      return "there was no room for it in the cart";
    case "OUT_OF_STOCK":
      return inCart === 0 ? "sold out" : `only ${inCart} of ${wanted} are there`;
  }
}
