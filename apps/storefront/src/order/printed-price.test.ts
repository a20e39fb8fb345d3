import { expect, it } from "vitest";
import { printedPrice } from "./printed-price.ts";

const usd = (amount: number) => ({ amount, currency: "USD" });
const price = {
  goods: usd(10_000),
  discount: { code: "SPRING", amount: usd(1_000) },
  delivery: { method: "express" as const, amount: usd(900) },
  tax: { country: "DE", basisPoints: 1_900, amount: usd(1_881), included: false },
  total: usd(11_781),
};
const said = (of: Parameters<typeof printedPrice>[0]) =>
  printedPrice(of).map(({ label, amount }) => `${label}: ${amount}`);

it("a receipt says discount, delivery, and tax with its rate and country, in the order in which they add up", () => {
  expect(said(price)).toEqual([
    "Goods: $100.00",
    "Code SPRING: -$10.00",
    "Express delivery: $9.00",
    "Tax, Germany, 19 %: $18.81",
    "Total: $117.81",
  ]);
});

it("tax that prices contain comes after the total, and what is not there is not said", () => {
  const plain = { ...price, discount: null, delivery: { method: "standard" as const, amount: usd(0) } };
  expect(said({ ...plain, tax: { ...price.tax, included: true } }).slice(1)).toEqual([
    "Standard delivery: free",
    "Total: $117.81",
    "Including tax, Germany, 19 %: $18.81",
  ]);
  expect(said({ ...plain, tax: null })).toEqual(["Goods: $100.00", "Standard delivery: free", "Total: $117.81"]);
});
