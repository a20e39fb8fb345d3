import { expect, it } from "vitest";
import { healthOf } from "./health.ts";
import type { CheckState } from "./health.ts";

const second = (at: number) => new Date(at * 1_000);
const state = (part: string, rest: Partial<CheckState> = {}): CheckState => ({
  check: "check",
  title: "It is wrong",
  unit: "count",
  part,
  path: "/there",
  subject: "",
  status: "ok",
  value: 0,
  threshold: 1,
  detail: "as it should be",
  problem: null,
  since: second(10),
  askedAt: second(60),
  askedSecondsAgo: 1,
  ...rest,
});

it("a part is as its worst check, wrong since the first is and in order since the last is", () => {
  const firing = (at: number) => state("relay", { status: "firing", since: second(at) });
  expect(healthOf([state("relay"), firing(30), firing(20)])).toMatchObject([{ status: "firing", since: second(20) }]);
  expect(healthOf([state("relay"), state("relay", { since: second(40) })])).toMatchObject([
    { part: "relay", status: "ok", since: second(40), says: [{ detail: "as it should be" }, {}] },
  ]);
});

it("nothing is known of what cannot be asked, or was asked too long ago", () => {
  expect(healthOf([state("bus", { problem: "no such table" })])).toMatchObject([
    { status: "unknown", since: second(60), says: [{ detail: "no such table" }] },
  ]);
  expect(healthOf([state("bus", { askedSecondsAgo: 31 })])).toMatchObject([{ status: "unknown", since: second(60) }]);
});
