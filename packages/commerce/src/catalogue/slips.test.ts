import fc from "fast-check";
import { expect, it } from "vitest";
import { meantBy, slipsBetween } from "./slips.ts";

it.each([
  ["mug", "mug", 0],
  ["mugg", "mug", 1],
  ["lmap", "lamp", 1],
  ["indgo", "indigo", 1],
  ["mog", "mug", 1],
  ["knives", "knife", 2],
  ["", "oak", 3],
])("%s is as many slips from %s as one would count: %i", (one, other, slips) => {
  expect(slipsBetween(one, other)).toBe(slips);
});

it("words are as far from each other either way, and no farther than the longer one is long", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (one, other) => {
      const slips = slipsBetween(one, other);
      expect(slips).toBe(slipsBetween(other, one));
      expect(slips).toBeLessThanOrEqual(Math.max(one.length, other.length));
      expect(slips === 0).toBe(one === other);
    }),
  );
});

it("a short word was meant as one at one slip, a longer one also as one at two, the nearest first", () => {
  expect(meantBy("mog", ["mug", "jug", "mat", "mog"]).map(({ word }) => word)).toEqual(["mug"]);
  expect(meantBy("porcelane", ["purloined", "porcelain", "porcelains"]).map(({ word }) => word)).toEqual([
    "porcelain",
    "porcelains",
  ]);
  expect(meantBy("cat", ["hat", "can"]).map(({ word }) => word)).toEqual(["can", "hat"]);
});
