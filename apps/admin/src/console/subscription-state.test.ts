import { expect, test } from "vitest";
import {
  etaText,
  rateText,
  rebuildLeftSeconds,
  secondsText,
  stateOf,
  worstFirst,
  type Rebuild,
  type Subscription,
  type Trend,
} from "./subscription-state.ts";

const fine: Subscription = {
  name: "order_view",
  status: "running",
  position: 10,
  headPosition: 10,
  lagSeconds: 0,
  eventsBehind: 0,
  heartbeatAgeSeconds: 0.4,
  updatedAt: "2026-11-24T10:00:00.000Z",
  openLetters: 0,
  paused: null,
};

test("a worker without a heartbeat is worse news than the lag it causes", () => {
  expect(stateOf({ ...fine, heartbeatAgeSeconds: 60, lagSeconds: 60 }).word).toBe("no heartbeat");
});

test("five seconds of lag are still within the limit", () => {
  expect(stateOf({ ...fine, lagSeconds: 5, eventsBehind: 3 }).word).toBe("catching up");
  expect(stateOf({ ...fine, lagSeconds: 5.1, eventsBehind: 3 }).word).toBe("late");
});

test("the worst come first, and healthy ones keep their order at any lag", () => {
  const late = { ...fine, name: "stock_view", lagSeconds: 8 };
  const paused = { ...fine, name: "a", status: "paused" };
  const failing = { ...fine, name: "mail", openLetters: 2 };
  expect(stateOf(failing).word).toBe("has dead letters");
  const busy = { ...fine, name: "z", lagSeconds: 2, eventsBehind: 9 };
  expect(worstFirst([fine, busy, failing, paused, late]).map(({ name }) => name)).toEqual([
    "stock_view",
    "a",
    "mail",
    "order_view",
    "z",
  ]);
});

test.each([
  [0.01, "0 s"],
  [0.44, "0.4 s"],
  [59.6, "1 min 0 s"],
  [3_725, "1 h 2 min"],
  [90_000, "1 d 1 h"],
])("%d seconds read %s", (seconds, text) => expect(secondsText(seconds)).toBe(text));

const trend: Trend = { projection: "order_view", points: [], eventsPerSecond: 20, etaSeconds: 42 };

test("the time to catch up is a figure, or the reason why it is unknown", () => {
  expect(etaText(trend, 0)).toBe("0 s");
  expect(etaText(trend, 840)).toBe("42 s");
  expect(etaText({ ...trend, etaSeconds: null }, 840)).toBe("never");
  expect(etaText({ ...trend, eventsPerSecond: null, etaSeconds: null }, 840)).toBe("unknown");
  expect(etaText(undefined, 840)).toBe("unknown");
});

test("events that wait for a relay that is down are not under a second away", () => {
  expect(etaText({ ...trend, eventsPerSecond: 0, etaSeconds: 0 }, 106)).toBe("unknown");
  expect(etaText({ ...trend, eventsPerSecond: 20, etaSeconds: 0 }, 840)).toBe("42 s");
});

test.each([
  [null, "unknown"],
  [0, "0"],
  [0.43, "0.4"],
  [1_204.4, "1,204"],
])("%d events a second read %s", (rate, text) => expect(rateText(rate)).toBe(text));

test("a rebuild's time left follows from its rate, and is unknown before it has read anything and while it merges", () => {
  const rebuild = { position: 500, startedAgainst: 2_000, eventsPerSecond: 100, merging: false } as Rebuild;
  expect(rebuildLeftSeconds(rebuild)).toBe(15);
  expect(rebuildLeftSeconds({ ...rebuild, position: 2_100 })).toBe(0);
  expect(rebuildLeftSeconds({ ...rebuild, position: 0, eventsPerSecond: 0 })).toBeNull();
  expect(rebuildLeftSeconds({ ...rebuild, position: 2_000, merging: true })).toBeNull();
});
