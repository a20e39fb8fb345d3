import { expect, it } from "vitest";
import { TAXED_COUNTRIES } from "../pricing/index.ts";
import { COUNTRY_CODES } from "./postal-rules.ts";

it("there is a rate of tax for every country that the shop delivers to, and for no other", () => {
  expect(TAXED_COUNTRIES.toSorted()).toEqual(COUNTRY_CODES.toSorted());
});
