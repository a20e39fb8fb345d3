import { expect, it } from "vitest";
import { EMPTY_CARD } from "./card.ts";
import { EMPTY_FIELDS } from "./fields.ts";
import { addressLines } from "../order/address-lines.ts";
import { daysWords, deliveryLines, paymentLine } from "./summaries.ts";

const fields = { ...EMPTY_FIELDS, name: "Ines Moreau", line1: "Lilienweg 14", postalCode: "10115", city: "Berlin" };

const total = { amount: 5_450, currency: "USD" };

it("an address is read as people of its country write it", () => {
  expect(addressLines({ ...fields, country: "DE" })).toEqual([
    "Ines Moreau",
    "Lilienweg 14",
    "10115 Berlin",
    "Germany",
  ]);
  expect(addressLines({ ...fields, line2: " ", region: "OR" }).slice(-2)).toEqual(["Berlin OR 10115", "United States"]);
});

it.each(["US", "CA", "AU"])("an address in %s reads well without the region, which nobody has to give", (country) => {
  expect(addressLines({ ...fields, country, region: "" }).at(-2)).toBe("Berlin 10115");
});

it("the review has the postal code as the order will have it", () => {
  const [address] = deliveryLines({ ...fields, country: "GB", city: "London", postalCode: "sw1a1aa" });
  expect(address).toContain("London SW1A 1AA");
});

it("a finished step says how it travels, and how it is paid, without the number", () => {
  expect(deliveryLines({ ...fields, delivery: "express" }).at(-1)).toBe("Express delivery");
  expect(paymentLine(fields, { ...EMPTY_CARD, cardNumber: "4242 4242 4242 4242" }, total)).toBe("Visa ending 4242");
  expect(paymentLine({ ...fields, payment: "account" }, EMPTY_CARD, total)).toBe("Store credit");
});

it("of a payment with both it says what each pays, and nothing of credit that is not used", () => {
  const card = { ...EMPTY_CARD, cardNumber: "4242 4242 4242 4242" };
  const both = { ...fields, useCredit: "yes", creditPart: "20" };
  expect(paymentLine(both, card, total)).toBe("$20.00 from your credit, $34.50 on Visa ending 4242");
  expect(paymentLine({ ...both, useCredit: "" }, card, total)).toBe("Visa ending 4242");
  expect(paymentLine({ ...both, payment: "account" }, card, total)).toBe("Store credit");
});

it("says that days are working days after dispatch", () => {
  expect(daysWords({ from: 3, to: 5 })).toBe("3 to 5 working days after dispatch");
  expect(daysWords({ from: 1, to: 1 })).toBe("1 working day after dispatch");
});
