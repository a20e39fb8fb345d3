import { expect, it } from "vitest";
import { parseAmount } from "./amount.ts";

it.each([
  ["12", 1_200],
  ["12.5", 1_250],
  ["12,50", 1_250],
  ["$ 0.01", 1],
  ["1,200.00", 120_000],
])("%s is an amount", (text, amount) => expect(parseAmount(text)).toBe(amount));

it.each(["", "0", "-5", "1.234", "ten", "1e3", "NaN"])("%j is none", (text) =>
  expect(parseAmount(text)).toBeUndefined(),
);
