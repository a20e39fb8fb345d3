import { expect, it } from "vitest";
import { draftProblems, emptyVariant, slugOf, variantInput, variantProblems } from "./new-draft.ts";

it.each([
  ["Oak bowl", "oak-bowl"],
  ["Café au lait, 2nd", "cafe-au-lait-2nd"],
  ["  – ", ""],
  [`${"a".repeat(119)} b`, "a".repeat(119)],
])("%j is at %j", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

it("a price is asked for again until it is one", () => {
  const problem = (price: string) => variantProblems({ ...emptyVariant, price }, "USD").price;
  expect([problem(""), problem("0"), problem("64")]).toEqual([
    "Enter an amount, such as 12.00.",
    "Enter an amount above 0.",
    undefined,
  ]);
  expect(variantInput({ ...emptyVariant, sku: " OAK ", price: "64" }, "USD")).toMatchObject({
    sku: "OAK",
    price: { amount: 6_400, currency: "USD" },
  });
});

it("what is empty is told all at once, and blanks are nothing", () => {
  expect(variantProblems({ ...emptyVariant, price: "64" }, "USD")).toEqual({
    sku: "Enter a SKU.",
    name: "Enter what tells it from the others.",
    image: "Choose a picture.",
  });
  const words = { name: "Bowl", category: "things", summary: " ", description: "", details: "" };
  expect(draftProblems({ ...words, slug: "", variant: emptyVariant })).toEqual({
    summary: "Enter a summary.",
    description: "Enter a description.",
    slug: "Enter an address.",
  });
});
