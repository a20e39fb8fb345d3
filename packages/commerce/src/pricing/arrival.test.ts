import { expect, it } from "vitest";
import { arrivalWords } from "./arrival-words.ts";
import { deliveryOffers } from "./delivery.ts";
import { expectedArrival } from "./arrival.ts";
import { TAXED_COUNTRIES, taxBasisPoints } from "./tax.ts";

const rule = { cutOffHour: 14, timeZone: "America/New_York", closedDays: ["2026-12-25"], delayMs: 0 };
const usd = (amount: number) => ({ amount, currency: "USD" });

it.each([
  ["US", "standard", "2026-12-04", "2026-12-08"],
  ["US", "express", "2026-12-02", "2026-12-03"],
  ["DE", "standard", "2026-12-08", "2026-12-14"],
  ["NZ", "express", "2026-12-03", "2026-12-07"],
] as const)("an order to %s by %s is expected from %s to %s", (country, method, from, to) => {
  const basisPoints = taxBasisPoints(country) ?? 0;
  const tax = basisPoints === 0 ? null : { country, basisPoints, amount: usd(1), included: true };
  const price = { goods: usd(1), discount: null, delivery: { method, amount: usd(0) }, tax, total: usd(1) };
  expect(expectedArrival({ placedAt: "2026-12-01T15:00:00Z", price }, rule)).toEqual({ from, to });
});

it("every country but the shop's own has a tax by which it is known, and may be delivered to by each method", () => {
  expect(TAXED_COUNTRIES.filter((country) => taxBasisPoints(country) === 0)).toEqual(["US"]);
  for (const country of TAXED_COUNTRIES)
    expect(deliveryOffers(country).map(({ method }) => method)).toEqual(["standard", "express"]);
});

it("days are named, whatever the clock of who reads or writes them", () => {
  expect(arrivalWords({ from: "2026-12-03", to: "2026-12-07" })).toBe(
    "Arrives between Thursday, December 3 and Monday, December 7",
  );
  expect(arrivalWords({ from: "2026-12-03", to: "2026-12-03" })).toBe("Arrives Thursday, December 3");
});
