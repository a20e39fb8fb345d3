"use client";
/** The price of the cart for what is chosen, as the server says it: nothing of it is worked out here. */
import { readFailure } from "@tillstream/trpc/commands";
import { useEffect, useState } from "react";
import type { Failure, Quote, QuoteChoices } from "../cart/cart-calls.ts";
import { useCart, useTabCart } from "../cart/cart-provider.tsx";

export interface QuoteNow {
  /** The last one that came; undefined until the first. */
  readonly quote: Quote | undefined;
  /** It is of this cart and these choices. */
  readonly isCurrent: boolean;
  /** Why the last question got no answer. */
  readonly failure: Failure | undefined;
  again(): void;
}

export function useQuote(choices: QuoteChoices): QuoteNow {
  const { cart, saving, stranger } = useCart();
  const { calls, store } = useTabCart();
  const [round, setRound] = useState(0);
  const [known, setKnown] = useState<{ key: string; quote?: Quote | undefined; failure?: Failure }>({ key: "" });
  // Another person's question would be answered about another cart. It is asked once the cart's own person is back.
  const isKnown = cart !== undefined && cart.lines.length > 0 && saving === "saved" && stranger === undefined;
  const key = isKnown ? JSON.stringify({ choices, cart: [cart.cartId, cart.version, cart.total.amount], round }) : "";
  useEffect(() => {
    if (key === "") return;
    const asked = JSON.parse(key) as { choices: QuoteChoices; cart: [string | null, number] };
    let over = false;
    void calls.quote(asked.choices).then((answer) => {
      if (over) return;
      const isOfCart = answer.ok && answer.data.cartId === asked.cart[0] && answer.data.version === asked.cart[1];
      if (isOfCart) return setKnown({ key, quote: answer.data });
      const fail = (failure: Failure) => setKnown(({ quote }) => ({ key, quote, failure }));
      if (!answer.ok) return fail(answer.failure);
      // The cart has changed elsewhere, or belongs to another: with what is true of it now comes another question.
      setKnown(({ quote }) => ({ key: "", quote }));
      void store.refetch().then(() => over || fail(readFailure({}, "Your cart was changing meanwhile.")));
    });
    return () => {
      over = true;
    };
  }, [key, calls, store]);
  const { quote, failure } = known;
  return {
    quote,
    isCurrent: known.key === key && key !== "" && failure === undefined,
    failure: known.key === key ? failure : undefined,
    again: () => setRound((before) => before + 1),
  };
}
