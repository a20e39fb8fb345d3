import { expect, it } from "vitest";
import { moved, NO_HORIZON } from "./horizon.ts";
import type { Horizon, Searched } from "./horizon.ts";

const START = 1_000_000;
const search = (at: number, highestId: number, more: Partial<Searched> = {}): Searched => ({
  at: START + at,
  tookMs: 2,
  wasWhole: false,
  highestId,
  ...more,
});
const after = (...searches: readonly Searched[]): Horizon => searches.reduce(moved, NO_HORIZON);

it("what was published within the last second lies above the horizon", () => {
  expect(after(search(0, 10), search(400, 20), search(999, 30)).floor).toBe(0);
  expect(after(search(0, 10), search(400, 20), search(1_000, 30)).floor).toBe(10);
  expect(after(search(0, 10), search(400, 20), search(1_000, 30), search(2_000, 40)).floor).toBe(30);
});

it("a late row below the horizon does not lower it, and one that found nothing keeps it", () => {
  const reached = after(search(0, 10), search(1_000, 30), search(2_000, 40));
  expect(moved(moved(reached, search(3_000, 5)), search(4_000, 0)).floor).toBe(40);
});

it("the whole is searched again after ten times what it took, and no sooner for a search above the horizon", () => {
  const whole = after(search(0, 10, { wasWhole: true, tookMs: 150 }));
  expect(whole.wholeAgainAt).toBe(START + 1_500);
  expect(moved(whole, search(500, 20, { tookMs: 900 })).wholeAgainAt).toBe(START + 1_500);
});

it("the whole is searched again within ten seconds, whatever a search waited for, and at once when the clock is set back", () => {
  expect(after(search(0, 10, { wasWhole: true, tookMs: 60_000 })).wholeAgainAt).toBe(START + 10_000);
  expect(after(search(5_000, 10, { wasWhole: true }), search(1_000, 20))).toEqual(NO_HORIZON);
});
