import { expect, test } from "vitest";
import { statuses, statusEdge, statusFor, statusSoft, statusText } from "./status.ts";

test("a domain word finds its meaning however it is written", () => {
  expect(["in_progress", "inProgress", "In progress", "IN-PROGRESS"].map((word) => statusFor(word))).toEqual(
    Array(4).fill("running"),
  );
  expect(["pending", "confirmed", "shipped", "cancelled", "attention"].map((word) => statusFor(word))).toEqual([
    "waiting",
    "done",
    "done",
    "compensated",
    "waiting",
  ]);
  expect([statusFor("dead-lettered"), statusFor("paused")]).toEqual(["failed", "parked"]);
});

test("each status is a word for itself", () => {
  expect(statuses.map((status) => statusFor(status))).toEqual([...statuses]);
});

test("a word nobody has mapped becomes the fallback", () => {
  expect(statusFor("frobnicated")).toBe("parked");
  expect(statusFor("frobnicated", "waiting")).toBe("waiting");
});

test("every status has its own text, ground and edge", () => {
  for (const classes of [statusText, statusSoft, statusEdge])
    expect(new Set(Object.values(classes)).size).toBe(statuses.length);
});
