import { expect, it } from "vitest";
import { code39 } from "./code-39.ts";

const ALL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

it("every symbol has three wide elements of nine, and no two are alike", () => {
  const shapes = Array.from(ALL, (symbol) => {
    const { bars, width } = code39(symbol);
    // Between start and stop, each 15 wide, with a gap on both sides.
    const own = bars.filter(({ x }) => x >= 16 && x < width - 16);
    expect([own.length, width]).toEqual([5, 3 * 15 + 2]);
    return own.map(({ x, width: bar }) => `${x}:${bar}`).join(" ");
  });
  expect(new Set(shapes).size).toBe(ALL.length);
});

it("a text that it cannot say is refused", () => {
  expect(() => code39("a")).toThrow("has no symbol a");
});
