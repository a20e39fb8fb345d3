import { expect, test } from "vitest";
import { firingFirst, lastedSeconds, type Alert } from "./alert-state.ts";

const firing: Alert = {
  id: 3,
  projection: "order_view",
  status: "firing",
  thresholdSeconds: 5,
  peakLagSeconds: 9,
  pendingAt: "2026-11-24T10:00:00.000Z",
  firedAt: "2026-11-24T10:00:01.000Z",
  resolvedAt: null,
};
const resolved: Alert = { ...firing, id: 1, status: "resolved", resolvedAt: "2026-11-24T10:01:01.000Z" };
const pending: Alert = { ...firing, id: 4, status: "pending", firedAt: null };

test("firing alerts come before pending ones, and resolved ones last", () => {
  const older = { ...firing, id: 2 };
  expect(firingFirst([pending, firing, older, resolved]).map(({ id }) => id)).toEqual([3, 2, 4, 1]);
});

test("a resolved alert lasted from firing to its end, an open one until now", () => {
  expect(lastedSeconds(resolved, Date.parse("2026-11-25T00:00:00Z"))).toBe(60);
  expect(lastedSeconds(firing, Date.parse("2026-11-24T10:00:31Z"))).toBe(30);
  expect(lastedSeconds(pending, Date.parse("2026-11-24T10:00:31Z"))).toBe(31);
});

test("a browser clock that is behind does not count backwards", () => {
  expect(lastedSeconds(firing, Date.parse("2026-11-24T09:59:00Z"))).toBe(0);
});
