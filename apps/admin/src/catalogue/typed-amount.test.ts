import { expect, it } from "vitest";
import { minorUnitsOf, typedAmount } from "./typed-amount.ts";

it.each([
  ["12", "USD", 1_200],
  [" 12.5 ", "USD", 1_250],
  ["0.07", "USD", 7],
  ["1250", "JPY", 1_250],
  ["12.505", "USD", undefined],
  ["12,50", "USD", undefined],
  ["1.5", "JPY", undefined],
  ["-3", "USD", undefined],
  ["", "USD", undefined],
])("%j in %s is %j", (typed, currency, amount) => {
  expect(minorUnitsOf(typed, currency)).toBe(amount);
});

it("what a field begins with is read as the same amount", () => {
  for (const [amount, currency] of [
    [1_250, "USD"],
    [7, "USD"],
    [1_250, "JPY"],
  ] as const)
    expect(minorUnitsOf(typedAmount(amount, currency), currency)).toBe(amount);
});
