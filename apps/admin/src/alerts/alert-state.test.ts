import { expect, test } from "vitest";
import {
  alikeOf,
  firingGroups,
  groupsOf,
  lastedSeconds,
  stateOf,
  titleOf,
  valueText,
  type Alert,
} from "./alert-state.ts";
import { exampleAlert as firing } from "./example-alert.ts";

const resolved: Alert = { ...firing, id: 1, status: "resolved", resolvedAt: "2026-11-24T10:01:01.000Z" };
const pending: Alert = { ...firing, id: 4, status: "pending", firedAt: null };
const acknowledged: Alert = {
  ...firing,
  id: 5,
  acknowledged: { at: "2026-11-24T10:00:09.000Z", by: "user:1", name: "Olga", reason: "On it." },
};

test("firing alerts come first, then acknowledged, pending and resolved ones", () => {
  const older = { ...firing, id: 2 };
  const ids = groupsOf([acknowledged, pending, firing, older, resolved]).map(({ cause }) => cause.id);
  expect(ids).toEqual([3, 2, 5, 4, 1]);
  expect(stateOf(acknowledged)).toEqual({ word: "acknowledged", status: "running" });
});

test("followers are under their cause, also one that fires before it; without it they stand for themselves", () => {
  const follower = { ...firing, id: 6, causeId: pending.id };
  expect(groupsOf([follower, pending])).toEqual([{ cause: pending, followers: [follower] }]);
  expect(firingGroups([follower, pending])).toHaveLength(1);
  expect(firingGroups([pending, resolved])).toEqual([]);
  expect(groupsOf([follower])).toEqual([{ cause: follower, followers: [] }]);
});

test("an alert reads as a sentence, and its value in the unit of its check", () => {
  expect(titleOf(firing)).toBe("A projection is late: order_view");
  expect(titleOf({ title: "No order is completed", subject: "" })).toBe("No order is completed");
  expect([
    valueText(75, "seconds"),
    valueText(5, "seconds"),
    valueText(0.857, "share"),
    valueText(1_204, "count"),
  ]).toEqual(["1 min 15 s", "5 s", "86 %", "1,204"]);
});

test("alerts of one check are read together", () => {
  const [views, others] = alikeOf([firing, { ...firing, subject: "account_view" }, { ...firing, check: "other" }]);
  expect(views?.subjects).toEqual(["account_view", "order_view"]);
  expect(others?.subjects).toEqual(["order_view"]);
});

test("a resolved alert lasted from firing to its end, an open one until now", () => {
  expect(lastedSeconds(resolved, Date.parse("2026-11-25T00:00:00Z"))).toBe(60);
  expect(lastedSeconds(firing, Date.parse("2026-11-24T10:00:31Z"))).toBe(30);
  expect(lastedSeconds(pending, Date.parse("2026-11-24T10:00:31Z"))).toBe(31);
});

test("a browser clock that is behind does not count backwards", () => {
  expect(lastedSeconds(firing, Date.parse("2026-11-24T09:59:00Z"))).toBe(0);
});
