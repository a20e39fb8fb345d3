import fc from "fast-check";
import { expect, it } from "vitest";
import { priceOf, totalOf } from "./price.ts";
import type { PriceTerms } from "./price.ts";
import { paidFor, sharesOf } from "./share.ts";

const RUNS = 1_000;

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 12 }),
  unitPrice: fc.integer({ min: 0, max: 50_000 }),
});
/** Of different items. */
const lines = fc
  .array(line, { minLength: 1, maxLength: 6 })
  .map((some) => some.map((one, at) => ({ ...one, sku: `item-${at}` })));
const terms: fc.Arbitrary<PriceTerms> = fc.record({
  delivery: fc.record({ method: fc.constantFrom("standard", "express"), amount: fc.constantFrom(0, 1_200, 2_899) }),
  tax: fc.option(
    fc.record({
      country: fc.constantFrom("DE", "US"),
      basisPoints: fc.integer({ min: 1, max: 3_000 }),
      included: fc.boolean(),
    }),
  ),
  discount: fc.option(
    fc.oneof(
      fc.record({
        code: fc.constant("P"),
        kind: fc.constant("percent" as const),
        value: fc.integer({ min: 1, max: 100 }),
      }),
      fc.record({
        code: fc.constant("A"),
        kind: fc.constant("amount" as const),
        value: fc.integer({ min: 1, max: 90_000 }),
      }),
    ),
  ),
});

it("a total is its goods less the discount, with delivery, and tax only where it is not in them; something of the goods is always paid", () => {
  fc.assert(
    fc.property(lines, terms, (bought, agreed) => {
      const { goods, discount, delivery, tax } = priceOf(bought, agreed);
      const added = tax === null || tax.included ? 0 : tax.amount;
      const total = totalOf({ goods, discount, delivery, tax });
      expect(total).toBe(goods - (discount?.amount ?? 0) + delivery.amount + added);
      expect(total).toBeGreaterThanOrEqual(Math.min(goods, 100) + delivery.amount);
      expect([goods, discount?.amount ?? 0, delivery.amount, added].every(Number.isInteger)).toBe(true);
      if (tax !== null) expect(tax.amount).toBeLessThanOrEqual(total);
    }),
    { numRuns: RUNS },
  );
});

/** A way to take an order apart: for each step, how many units of which lines. */
const steps = fc.array(fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 3 }), {
  maxLength: 8,
});

it("however an order is taken apart, its parts are what was paid, to the cent", () => {
  fc.assert(
    fc.property(lines, terms, steps, (bought, agreed, taken) => {
      const total = totalOf(priceOf(bought, agreed));
      expect(sharesOf(total, bought).reduce((sum, share) => sum + share, 0)).toBe(total);
      const before: { sku: string; quantity: number }[] = [];
      const leftOf = (sku: string) =>
        (bought.find((one) => one.sku === sku)?.quantity ?? 0) -
        before.reduce((sum, unit) => (unit.sku === sku ? sum + unit.quantity : sum), 0);
      let paid = 0;
      const take = (units: readonly { sku: string; quantity: number }[]): void => {
        const part = paidFor(total, bought, units, before);
        expect(part).toBeGreaterThanOrEqual(0);
        paid += part;
        before.push(...units);
      };
      for (const step of taken)
        for (const [at, wanted] of step) {
          const sku = `item-${at}`;
          const quantity = Math.min(wanted, leftOf(sku));
          if (quantity > 0) take([{ sku, quantity }]);
        }
      take(bought.map(({ sku }) => ({ sku, quantity: leftOf(sku) })));
      expect(paid).toBe(total);
    }),
    { numRuns: RUNS },
  );
});

it("where nothing but goods was paid for, a unit's part is its price", () => {
  fc.assert(
    fc.property(lines, (bought) => {
      const total = totalOf(priceOf(bought));
      for (const { sku, unitPrice } of bought)
        expect(paidFor(total, bought, [{ sku, quantity: 1 }], [])).toBe(unitPrice);
    }),
  );
});

it.each([
  ["10 % off", { discount: { code: "TEN", kind: "percent", value: 10 } as const }, 8_991],
  ["more off than it costs", { discount: { code: "BIG", kind: "amount", value: 99_999 } as const }, 100],
  ["express", { delivery: { method: "express", amount: 1_200 } as const }, 11_190],
  ["tax in the price", { tax: { country: "DE", basisPoints: 1_900, included: true } }, 9_990],
  ["tax on top", { tax: { country: "DE", basisPoints: 1_900, included: false } }, 11_888],
])("9,990 with %s", (_, change, total) => {
  const plain: PriceTerms = { delivery: { method: "standard", amount: 0 }, tax: null, discount: null };
  expect(totalOf(priceOf([{ sku: "A", quantity: 3, unitPrice: 3_330 }], { ...plain, ...change }))).toBe(total);
});
