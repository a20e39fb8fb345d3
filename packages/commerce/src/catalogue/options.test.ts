import { expect, it } from "vitest";
import { choicesOf, variantAsked } from "./options.ts";
import type { StockBand } from "./queries.ts";

const variant = (sku: string, options: Record<string, string>, stock: StockBand = "in") => ({
  sku,
  name: Object.values(options).join(", "),
  options,
  stock,
});

/** There is no small one in celadon. */
const jars = [
  variant("chalk-s", { colour: "Chalk", size: "Small" }),
  variant("chalk-l", { colour: "Chalk", size: "Large" }, "out"),
  variant("celadon-l", { colour: "Celadon", size: "Large" }, "low"),
];

const values = (sku: string, name: string) =>
  choicesOf(jars, sku).find((choice) => choice.name === name)?.values ?? expect.fail(`no choice ${name}`);

it("colour and size are two choices, each value once", () => {
  expect(choicesOf(jars, "chalk-s").map(({ name }) => name)).toEqual(["colour", "size"]);
  expect(values("chalk-s", "colour").map(({ value, chosen }) => [value, chosen])).toEqual([
    ["Chalk", true],
    ["Celadon", false],
  ]);
});

it("size is asked for last, in whichever order the options are kept", () => {
  const kept = jars.map((jar) => ({
    ...jar,
    options: { size: jar.options["size"] ?? "", colour: jar.options["colour"] ?? "" },
  }));
  expect(choicesOf(kept, "chalk-s").map(({ name }) => name)).toEqual(["colour", "size"]);
  expect(variantAsked(kept, { size: "Small", colour: "Celadon" })?.missing).toBe("Celadon, Small");
});

it("a value keeps the other choice where there is such a variant, sold out or not", () => {
  expect(values("chalk-s", "size")).toMatchObject([
    { value: "Small", sku: "chalk-s", stock: "in", instead: [] },
    { value: "Large", sku: "chalk-l", stock: "out", instead: [] },
  ]);
});

it("a dead end leads to the nearest variant and says what changes with it", () => {
  expect(values("chalk-s", "colour")[1]).toMatchObject({ value: "Celadon", sku: "celadon-l", instead: ["Large"] });
  expect(values("celadon-l", "size")[0]).toMatchObject({ value: "Small", sku: "chalk-s", instead: ["Chalk"] });
});

it("one variant is no choice; variants without options are told apart by their names", () => {
  expect(choicesOf(jars.slice(0, 1), "chalk-s")).toEqual([]);
  const named = [
    { ...variant("a", {}), name: "Plain" },
    { ...variant("b", {}), name: "Fancy" },
  ];
  expect(choicesOf(named, "b")).toMatchObject([
    { name: "kind", values: [{ value: "Plain" }, { value: "Fancy", chosen: true }] },
  ]);
});

it.each([
  [{ sku: "celadon-l", colour: "Chalk" }, "celadon-l", null],
  [{ colour: "Chalk", size: "Large" }, "chalk-l", null],
  [{ colour: "Celadon" }, "celadon-l", null],
  [{ size: "Large" }, "celadon-l", null],
  [{ colour: "Celadon", size: "Small" }, "chalk-s", "Celadon, Small"],
  [{ colour: "Puce", sku: "nothing" }, "chalk-s", null],
  [{}, "chalk-s", null],
])("an address that asks for %j shows %s", (asked, sku, missing) => {
  expect(variantAsked(jars, asked)).toMatchObject({ variant: { sku }, missing });
});

it("a product without variants has nothing to show", () => {
  expect(variantAsked([], {})).toBeUndefined();
});
