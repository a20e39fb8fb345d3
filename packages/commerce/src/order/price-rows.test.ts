import { expect, it } from "vitest";
import { priceRows } from "./price-rows.ts";
import { priceOf, totalOf } from "./price.ts";
import { showPrice } from "./shown-price.ts";

const lines = [{ sku: "MUG", quantity: 2, unitPrice: 2_400 }];
const delivery = { method: "express", amount: 2_800 } as const;
const discount = { code: "SPRING-10", kind: "percent", value: 10 } as const;
const swiss = (included: boolean) => ({ country: "CH", basisPoints: 810, included });

it.each([true, false])("rows that are not included in others add up to the total, tax included: %s", (included) => {
  const price = priceOf(lines, { delivery, discount, tax: swiss(included) });
  const rows = priceRows(showPrice(price, "USD"));
  const sum = rows.filter((row) => !row.included).reduce((total, { amount }) => total + amount.amount, 0);
  expect(sum).toBe(totalOf(price));
  expect(rows.map(({ label }) => label)).toEqual([
    "Goods",
    "Code SPRING-10",
    "Express delivery",
    included ? "Includes 8.1% tax, Switzerland" : "8.1% tax, Switzerland",
  ]);
});

it("an order of goods alone says that its delivery is free, and nothing of tax", () => {
  expect(priceRows(showPrice(priceOf(lines), "USD")).map(({ kind, amount }) => [kind, amount.amount])).toEqual([
    ["goods", 4_800],
    ["delivery", 0],
  ]);
});
