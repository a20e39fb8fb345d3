import { expect, it } from "vitest";
import { formatDay, formatTime } from "./format-time.ts";

it("a moment in words for people, in UTC, to the minute", () => {
  expect(formatTime(new Date("2026-12-01T02:18:12.871Z"))).toBe("1 Dec 2026, 02:18 UTC");
  expect(formatTime(new Date("2026-12-01T00:05:00+02:00"))).toBe("30 Nov 2026, 22:05 UTC");
  expect(formatTime(new Date("2026-12-01T00:00:59Z"))).toBe("1 Dec 2026, 00:00 UTC");
});

it("a day is UTC's, as the shop's pages write one", () => {
  expect(formatDay(new Date("2026-12-01T00:30:00+01:00"))).toBe("November 30, 2026");
});
