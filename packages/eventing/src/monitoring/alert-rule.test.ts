import { describe, expect, it } from "vitest";
import { alertRule, nextAlert } from "./alert-rule.ts";
import type { AlertRule, OpenAlert } from "./alert-rule.ts";

const rule = alertRule(5);
const second = (at: number, value: number) => ({ at: new Date(at * 1_000), value });

/** Feeds one sample a second; returns what happened at each. */
function history(values: readonly number[], by: AlertRule = rule): string[] {
  let open: OpenAlert | undefined;
  return values.map((value, index) => {
    const sample = second(index, value);
    const change = nextAlert(by, open, sample);
    if (change.kind === "open") open = { status: "pending", pendingAt: sample.at, peak: change.peak, calmSince: null };
    if (change.kind === "fire" && open !== undefined) open = { ...open, status: "firing", peak: change.peak };
    if (change.kind === "update" && open !== undefined)
      open = { ...open, peak: change.peak, calmSince: change.calmSince };
    if (change.kind === "drop" || change.kind === "resolve") open = undefined;
    return change.kind;
  });
}

describe("the lag alert", () => {
  it("is pending at the first sample above the threshold and fires at the second in a row", () => {
    expect(history([0, 4.9, 5, 5.1, 6])).toEqual(["none", "none", "none", "open", "fire"]);
  });

  it("is dropped when the second sample is not above the threshold", () => {
    expect(history([6, 5, 6, 6])).toEqual(["open", "drop", "open", "fire"]);
  });

  it("is resolved only after ten seconds in a row below three", () => {
    const calm = Array.from({ length: 11 }, () => 2);
    expect(history([9, 9, ...calm]).at(-1)).toBe("resolve");
    expect(history([9, 9, ...calm.slice(1)]).at(-1)).toBe("update");
  });

  it("starts counting the calm again when the clock has gone back", () => {
    const open = { status: "firing", pendingAt: new Date(0), peak: 9, calmSince: new Date(3_600_000) } as const;
    expect(nextAlert(rule, open, second(1, 2))).toMatchObject({ kind: "update", calmSince: new Date(1_000) });
  });

  it("starts counting the calm again when the lag rises to three again", () => {
    const interrupted = [9, 9, 1, 1, 1, 1, 1, 3, ...Array.from({ length: 10 }, () => 1)];
    expect(history(interrupted).at(-1)).toBe("update");
    expect(history([...interrupted, 1]).at(-1)).toBe("resolve");
  });

  it("remembers the highest lag", () => {
    const open = { status: "firing", pendingAt: new Date(0), peak: 30, calmSince: null } as const;
    expect(nextAlert(rule, open, second(0, 8))).toMatchObject({ peak: 30 });
    expect(nextAlert(rule, open, second(0, 40))).toMatchObject({ peak: 40 });
  });
});

describe("an alert of a check", () => {
  const count: AlertRule = { threshold: 0, forSeconds: 3, calmForSeconds: 2 };

  it("fires once it has been above the threshold for as long as its rule wants", () => {
    expect(history([1, 1, 1, 1], count)).toEqual(["open", "update", "update", "fire"]);
    expect(history([1, 1, 1, 0, 1], count)).toEqual(["open", "update", "update", "drop", "open"]);
  });

  it("fires at the second sample when the clock has gone back since the first", () => {
    const open = { status: "pending", pendingAt: new Date(3_600_000), peak: 1, calmSince: null } as const;
    expect(nextAlert(count, open, second(1, 1)).kind).toBe("fire");
  });

  it("is calm at its threshold, where that is none", () => {
    expect(history([1, 1, 1, 1, 0, 0, 0], count).slice(3)).toEqual(["fire", "update", "update", "resolve"]);
  });
});
