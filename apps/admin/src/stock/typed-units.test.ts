import { expect, it } from "vitest";
import { unitsOf } from "./typed-units.ts";

it.each([
  ["12", 1, 12],
  ["0", 0, 0],
  ["0", 1, undefined],
  ["1000000", 1, 1_000_000],
  ["1000001", 1, undefined],
  ["1.5", 0, undefined],
  ["-3", 0, undefined],
  ["", 0, undefined],
] as const)("%j of at least %i is %j units", (typed, min, units) => {
  expect(unitsOf(typed, min)).toBe(units);
});
