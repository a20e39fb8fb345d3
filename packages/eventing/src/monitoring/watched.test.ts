import { expect, it } from "vitest";
import type { Answer } from "./ask-checks.ts";
import { defineCheck, withThresholds } from "./check.ts";
import type { Check, Reading } from "./check.ts";
import { moveWatched } from "./watched.ts";
import type { Watched } from "./watched.ts";

const check = defineCheck({
  name: "lag",
  title: "A reader is late",
  owner: "us",
  unit: "seconds",
  part: "Readers",
  effect: "",
  next: "",
  path: "/",
  threshold: 5,
  forSeconds: 2,
  calmForSeconds: 2,
  readings: async () => [],
});

const second = (at: number) => new Date(at * 1_000);
const said = (...readings: readonly [subject: string, value: number | null][]): Answer => ({
  readings: readings.map(([subject, value]): Reading => ({
    subject,
    value,
    detail: value === null ? "who knows" : null,
  })),
});

/** Answers, one a second; the rows that are kept after each. */
function course(answers: readonly Answer[], of: Check = check): readonly (readonly Watched[])[] {
  let rows: readonly Watched[] = [];
  let lastId = 0;
  return answers.map((answer, index) => {
    const open = rows.filter(({ status }) => status !== "resolved");
    const { written, dropped } = moveWatched(of, open, answer, second(index));
    const kept = rows.filter(({ id }) => !dropped.includes(id ?? 0) && !written.some((row) => row.id === id));
    rows = [...kept, ...written.map((row) => ({ ...row, id: row.id ?? (lastId += 1) }))];
    return rows;
  });
}

const states = (rows: readonly Watched[] | undefined) =>
  (rows ?? []).map(({ subject, status }) => `${subject || "-"} ${status}`).toSorted();

it("a check of one subject is in order, then pending, firing, resolved, and in order again since then", () => {
  const days = course([0, 9, 9, 9, 1, 1, 1].map((value) => said(["", value])));
  expect(days.map(states)).toEqual([
    ["- ok"],
    ["- pending"],
    ["- pending"],
    ["- firing"],
    ["- firing"],
    ["- firing"],
    ["- ok", "- resolved"],
  ]);
  expect(days[3]?.[0]).toMatchObject({ pendingAt: second(1), firedAt: second(3), since: second(0), peak: 9 });
  expect(days[6]?.find(({ status }) => status === "ok")?.since).toEqual(second(6));
});

it("what was above the threshold for a moment was in order all the time", () => {
  const [last] = course([0, 9, 1].map((value) => said(["", value]))).at(-1) ?? [];
  expect(last).toMatchObject({ status: "ok", since: second(0), pendingAt: null, askedAt: second(2) });
});

it("each subject has its alert, and one that is no longer spoken of is in order", () => {
  const late = said(["mail", 9], ["index", 1]);
  const days = course([late, late, late, said(), said(), said()]);
  expect(states(days[2])).toEqual(["- ok", "mail firing"]);
  expect(states(days[5])).toEqual(["- ok", "mail resolved"]);
  expect(states(course([late, said()])[1])).toEqual(["- ok"]);
});

it("a check that cannot be asked, or does not know, says so and keeps what it said last", () => {
  const days = course([said(["", 9]), { problem: "no such table" }, said(["", null]), said(["", 9])]);
  expect(days[1]?.[0]).toMatchObject({ status: "pending", problem: "no such table", askedAt: second(0) });
  expect(days[2]?.[0]).toMatchObject({ status: "pending", problem: "who knows" });
  expect(days[3]?.[0]).toMatchObject({ status: "firing", problem: null, askedAt: second(3) });
});

it("a setting gives a check another threshold, and names no check in vain", () => {
  expect(withThresholds([check], "lag=60")[0]?.threshold).toBe(60);
  expect(() => withThresholds([check], "lagg=60")).toThrow("ALERT_THRESHOLDS: there is no check lagg, only lag");
});
