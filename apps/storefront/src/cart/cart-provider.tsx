"use client";
/** Gives all parts of a page the one cart of their tab, known from the first byte on. */
import type { CartPage } from "@tillstream/commerce";
import { createContext, use, useEffect, useState, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import type { Person } from "../shop/kept.ts";
import { newKey } from "../shop/new-key.ts";
import { createCartCalls, type CartCalls } from "./cart-calls.ts";
import { createCartStore, type CartNow, type CartStore } from "./cart-store.ts";
import { keptPending } from "./kept-pending.ts";
import { openOtherTabs, type OtherTabs } from "./other-tabs.ts";

interface TabCart {
  readonly store: CartStore;
  readonly calls: CartCalls;
  readonly person: Person;
  /** Tells the browser's other tabs to look. */
  tellTabs(): void;
  /** Keeps it up to date while a page is open; the answer ends that. */
  watch(): () => void;
}

function createTabCart(person: Person, first: CartPage | undefined): TabCart {
  let tabs: OtherTabs | undefined;
  const calls = createCartCalls(person);
  const store = createCartStore({
    person,
    first,
    calls,
    kept: keptPending(person),
    newKey,
    later(milliseconds, work) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    onChanged: () => tabs?.tell(),
  });
  function watch(): () => void {
    const refetch = () => void store.refetch();
    const onVisible = () => (document.visibilityState === "visible" ? refetch() : store.retry());
    const onShow = (event: PageTransitionEvent) => event.persisted && refetch();
    tabs = openOtherTabs(refetch);
    document.addEventListener("visibilitychange", onVisible);
    addEventListener("pageshow", onShow);
    addEventListener("online", store.retry);
    return () => {
      tabs?.close();
      document.removeEventListener("visibilitychange", onVisible);
      removeEventListener("pageshow", onShow);
      removeEventListener("online", store.retry);
    };
  }
  return { store, calls, person, watch, tellTabs: () => tabs?.tell() };
}

const CartContext = createContext<TabCart | undefined>(undefined);

export interface CartProviderProps {
  readonly person: Person;
  /** As the server found it for this page; undefined when it could not look. */
  readonly first: CartPage | undefined;
  readonly children: ReactNode;
}

export function CartProvider({ person, first, children }: CartProviderProps) {
  // What the first page of the tab said is where its cart begins; from then on the tab asks by itself.
  const [known, setKnown] = useState(() => createTabCart(person, first));
  const cart = known.person === person ? known : createTabCart(person, first);
  if (cart !== known) setKnown(cart);
  useEffect(() => {
    cart.store.resume();
    return cart.watch();
  }, [cart]);
  return <CartContext value={cart}>{children}</CartContext>;
}

export function useTabCart(): TabCart {
  const cart = use(CartContext);
  if (cart === undefined) throw new Error("this part of the page needs a CartProvider around it");
  return cart;
}

export const useCartStore = (): CartStore => useTabCart().store;

export function useCart(): CartNow {
  const store = useCartStore();
  return useSyncExternalStore(store.subscribe, store.now, () => store.atFirst);
}
