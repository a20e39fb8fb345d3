import { expect, test } from "vitest";
import { cumulativeLayoutShift } from "./page-vitals.ts";

const shifts = (...all: readonly (readonly [atMs: number, value: number])[]) =>
  all.map(([atMs, value]) => ({ atMs, value }));

test.each([
  ["nothing moved", shifts(), 0],
  ["shifts close together add up", shifts([100, 0.25], [900, 0.25]), 0.5],
  [
    "a second of rest begins another window, and the worst counts",
    shifts([100, 0.25], [1_100, 0.5], [5_000, 0.125]),
    0.5,
  ],
  [
    "a window lasts five seconds",
    shifts([0, 0.25], [900, 0.25], [1_800, 0.25], [2_700, 0.25], [3_600, 0.25], [4_500, 0.25], [5_400, 0.25]),
    1.5,
  ],
])("%s", (_, seen, worst) => expect(cumulativeLayoutShift(seen)).toBe(worst));
