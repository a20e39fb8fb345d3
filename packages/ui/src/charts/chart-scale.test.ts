import { expect, test } from "vitest";
import { areaPath, linePath, niceCeiling, placeRuns } from "./chart-scale.ts";

test("an axis ends at a round number at or above what it must hold", () => {
  expect([0, 0.7, 1, 3, 14, 26, 740, 1000].map(niceCeiling)).toEqual([1, 1, 1, 5, 20, 50, 1000, 1000]);
});

test("the line breaks where nothing was measured", () => {
  const at = (second: number) => new Date(second * 1000).toISOString();
  const runs = placeRuns(
    [
      { at: at(0), value: 0 },
      { at: at(1), value: 5 },
      { at: at(2), value: null },
      { at: at(4), value: 20 },
    ],
    0,
    4000,
    10,
  );
  expect(runs).toEqual([
    [
      { x: 0, y: 100 },
      { x: 25, y: 50 },
    ],
    [{ x: 100, y: 0 }],
  ]);
});

test("a lone reading is still drawn", () => {
  expect(linePath([{ x: 50, y: 20 }])).toBe("M49.5 20H50.5");
  expect([linePath([]), areaPath([])]).toEqual(["", ""]);
});
