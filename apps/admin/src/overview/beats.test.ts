import { expect, test } from "vitest";
import { agoText, barsOf, secondsAgo, totalsOf } from "./beats.ts";

const minutes = [
  { at: "2026-11-24T10:00:00.000Z", placed: 4, completed: 3, cancelled: 1 },
  { at: "2026-11-24T10:01:00.000Z", placed: 0, completed: 0, cancelled: 0 },
];

test("the highest count fills the strip, and a quiet minute is empty", () => {
  expect(barsOf(minutes)).toMatchObject([
    { placed: 100, completed: 75, cancelled: 25, words: "4 placed, 3 completed, 1 cancelled" },
    { placed: 0, completed: 0, cancelled: 0 },
  ]);
  expect(totalsOf(minutes)).toEqual({ placed: 4, completed: 3, cancelled: 1 });
});

test("seconds are whole, and minutes have theirs", () => {
  expect([0.4, 3.9, 59.9, 200].map(agoText)).toEqual(["0 s ago", "3 s ago", "59 s ago", "3 min 20 s ago"]);
});

test("a browser clock that is behind does not count backwards", () => {
  expect(secondsAgo("2026-11-24T10:00:00.000Z", Date.parse("2026-11-24T10:00:12Z"))).toBe(12);
  expect(secondsAgo("2026-11-24T10:00:00.000Z", Date.parse("2026-11-24T09:59:00Z"))).toBe(0);
});
