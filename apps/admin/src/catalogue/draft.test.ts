import { expect, it } from "vitest";
import { differences, draftOf, textsOf } from "./draft.ts";

const product = {
  slug: "mug",
  version: 1,
  updatedAt: "2026-01-01T00:00:00.000Z",
  updatedBy: null,
  name: "Mug",
  category: "ceramics",
  summary: "A mug",
  description: "Holds tea.",
  details: ["stoneware", "fired twice"],
  variants: [],
  categories: [],
};

it("a draft is sent as the product was, when nothing is changed", () => {
  const { name, category, summary, description, details } = product;
  expect(textsOf(draftOf(product))).toEqual({ name, category, summary, description, details });
});

it("empty lines are no details", () => {
  expect(textsOf({ ...draftOf(product), details: "\n one \n\n two" }).details).toEqual(["one", "two"]);
});

it("two drafts differ by field", () => {
  const mine = draftOf(product);
  expect(differences(mine, { ...mine, summary: "Another", details: "stoneware" })).toEqual(["summary", "details"]);
});
