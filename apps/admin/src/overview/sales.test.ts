import { expect, test } from "vitest";
import { dayWord, netOf, salesByCurrency } from "./sales.ts";

const row = (day: string, currency: string, revenue: number, refunded = 0) => ({
  day,
  currency,
  revenue,
  refunded,
  orders: 1,
  units: 2,
  refunds: refunded === 0 ? 0 : 1,
});

test("days without sales are in their place with nothing in them", () => {
  const [usd] = salesByCurrency([row("2026-11-24", "USD", 500), row("2026-11-22", "USD", 300)], 3);
  expect(usd?.days.map(({ day, revenue }) => [day, revenue])).toEqual([
    ["2026-11-22", 300],
    ["2026-11-23", 0],
    ["2026-11-24", 500],
  ]);
  expect(usd?.total.revenue).toBe(800);
});

test("currencies are never added up", () => {
  const sales = salesByCurrency([row("2026-11-24", "USD", 500), row("2026-11-24", "EUR", 300)], 1);
  expect(sales.map(({ currency, total }) => [currency, total.revenue])).toEqual([
    ["EUR", 300],
    ["USD", 500],
  ]);
});

test("what went back is taken off on its own day, also where nothing came in", () => {
  const [usd] = salesByCurrency([row("2026-11-24", "USD", 0, 300), row("2026-11-23", "USD", 500)], 2);
  expect(usd?.days.map((day) => netOf(day))).toEqual([500, -300]);
  expect(usd?.total).toMatchObject({ revenue: 500, refunds: 1, refunded: 300 });
});

test("a day is said as people say it, in UTC wherever they are", () => {
  expect(dayWord("2026-11-30")).toBe("30 Nov");
});
