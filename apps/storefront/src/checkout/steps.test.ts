import { expect, it } from "vitest";
import { EMPTY_CARD, type Card } from "./card.ts";
import { EMPTY_FIELDS, type CheckoutFields } from "./fields.ts";
import { firstUnfinished, problemsIn, problemsOfStep, stepFor, stepOf } from "./steps.ts";

const TODAY = new Date(2026, 10, 30);
const CARD: Card = { cardNumber: "4242424242424242", cardExpiry: "12/30", cardCvc: "123", cardName: "Ines" };
const FILLED: CheckoutFields = {
  ...EMPTY_FIELDS,
  email: "ines@example.com",
  name: "Ines Moreau",
  line1: "14 Rue des Lilas",
  city: "Lyon",
  postalCode: "69003",
  country: "FR",
};

it.each([
  [{}, CARD, "review"],
  [{ email: "" }, CARD, "contact"],
  [{ city: "" }, CARD, "delivery"],
  [{ postalCode: "1" }, EMPTY_CARD, "delivery"],
  [{}, EMPTY_CARD, "payment"],
  [{ payment: "account" }, EMPTY_CARD, "review"],
] as const)("with %j and this card one may go as far as %3$s", (change, card, step) => {
  expect(firstUnfinished(problemsIn({ ...FILLED, ...change }, card, TODAY))).toBe(step);
});

it.each([
  [{ useCredit: "yes", creditPart: "20" }, undefined],
  [{ useCredit: "yes", creditPart: "" }, "Enter an amount such as 20.00, or use no credit"],
  [{ useCredit: "yes", creditPart: "20.01" }, "You have $20.00: enter no more than that"],
  [{ useCredit: "", creditPart: "99" }, undefined],
  [{ useCredit: "yes", creditPart: "99", payment: "account" }, undefined],
])("of $20.00 of credit, %j is asked for %j", (change, problem) => {
  const credit = { amount: 2_000, currency: "USD" };
  expect(problemsIn({ ...FILLED, ...change }, CARD, TODAY, credit).creditPart).toBe(problem);
});

it("an address leads to its step, and to the first unfinished one when it is not reachable yet", () => {
  expect(stepFor("contact", "payment")).toBe("contact");
  expect(stepFor("payment", "payment")).toBe("payment");
  expect(stepFor("review", "payment")).toBe("payment");
  expect(stepFor("thanks", "delivery")).toBe("delivery");
  expect(stepFor(null, "contact")).toBe("contact");
});

it("problems come in the order of the fields on the page, which is the country's", () => {
  const named = (country: string) => {
    const fields = { ...FILLED, country, name: "", city: "", postalCode: "x" };
    return problemsOfStep("delivery", problemsIn(fields, CARD, TODAY), country).map(([name]) => name);
  };
  expect(named("US")).toEqual(["name", "city", "postalCode"]);
  expect(named("DE")).toEqual(["name", "postalCode", "city"]);
});

it("each field that can be refused is in a step", () => {
  expect((["email", "postalCode", "delivery", "payment", "cardCvc"] as const).map(stepOf)).toEqual([
    "contact",
    "delivery",
    "delivery",
    "payment",
    "payment",
  ]);
});
