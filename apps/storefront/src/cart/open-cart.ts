"use client";
/** Asks for the cart drawer from anywhere on the page. */
const EVENT = "fernhill:open-cart";

export function openCart(): void {
  dispatchEvent(new Event(EVENT));
}

export function onCartOpened(listener: () => void): () => void {
  addEventListener(EVENT, listener);
  return () => removeEventListener(EVENT, listener);
}
