import { expect, it } from "vitest";
import { endOfDay } from "./end-of-day.ts";

it("a day ends one second before the next, in the reader's own zone", () => {
  expect(endOfDay(new Date(2026, 0, 5, 0, 0))).toBe("2026-01-05T23:59:59");
  expect(new Date(endOfDay(new Date(2026, 11, 1, 12))).getTime() + 1000).toBe(new Date(2026, 11, 2).getTime());
});
