import { describe, expect, test } from "vitest";
import { decimalsOf, formatMoney } from "./format-money.ts";
import { formatDuration, formatInstant, formatRelative, formatUtc } from "./format-time.ts";
import { truncateMiddle } from "./truncate-middle.ts";

describe("money", () => {
  test("minor units of a currency with two decimals are divided by a hundred", () => {
    expect(formatMoney({ amount: 123_450, currency: "USD" })).toBe("$1,234.50");
  });
  test("yen have no decimals and are not divided", () => {
    expect(formatMoney({ amount: 1250, currency: "JPY" })).toBe("¥1,250");
  });
  test("dinars have three decimals", () => {
    expect(decimalsOf("KWD")).toBe(3);
    expect(formatMoney({ amount: 1250, currency: "KWD" })).toContain("1.250");
  });
  test("a signed amount writes its plus, and nothing at zero", () => {
    expect(formatMoney({ amount: 500, currency: "USD" }, { signed: true })).toBe("+$5.00");
    expect(formatMoney({ amount: 0, currency: "USD" }, { signed: true })).toBe("$0.00");
    expect(formatMoney({ amount: -500, currency: "USD" })).toBe("-$5.00");
  });
});

describe("time", () => {
  const at = new Date("2026-11-24T22:46:21.120Z");
  test("an instant is written in the zone it is asked for", () => {
    expect(formatInstant(at, "datetime", "UTC")).toBe("24 Nov 2026, 22:46");
    expect(formatInstant(at, "datetime", "Asia/Tokyo")).toBe("25 Nov 2026, 07:46");
  });
  test("the shop's days have the month first, as in its sentences", () => {
    expect(formatInstant(at, "day", "UTC")).toBe("November 24, 2026");
    expect(formatInstant(at, "dayTime", "UTC")).toBe("Nov 24, 2026, 22:46");
  });
  test("the hover text is UTC to the millisecond", () => {
    expect(formatUtc(at)).toBe("2026-11-24 22:46:21.120 UTC");
  });
  test("a distance is written in its largest whole unit", () => {
    expect(formatRelative(at, at.getTime() + 185_000)).toBe("3 min ago");
    expect(formatRelative(at, at.getTime() - 7_300_000)).toBe("in 2 hr");
    expect(formatRelative(at, at.getTime() + 900)).toBe("now");
  });
  test("a duration has at most two units", () => {
    expect([40, 999, 8_040, 42_000, 185_000, 7_800_000, 356_400_000].map(formatDuration)).toEqual([
      "40 ms",
      "1.0 s",
      "8.0 s",
      "42 s",
      "3 min 5 s",
      "2 h 10 min",
      "4 d 3 h",
    ]);
  });
});

test("a long id keeps both ends and a short one stays whole", () => {
  expect(truncateMiddle("0198c2f4-7c1e-7d3a-9b44-2f5d1a9b9ab1")).toBe("0198c2f4…9ab1");
  expect(truncateMiddle("order-42")).toBe("order-42");
});
