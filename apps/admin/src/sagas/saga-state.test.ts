import { expect, test } from "vitest";
import { inOrderOfRunning, pairSteps, stepStatus, type SagaStep } from "./saga-state.ts";

const operation = (step: string, kind: SagaStep["kind"], ordinal: number, status = "completed"): SagaStep => ({
  step,
  kind,
  ordinal,
  status,
  attempt: 1,
  startedAt: null,
  finishedAt: null,
  error: null,
  doneBy: null,
});

const undone = [
  operation("createOrder", "action", 0),
  operation("charge", "action", 1),
  operation("reserveStock", "action", 2, "refused"),
  operation("confirm", "action", 3, "planned"),
  operation("createOrder", "compensation", 0),
  operation("charge", "compensation", 1),
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

test("each step is beside its mirror", () => {
  expect(pairSteps(undone).map(({ action, compensation }) => [action.step, compensation?.step])).toEqual([
    ["createOrder", "createOrder"],
    ["charge", "charge"],
    ["reserveStock", undefined],
    ["confirm", undefined],
  ]);
});

test("a completed compensation does not look like progress", () => {
  expect(stepStatus(operation("charge", "compensation", 1))).toBe("compensated");
  expect(stepStatus(operation("charge", "action", 1))).toBe("done");
});
