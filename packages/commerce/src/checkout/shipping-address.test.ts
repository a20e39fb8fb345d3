import { describe, expect, it } from "vitest";
import { COUNTRY_CODES, postalRule } from "./postal-rules.ts";
import { shippingAddress } from "./shipping-address.ts";

const address = (change: object) => ({ name: "Ines", line1: "1 Street", city: "Town", country: "US", ...change });
const problemsOf = (change: object) =>
  shippingAddress.safeParse(address(change)).error?.issues.map(({ path, message }) => [path.join("."), message]) ?? [];

describe("a postal code", () => {
  it.each([
    ["US", "12345", "12345"],
    ["US", "12345-6789", "12345-6789"],
    ["CA", "k1a 0b1", "K1A 0B1"],
    ["US", "123456789", "12345-6789"],
    ["CA", "k1a0b1", "K1A 0B1"],
    ["GB", "sw1a1aa", "SW1A 1AA"],
    ["GB", "m11ae", "M1 1AE"],
    ["GB", "bfpo801", "BFPO 801"],
    ["GB", "gir0aa", "GIR 0AA"],
    ["NL", "1012ab", "1012 AB"],
    ["FR", "75 001", "75001"],
    ["PL", "00950", "00-950"],
    ["PT", "1100148", "1100-148"],
    ["SE", "11455", "114 55"],
    ["JP", "1540023", "154-0023"],
    ["IE", "D6W XY00", "D6W XY00"],
    ["CH", "CH-8001", "8001"],
    ["DE", "D-10115", "10115"],
    ["SE", "SE-114 55", "114 55"],
    ["PT", "1100\u2013148", "1100-148"],
    ["JP", "１５４ー００２３", "154-0023"],
  ])("of %s may be written %s, and is kept as %s", (country, postalCode, kept) => {
    expect(shippingAddress.parse(address({ country, postalCode })).postalCode).toBe(kept);
  });

  it.each([
    ["US", "1", "Enter a ZIP or postal code such as 94103"],
    ["US", "123456", "Enter a ZIP or postal code such as 94103"],
    ["US", "SW1A 1AA", "Enter a ZIP or postal code such as 94103"],
    ["US", undefined, "Enter a ZIP or postal code such as 94103"],
    ["US", "\u200b", "Enter a ZIP or postal code such as 94103"],
    ["GB", "12345", "Enter a postcode such as SW1A 1AA"],
    ["IE", "12345", "Enter an Eircode such as A65 F4E2"],
    ["FR", "7500", "Enter a postal code such as 75001"],
  ])("of %s may not be %s", (country, postalCode, message) => {
    expect(problemsOf({ country, postalCode })).toEqual([["postalCode", message]]);
  });

  it("is not asked for in Ireland", () => {
    expect(shippingAddress.parse(address({ country: "IE" }))).not.toHaveProperty("postalCode");
    expect(shippingAddress.parse(address({ country: "IE", postalCode: " " }))).not.toHaveProperty("postalCode");
  });

  it("is shown to people by an example that its own rule takes and keeps as it is, in every country", () => {
    for (const country of COUNTRY_CODES) {
      const postalCode = postalRule(country)?.example;
      expect(shippingAddress.parse(address({ country, postalCode })).postalCode, country).toBe(postalCode);
    }
  });
});

it("every country is one of ISO 3166, which Unicode knows by a name", () => {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  for (const country of COUNTRY_CODES) expect(names.of(country), country).toEqual(expect.any(String));
  expect(COUNTRY_CODES.length).toBeGreaterThan(20);
});

it.each(["ZZ", "us", "XK", "constructor", ""])("the shop does not deliver to %j", (country) => {
  expect(problemsOf({ country, postalCode: "12345" })).toEqual([
    ["country", "a country that we deliver to, such as US"],
  ]);
});

it("an unknown field is refused by its name", () => {
  const { error } = shippingAddress.safeParse(address({ postalCode: "12345", phone: "555" }));
  expect(error?.issues).toMatchObject([{ code: "unrecognized_keys", keys: ["phone"] }]);
});

it("what is kept is taken again as it is", () => {
  const kept = shippingAddress.parse(address({ name: " Ines\u200b ", country: "CA", postalCode: "k1a 0b1" }));
  expect(shippingAddress.parse(kept)).toEqual(kept);
});
