import { expect, test } from "vitest";
import { dollarsOf, listInput } from "./account-filters.ts";

test.each([
  ["", 0],
  ["20", 20],
  ["$1,250.50", 1_250.5],
  [" 0.05 ", 0.05],
])("%j is an amount", (typed, dollars) => expect(dollarsOf(typed)).toBe(dollars));

test.each(["-5", "ten", "1.234", "1e9", "999999999"])("%j is not an amount", (typed) =>
  expect(dollarsOf(typed)).toBeUndefined(),
);

test("dollars are asked for in cents, without the rounding of floats", () => {
  expect(listInput({ min: 19.99, after: null }).minBalance).toBe(1_999);
});

test("an address that makes no sense still gives a list", () => {
  expect(listInput({ min: -3, after: "x" })).toEqual({ minBalance: 0, cursor: undefined, limit: 50 });
  expect(listInput({ min: Number.NaN, after: "100~a" })).toMatchObject({ minBalance: 0, cursor: "100~a" });
});
