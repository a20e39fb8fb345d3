import { CART_DAYS as SERVER_CART_DAYS, QUANTITY_MAX as SERVER_QUANTITY_MAX } from "@tillstream/commerce";
import { expect, it } from "vitest";
import { CART_DAYS, QUANTITY_MAX } from "./limits.ts";

it("the pages' bounds are the server's", () => {
  expect([QUANTITY_MAX, CART_DAYS]).toEqual([SERVER_QUANTITY_MAX, SERVER_CART_DAYS]);
});
