import { expect, test } from "vitest";
import { pathOf } from "./arrow-lines.tsx";

test("an arrow leaves its node on the side of the node that it leads to", () => {
  const [left, right] = [
    { left: 0, right: 100, middle: 10 },
    { left: 200, right: 300, middle: 50 },
  ];
  expect(pathOf(left, right)).toBe("M100 10 C128 10 172 50 200 50");
  expect(pathOf(right, left)).toBe("M200 50 C172 50 128 10 100 10");
});
