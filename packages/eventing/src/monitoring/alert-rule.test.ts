import { describe, expect, it } from "vitest";
import { alertRule, nextAlert } from "./alert-rule.ts";
import type { OpenAlert } from "./alert-rule.ts";

const rule = alertRule(5);
const second = (at: number, lagSeconds: number) => ({ at: new Date(at * 1_000), lagSeconds });

/** Feeds one sample a second; returns what happened at each. */
function history(lags: readonly number[]): string[] {
  let open: OpenAlert | undefined;
  return lags.map((lagSeconds, index) => {
    const change = nextAlert(rule, open, second(index, lagSeconds));
    if (change.kind === "open") open = { status: "pending", peakLagSeconds: change.peakLagSeconds, calmSince: null };
    if (change.kind === "fire") open = { status: "firing", peakLagSeconds: change.peakLagSeconds, calmSince: null };
    if (change.kind === "update") {
      open = { status: "firing", peakLagSeconds: change.peakLagSeconds, calmSince: change.calmSince };
    }
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

  it("starts counting the calm anew when the clock has gone back", () => {
    const open = { status: "firing", peakLagSeconds: 9, calmSince: new Date(3_600_000) } as const;
    expect(nextAlert(rule, open, second(1, 2))).toMatchObject({ kind: "update", calmSince: new Date(1_000) });
  });

  it("starts counting the calm anew when the lag rises to three again", () => {
    const interrupted = [9, 9, 1, 1, 1, 1, 1, 3, ...Array.from({ length: 10 }, () => 1)];
    expect(history(interrupted).at(-1)).toBe("update");
    expect(history([...interrupted, 1]).at(-1)).toBe("resolve");
  });

  it("remembers the highest lag", () => {
    const open = { status: "firing", peakLagSeconds: 30, calmSince: null } as const;
    expect(nextAlert(rule, open, second(0, 8))).toMatchObject({ peakLagSeconds: 30 });
    expect(nextAlert(rule, open, second(0, 40))).toMatchObject({ peakLagSeconds: 40 });
  });
});
