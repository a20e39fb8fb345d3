import { expect, test } from "vitest";
import { lastMinutes, MINUTES_SHOWN, minuteStart } from "./order-rate.ts";

test("quiet minutes count as zero and the running minute is the last", () => {
  const now = Date.parse("2026-11-24T10:30:42.000Z");
  const from = minuteStart(now, MINUTES_SHOWN - 1);
  const minutes = lastMinutes(
    [
      { at: "2026-11-24T10:30:00.000Z", count: 3 },
      { at: "2026-11-24T09:31:00.000Z", count: 7 },
    ],
    from,
  );
  expect(minutes).toHaveLength(60);
  expect([minutes[0], minutes[1], minutes[59]]).toEqual([7, 0, 3]);
});
