import type { VariantDetail } from "@tillstream/commerce";
import { expect, test } from "vitest";
import { chosenVariant, optionsOf } from "./variant-links.ts";

const variant = (sku: string, colour: string, size: string, stock: VariantDetail["stock"] = "in"): VariantDetail => ({
  sku,
  name: `${colour}, ${size}`,
  options: { colour, size },
  price: { amount: 100, currency: "USD" },
  image: "",
  stock,
});

const chalkSmall = variant("1", "Chalk", "Small", "out");
const chalkLarge = variant("2", "Chalk", "Large");
const celadonLarge = variant("3", "Celadon", "Large");
const all = [chalkSmall, chalkLarge, celadonLarge];

test("choosing a value keeps the other options where such a variant exists", () => {
  const [colour, size] = optionsOf(all, chalkLarge);
  expect(colour?.values.map(({ value, variant: to }) => [value, to.sku])).toEqual([
    ["Chalk", "2"],
    ["Celadon", "3"],
  ]);
  expect(size?.values.map(({ value, chosen, soldOut }) => [value, chosen, soldOut])).toEqual([
    ["Small", false, true],
    ["Large", true, false],
  ]);
});

test("a value that exists only with other options still leads somewhere", () => {
  const [, size] = optionsOf(all, celadonLarge);
  expect(size?.values.find(({ value }) => value === "Small")?.variant.sku).toBe("1");
});

test("without a wish the first variant that can be had is shown", () => {
  expect(chosenVariant(all, undefined)).toBe(chalkLarge);
  expect(chosenVariant(all, "1")).toBe(chalkSmall);
  expect(chosenVariant(all, "unknown")).toBe(chalkLarge);
  expect(chosenVariant([chalkSmall], undefined)).toBe(chalkSmall);
});
