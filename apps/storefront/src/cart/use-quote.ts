"use client";
/** What the cart costs, as the server says. Quick clicks become one question; the answer before stays in sight meanwhile. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "../shop/trpc.ts";
import type { Cart } from "./cart.ts";
import { notePrices } from "./price-changes.ts";
import { updateCart } from "./use-cart.ts";

const COALESCE_MS = 300;

export function useQuote(cart: Cart) {
  const trpc = useTRPC();
  const settled = useSettled(cart);
  const quote = useQuery({
    ...trpc.checkout.quote.queryOptions({ lines: settled.map(({ sku, quantity }) => ({ sku, quantity })) }),
    enabled: settled.length > 0,
    placeholderData: keepPreviousData,
  });
  const { data } = quote;
  useEffect(() => {
    if (data !== undefined) updateCart((current) => notePrices(current, data));
  }, [data]);
  return quote;
}

/** The cart as it is once it has rested for a moment; at once when the first item comes. */
function useSettled(cart: Cart): Cart {
  const [settled, setSettled] = useState(cart);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(cart), COALESCE_MS);
    return () => clearTimeout(timer);
  }, [cart]);
  return settled.length === 0 ? cart : settled;
}
