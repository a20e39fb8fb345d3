import { expect, it } from "vitest";
import { acceptPrices, notePrices, priceChanges } from "./price-changes.ts";

const usd = (amount: number) => ({ amount, currency: "USD" });
const line = (sku: string, price: number) => ({
  sku,
  slug: sku,
  name: `Thing ${sku}`,
  image: "",
  quantity: 1,
  unitPrice: usd(price),
  lineTotal: usd(price),
  stock: "in" as const,
  onlyLeft: null,
});
const quote = { lines: [line("A", 1_200), line("B", 500)] };

it("the first price is noted, and a later one is a change until it is accepted", () => {
  const noted = notePrices([{ sku: "A", quantity: 1 }], quote);
  expect(priceChanges(noted, quote)).toEqual([]);
  const dearer = { lines: [line("A", 1_500)] };
  expect(priceChanges(noted, dearer)).toEqual([{ sku: "A", name: "Thing A", before: usd(1_200), now: usd(1_500) }]);
  expect(notePrices(noted, dearer)).toBe(noted);
  expect(priceChanges(acceptPrices(noted, dearer), dearer)).toEqual([]);
});

it("a cart whose prices are all noted is left as it is", () => {
  const cart = [{ sku: "B", quantity: 2, seen: 500 }];
  expect(notePrices(cart, quote)).toBe(cart);
});
