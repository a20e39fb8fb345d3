import { expect, test } from "vitest";
import { dollarsOf, listInput, plainDollars } from "./account-filters.ts";

test.each([
  ["", 0],
  ["20", 20],
  ["$1,250.50", 1_250.5],
  [" 0.05 ", 0.05],
  ["$30,000,000.01", 30_000_000.01],
])("%j is an amount", (typed, dollars) => expect(dollarsOf(typed)).toBe(dollars));

test.each(["-5", "ten", "1.234", "1e9", "99999999999"])("%j is not an amount", (typed) =>
  expect(dollarsOf(typed)).toBeUndefined(),
);

test("dollars are asked for in cents, without the rounding of floats", () => {
  expect(listInput({ min: 19.99, after: null }).minBalance).toBe(1_999);
  expect(listInput({ min: 19_999_999_999.99, after: null }).minBalance).toBe(1_999_999_999_999);
});

test.each(["0x10", "1e3", " 5", "1,000", "$5", "20000000000.01"])("%j is no amount in an address", (typed) =>
  expect(plainDollars(typed)).toBeUndefined(),
);
