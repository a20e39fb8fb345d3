import { expect, test } from "vitest";
import { inOrderOfRunning, pairSteps, stepStatus, type SagaStep } from "./saga-state.ts";

const half = (step: string, kind: SagaStep["kind"], ordinal: number, status = "completed"): SagaStep => ({
  step,
  kind,
  ordinal,
  status,
  attempt: 1,
  startedAt: null,
  finishedAt: null,
  error: null,
});

const undone = [
  half("createOrder", "action", 0),
  half("charge", "action", 1),
  half("reserveStock", "action", 2, "refused"),
  half("confirm", "action", 3, "planned"),
  half("createOrder", "compensation", 0),
  half("charge", "compensation", 1),
];

test("compensations run in reverse after the actions, and what never began comes last", () => {
  expect(inOrderOfRunning(undone).map(({ step, kind }) => `${step} ${kind}`)).toEqual([
    "createOrder action",
    "charge action",
    "reserveStock action",
    "charge compensation",
    "createOrder compensation",
    "confirm action",
  ]);
});

test("each step stands beside its mirror", () => {
  expect(pairSteps(undone).map(({ action, compensation }) => [action.step, compensation?.step])).toEqual([
    ["createOrder", "createOrder"],
    ["charge", "charge"],
    ["reserveStock", undefined],
    ["confirm", undefined],
  ]);
});

test("a completed compensation does not look like progress", () => {
  expect(stepStatus(half("charge", "compensation", 1))).toBe("compensated");
  expect(stepStatus(half("charge", "action", 1))).toBe("done");
});
