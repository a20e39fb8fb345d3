import { expect, it } from "vitest";
import { noteOf, shownChoices, soldOutWords, variantAddress } from "./shown-choices.ts";

const jar = (sku: string, colour: string, size: string, stock: "in" | "out" = "in") => ({
  sku,
  name: `${colour}, ${size}`,
  options: { colour, size },
  price: { amount: 100, currency: "USD" },
  image: `/products/${sku}.svg`,
  stock,
});
const product = { slug: "moon-jar", variants: [jar("a", "Chalk", "Small"), jar("b", "Celadon", "Large", "out")] };

it("a variant's address names its colour and size", () => {
  expect(variantAddress(product, "b")).toBe("/p/moon-jar?colour=Celadon&size=Large");
  expect(variantAddress({ slug: "lamp", variants: [] }, "b")).toBe("/p/lamp");
});

it("a dead end says in words what it comes in, and that it is sold out", () => {
  const [colour, size] = shownChoices(product, "a");
  expect(colour?.values.map(({ note }) => note)).toEqual([null, "only in Large, sold out"]);
  expect(size?.values.map(({ note }) => note)).toEqual([null, "only in Celadon, sold out"]);
  expect(noteOf({ instead: [], stock: "out" })).toBe("sold out");
});

it("colours are shown by pictures, sizes by their names", () => {
  expect(shownChoices(product, "a").map(({ label, values }) => [label, values[0]?.image])).toEqual([
    ["Colour", "/products/a.svg"],
    ["Size", null],
  ]);
});

it("what is sold out points to the choices that the product has, and to no others", () => {
  const both = shownChoices(product, "a");
  expect(soldOutWords(both)).toBe("This one is sold out for now. Another colour or size may still be available.");
  expect(soldOutWords(both.slice(0, 1))).toBe("This one is sold out for now. Another colour may still be available.");
  expect(soldOutWords([])).toBe("This one is sold out for now.");
});
