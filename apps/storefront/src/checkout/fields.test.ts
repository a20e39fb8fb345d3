import { placeOrderInput } from "@tillstream/commerce";
import { COUNTRY_CODES, postalRule } from "@tillstream/commerce/postal-rules";
import { describe, expect, it } from "vitest";
import { addressWords, COUNTRIES } from "./countries.ts";
import { checkFields, creditPartMax, EMPTY_FIELDS, fieldOf, fieldsOfSaved, toCommand } from "./fields.ts";
import type { CheckoutFields, FieldName } from "./fields.ts";

const FILLED: CheckoutFields = {
  ...EMPTY_FIELDS,
  email: "ines@example.com",
  name: "Ines Moreau",
  line1: "14 Rue des Lilas",
  city: "Lyon",
  postalCode: "69003",
  country: "FR",
};

/** The fields that the server refuses. */
function refusedByServer(fields: CheckoutFields): (FieldName | undefined)[] {
  const order = { lines: [{ sku: "MUG", quantity: 1 }], payment: { method: "card", token: "tok_visa" } };
  const { error } = placeOrderInput.safeParse({ ...order, ...toCommand(fields) });
  return (error?.issues ?? []).map(({ path }) => fieldOf(path.join(".")));
}

describe("the form asks what the server asks", () => {
  it.each([
    [{}, []],
    [{ email: "инфо@почта.рф" }, []],
    [{ email: "user&co@example.com" }, []],
    [{ email: "ines@" }, ["email"]],
    [{ email: "ines@home@example.com" }, ["email"]],
    [{ email: "ines\u200b@example.com" }, ["email"]],
    [{ name: "\u3164" }, ["name"]],
    [{ name: "\u202eInes" }, []],
    [{ name: "👩‍👩‍👧" }, []],
    [{ line1: " ", city: "\u200b" }, ["line1", "city"]],
    [{ postalCode: "" }, ["postalCode"]],
    [{ country: "US", postalCode: "1" }, ["postalCode"]],
    [{ country: "US", postalCode: "94103" }, []],
    [{ country: "GB", postalCode: "sw1a 1aa" }, []],
    [{ country: "IE", postalCode: "" }, []],
    [{ country: "IE", postalCode: "\u200b" }, []],
    [{ country: "IE", postalCode: "12345" }, ["postalCode"]],
    [{ country: "JP", postalCode: "１５４－００２３" }, []],
  ] satisfies [Partial<CheckoutFields>, FieldName[]][])("%j: %j", (change, wrong) => {
    const fields = { ...FILLED, ...change };
    expect(new Set(Object.keys(checkFields(fields)))).toEqual(new Set(wrong));
    expect(new Set(refusedByServer(fields))).toEqual(new Set(wrong));
  });

  it("takes each country's own example, and nothing empty where mail needs a code", () => {
    for (const country of COUNTRY_CODES) {
      expect(checkFields({ ...FILLED, country, postalCode: postalRule(country)?.example ?? "" })).toEqual({});
      const without = Object.keys(checkFields({ ...FILLED, country, postalCode: "" }));
      expect(without).toEqual(addressWords(country).postalCodeOptional ? [] : ["postalCode"]);
    }
  });
});

it("people read the words of their own country", () => {
  expect(addressWords("US")).toEqual({ postalCode: "ZIP or postal code", region: "State", postalCodeOptional: false });
  expect(addressWords("IE")).toEqual({ postalCode: "Eircode", region: "County", postalCodeOptional: true });
  expect(addressWords("FR")).toEqual({ postalCode: "Postal code", region: "Region", postalCodeOptional: false });
  expect(COUNTRIES).toContainEqual({ value: "JP", label: "Japan" });
});

it("a saved address fills its fields in, and empties those that it lacks", () => {
  const { email, ...saved } = { ...FILLED, line2: "2nd floor" };
  expect({
    ...saved,
    ...fieldsOfSaved({ id: "1", name: "Ada", line1: "1 Lane", city: "Dublin", country: "IE" }),
  }).toEqual({
    ...EMPTY_FIELDS,
    email: undefined,
    name: "Ada",
    line1: "1 Lane",
    city: "Dublin",
    country: "IE",
  });
});

it.each([
  [2_000, 5_450, 2_000],
  [5_450, 5_450, 5_449],
  [10_000, 5_450, 5_449],
  [10_000, 0, 0],
])("%i cents of credit pay, of a total of %i, %i beside a card", (credit, total, part) => {
  const usd = (amount: number) => ({ amount, currency: "USD" });
  expect(creditPartMax(usd(credit), usd(total))).toBe(part);
});
