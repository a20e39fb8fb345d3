import { expect, it } from "vitest";
import { ALL_CARES, caresOf } from "./care.ts";

it.each([
  [["9.5 cm tall", "Speckled stoneware", "Dishwasher safe"], ["stoneware"]],
  [
    ["148 cm tall", "Solid wood, linen; E27, bulb not included"],
    ["wood", "linen", "lamps"],
  ],
  [["A5, 192 pages, ruled", "Book cloth, acid-free paper"], ["paper"]],
  [["Three of them"], []],
])("what is said of %j is how to care for %j", (details, ids) => {
  expect(caresOf({ details }).map(({ id }) => id)).toEqual(ids);
});

it("each part of the page has a name of its own", () => {
  expect(new Set(ALL_CARES.map(({ id }) => id)).size).toBe(ALL_CARES.length);
});
