import fc from "fast-check";
import { expect, it } from "vitest";
import { dispatchDay, workingDaysAfter } from "./dispatch-day.ts";

const rule = { cutOffHour: 14, timeZone: "America/New_York", closedDays: ["2026-12-25"], delayMs: 0 };
const on = (instant: string, more = {}) => dispatchDay(new Date(instant), { ...rule, ...more });

it.each([
  ["a Tuesday morning", "2026-12-01T15:00:00Z", "2026-12-01", 0],
  ["the last second before two", "2026-12-01T18:59:59Z", "2026-12-01", 0],
  ["two o'clock itself", "2026-12-01T19:00:00Z", "2026-12-02", 1],
  ["a Friday afternoon", "2026-12-04T20:00:00Z", "2026-12-07", 3],
  ["a Saturday", "2026-12-05T15:00:00Z", "2026-12-07", 2],
  ["the eve of a holiday before a weekend", "2026-12-24T20:00:00Z", "2026-12-28", 4],
  ["a Monday evening that is Tuesday in UTC", "2026-12-01T04:00:00Z", "2026-12-01", 1],
])("what is ordered on %s leaves when we say", (_when, instant, day, inDays) => {
  expect(on(instant)).toMatchObject({ day, inDays });
});

it("an hour of summer time is an hour of the shop's clock", () => {
  expect(on("2026-07-01T17:59:00Z").inDays).toBe(0);
  expect(on("2026-07-01T18:00:00Z").inDays).toBe(1);
});

it("what waits longer than until the cut-off is promised for later", () => {
  expect(on("2026-12-01T15:00:00Z", { delayMs: 26 * 3_600_000 })).toMatchObject({ day: "2026-12-02", inDays: 1 });
});

it("no promise falls on a closed day or into the past, wherever the shop is", () => {
  const property = fc.property(
    fc.date({ min: new Date("2026-01-01"), max: new Date("2028-01-01"), noInvalidDate: true }),
    fc.constantFrom("America/New_York", "Pacific/Auckland", "Europe/Berlin", "Asia/Kolkata", "UTC"),
    fc.integer({ min: 1, max: 24 }),
    (now, timeZone, cutOffHour) => {
      const { day, inDays } = dispatchDay(now, { ...rule, timeZone, cutOffHour });
      expect(inDays).toBeGreaterThanOrEqual(0);
      expect(inDays).toBeLessThanOrEqual(5);
      expect([0, 6]).not.toContain(new Date(`${day}T00:00:00Z`).getUTCDay());
      expect(day).not.toBe("2026-12-25");
    },
  );
  fc.assert(property);
});

it.each([
  ["2026-12-01", 0, "2026-12-01"],
  ["2026-12-01", 3, "2026-12-04"],
  ["2026-12-04", 1, "2026-12-07"],
  ["2026-12-23", 2, "2026-12-28"],
])("from %s, %i working days later is %s", (day, count, later) => {
  expect(workingDaysAfter(day, count, rule)).toBe(later);
});
