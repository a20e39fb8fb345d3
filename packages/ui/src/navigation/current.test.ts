import { expect, test } from "vitest";
import { isCurrent } from "./current.ts";

test("a navigation entry is current on its page and beneath it, not beside it", () => {
  expect(isCurrent("/events", "/events/42")).toBe(true);
  expect(isCurrent("/events?type=x", "/events")).toBe(true);
  expect(isCurrent("/events", "/eventstore")).toBe(false);
  expect([isCurrent("/", "/"), isCurrent("/", "/events")]).toEqual([true, false]);
});
