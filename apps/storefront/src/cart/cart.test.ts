import { LINES_MAX as SERVER_LINES_MAX, QUANTITY_MAX as SERVER_QUANTITY_MAX } from "@tillstream/commerce";
import { expect, it } from "vitest";
import { addLine, insertLine, itemCount, parseCart, removeLine, serializeCart, setQuantity } from "./cart.ts";
import { LINES_MAX, QUANTITY_MAX } from "./limits.ts";

const cart = [
  { sku: "A", quantity: 1 },
  { sku: "B", quantity: 2 },
];

it("the cart's bounds are the server's", () => {
  expect([LINES_MAX, QUANTITY_MAX]).toEqual([SERVER_LINES_MAX, SERVER_QUANTITY_MAX]);
});

it("the same item again raises its quantity, up to the bound", () => {
  expect(addLine(cart, { sku: "A", quantity: 3 })).toEqual([{ sku: "A", quantity: 4 }, cart[1]]);
  expect(addLine(cart, { sku: "A", quantity: 5_000 })[0]).toEqual({ sku: "A", quantity: QUANTITY_MAX });
});

it("a quantity is a whole number of at least one", () => {
  expect(setQuantity(cart, "A", 0)[0]?.quantity).toBe(1);
  expect(setQuantity(cart, "A", 2.7)[0]?.quantity).toBe(2);
});

it("a removed line comes back where it was", () => {
  expect(insertLine(removeLine(cart, "A"), { sku: "A", quantity: 1 }, 0)).toEqual(cart);
});

it("survives being kept, and is empty for anything that is not a cart of ours", () => {
  expect(parseCart(serializeCart(cart))).toEqual(cart);
  for (const text of [null, "", "[]", "{", '{"version":9,"lines":[]}', '{"version":1,"lines":[{"sku":1}]}']) {
    expect(itemCount(parseCart(text))).toBe(0);
  }
});
