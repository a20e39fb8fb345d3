import { expect, test } from "vitest";
import { salesByCurrency } from "./sales.ts";

const row = (day: string, currency: string, revenue: number) => ({ day, currency, revenue, orders: 1, units: 2 });

test("days without sales stand in their place with nothing in them", () => {
  const [usd] = salesByCurrency([row("2026-11-24", "USD", 500), row("2026-11-22", "USD", 300)], 3);
  expect(usd?.days.map(({ day, revenue }) => [day, revenue])).toEqual([
    ["2026-11-22", 300],
    ["2026-11-23", 0],
    ["2026-11-24", 500],
  ]);
  expect(usd?.revenue).toBe(800);
});

test("currencies are never added up", () => {
  const sales = salesByCurrency([row("2026-11-24", "USD", 500), row("2026-11-24", "EUR", 300)], 1);
  expect(sales.map(({ currency, revenue }) => [currency, revenue])).toEqual([
    ["EUR", 300],
    ["USD", 500],
  ]);
});
