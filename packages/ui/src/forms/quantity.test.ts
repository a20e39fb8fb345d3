import { expect, test } from "vitest";
import { clampQuantity } from "./quantity.ts";

test("a typed quantity is brought into range and nonsense keeps what was there", () => {
  expect([
    clampQuantity(0, 3, 1, 9),
    clampQuantity(40, 3, 1, 9),
    clampQuantity(2.7, 3, 1, 9),
    clampQuantity(Number.NaN, 3, 1, 9),
  ]).toEqual([1, 9, 2, 3]);
});
