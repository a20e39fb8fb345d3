"use client";
/** The cart of this browser, shared by its tabs. */
import { useSyncExternalStore } from "react";
import { keptInBrowser } from "../shop/kept.ts";
import { parseCart, serializeCart, type Cart } from "./cart.ts";

const KEY = "fernhill.cart";
const EMPTY: Cart = [];
const listeners = new Set<() => void>();
let known: { text: string | null; cart: Cart } = { text: null, cart: EMPTY };

function read(): Cart {
  const text = keptInBrowser.getItem(KEY);
  if (text !== known.text) known = { text, cart: parseCart(text) };
  return known.cart;
}

function subscribe(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => event.key === KEY && listener();
  listeners.add(listener);
  addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", onStorage);
  };
}

/** Changes the cart and tells every island of the page. */
export function updateCart(change: (cart: Cart) => Cart): void {
  const before = read();
  const after = change(before);
  if (after === before) return;
  keptInBrowser.setItem(KEY, serializeCart(after));
  for (const listener of listeners) listener();
}

/** The cart; undefined while the page is not alive yet, when nobody can know it. */
export function useCart(): Cart | undefined {
  return useSyncExternalStore<Cart | undefined>(subscribe, read, () => undefined);
}
