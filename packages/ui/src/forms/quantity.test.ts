import { expect, test } from "vitest";
import { quantityProblem, readQuantity, stepQuantity } from "./quantity.ts";

const range = { min: 1, max: 999 };

test.each([
  ["12", 12],
  [" 12 ", 12],
  ["007", 7],
  ["１２", 12],
  ["1", 1],
  ["999", 999],
  ["12.7", undefined],
  ["12,7", undefined],
  ["1,000", undefined],
  ["1000", undefined],
  ["0", undefined],
  ["-3", undefined],
  ["1e2", undefined],
  ["two", undefined],
  ["", undefined],
  ["99999999999999999999999999", undefined],
])("%j is read as %s: what is not a whole number in the range is not read as another one", (typed, quantity) => {
  expect(readQuantity(typed, range)).toBe(quantity);
});

test("the message names the rule and the quantity that is in force", () => {
  expect(quantityProblem(2, range)).toBe("Enter a whole number from 1 to 999. It is still 2.");
});

test("steps end at the bounds", () => {
  expect([stepQuantity(1, -1, range), stepQuantity(999, 1, range), stepQuantity(4, 1, range)]).toEqual([1, 999, 5]);
});
