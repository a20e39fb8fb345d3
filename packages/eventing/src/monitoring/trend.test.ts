import { expect, it } from "vitest";
import { ratesOf } from "./trend.ts";

it("a projection that is caught up needs no time", () => {
  expect(ratesOf({ seconds: 10, processed: 100, arrived: 100, behind: 0 })).toEqual({
    eventsPerSecond: 10,
    etaSeconds: 0,
  });
});

it("the time to catch up counts what still arrives", () => {
  expect(ratesOf({ seconds: 10, processed: 500, arrived: 100, behind: 400 })).toEqual({
    eventsPerSecond: 50,
    etaSeconds: 10,
  });
});

it("a projection that falls further behind has no time of arrival", () => {
  expect(ratesOf({ seconds: 10, processed: 100, arrived: 200, behind: 400 }).etaSeconds).toBeNull();
});

it("nothing is claimed without samples", () => {
  expect(ratesOf({ seconds: null, processed: null, arrived: null, behind: 4 })).toEqual({
    eventsPerSecond: null,
    etaSeconds: null,
  });
});
