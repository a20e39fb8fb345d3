import { expect, it } from "vitest";
import { closedDayWords, dispatchWords, ruleWords } from "./dispatch-words.ts";

it.each([
  [{ day: "2026-12-01", inDays: 0, cutOffHour: 14 }, "Order before 2 pm New York time and it leaves us today."],
  [{ day: "2026-12-01", inDays: 0, cutOffHour: 24 }, "Order now and it leaves us on Tuesday, December 1."],
  [{ day: "2026-12-02", inDays: 1, cutOffHour: 14 }, "Order now and it leaves us on Wednesday, December 2."],
  [{ day: "2026-12-07", inDays: 3, cutOffHour: 12 }, "Order now and it leaves us on Monday, December 7."],
])("%j reads %j", (day, words) => {
  expect(dispatchWords(day, "America/New_York")).toBe(words);
});

it("the rule reads as a rule, with and without an hour", () => {
  const timeZone = "America/New_York";
  expect(ruleWords({ cutOffHour: 14, timeZone })).toBe(
    "What you order from Monday to Friday before 2 pm, New York time, leaves us that day. What you order later, or on a Saturday or Sunday, leaves on the next working day.",
  );
  expect(ruleWords({ cutOffHour: 24, timeZone })).not.toContain("time");
  expect(closedDayWords(["2026-12-24", "2026-12-25"])).toBe("Thursday, December 24 and Friday, December 25");
});
