/** Prices that are not what the shopper went on with: each is named and must be accepted before it is paid. Pure. */
import type { Quote } from "@tillstream/commerce";
import type { Cart } from "./cart.ts";

type Priced = Pick<Quote, "lines">;

export interface PriceChange {
  readonly sku: string;
  readonly name: string;
  readonly before: { readonly amount: number; readonly currency: string };
  readonly now: { readonly amount: number; readonly currency: string };
}

export function priceChanges(cart: Cart, quote: Priced): PriceChange[] {
  return quote.lines.flatMap(({ sku, name, unitPrice }) => {
    const seen = cart.find((line) => line.sku === sku)?.seen;
    if (seen === undefined || seen === unitPrice.amount) return [];
    return [{ sku, name, before: { ...unitPrice, amount: seen }, now: unitPrice }];
  });
}

/** Notes the prices of lines that had none yet; the same cart when there are none. */
export function notePrices(cart: Cart, quote: Priced): Cart {
  const isNew = (sku: string) => quote.lines.some((line) => line.sku === sku);
  if (!cart.some((line) => line.seen === undefined && isNew(line.sku))) return cart;
  return cart.map((line) => (line.seen === undefined ? withPrice(line, quote) : line));
}

export function acceptPrices(cart: Cart, quote: Priced): Cart {
  return cart.map((line) => withPrice(line, quote));
}

function withPrice(line: Cart[number], quote: Priced): Cart[number] {
  const price = quote.lines.find(({ sku }) => sku === line.sku)?.unitPrice.amount;
  return price === undefined ? line : { ...line, seen: price };
}
