"use client";
/** What a return would pay back, asked for with each choice: the shares of discount, delivery and tax are the server's to say. */
import { useEffect, useEffectEvent, useState } from "react";
import { read } from "../shop/calls.ts";
import type { OrderAccess } from "./order-stream.ts";

type Lines = readonly { readonly sku: string; readonly quantity: number }[];
type Quote = Awaited<ReturnType<typeof quote>>;

const quote = (access: OrderAccess, lines: Lines) => read("orders", "quoteReturn", { ...access, lines: [...lines] });

/** Undefined while nothing is chosen, and until the answer to what is chosen is here. */
export function useReturnQuote(access: OrderAccess, lines: Lines): Quote | undefined {
  const chosen = JSON.stringify(lines);
  const [answer, setAnswer] = useState<{ readonly chosen: string; readonly quote: Quote }>();
  const ask = useEffectEvent(() => quote(access, lines));
  const isAny = lines.length > 0;
  useEffect(() => {
    if (!isAny) return undefined;
    let isCurrent = true;
    ask().then(
      (answered) => isCurrent && setAnswer({ chosen, quote: answered }),
      () => undefined, // the return can be announced without; what it pays back is in the mail
    );
    return () => {
      isCurrent = false;
    };
  }, [chosen, isAny]);
  return isAny && answer?.chosen === chosen ? answer.quote : undefined;
}
