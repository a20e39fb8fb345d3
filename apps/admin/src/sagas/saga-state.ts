/** The words of runs and their actions and compensations, with the meaning each has. */
import type { Status } from "@tillstream/ui";
import type { Outputs } from "../console/trpc.ts";

export type SagaRun = Outputs["sagas"]["byId"];
export type SagaStep = SagaRun["steps"][number];

export const runStatus = {
  running: "running",
  compensating: "waiting",
  completed: "done",
  compensated: "compensated",
  compensation_failed: "failed",
  failed: "failed",
  resolved: "parked",
} as const satisfies Record<SagaRun["status"], Status>;

export const runWord = {
  running: "running",
  compensating: "compensating",
  completed: "completed",
  compensated: "compensated",
  compensation_failed: "compensation failed",
  failed: "failed, past its point of no return",
  resolved: "resolved by an operator",
} as const satisfies Record<SagaRun["status"], string>;

/** The same where there is little room. */
export const runTab = {
  ...runWord,
  failed: "failed",
  resolved: "resolved",
} as const satisfies Record<SagaRun["status"], string>;

const stepStatuses: Readonly<Record<string, Status | "upcoming">> = {
  planned: "upcoming",
  pending: "waiting",
  running: "running",
  completed: "done",
  refused: "failed",
  failed: "failed",
  unknown: "waiting",
};

/** The meaning of an action or compensation; a compensation that completed is the return arrow, so that it does not pass for progress. */
export function stepStatus({ kind, status }: SagaStep): Status | "upcoming" {
  if (kind === "compensation" && status === "completed") return "compensated";
  return stepStatuses[status] ?? "parked";
}

/** "3 ms", for operations that ended. */
export function tookMs({ startedAt, finishedAt }: Pick<SagaStep, "startedAt" | "finishedAt">): number | undefined {
  return startedAt === null || finishedAt === null ? undefined : Date.parse(finishedAt) - Date.parse(startedAt);
}

export interface StepPair {
  readonly action: SagaStep;
  /** The compensation that undoes it, once it was called for. */
  readonly compensation: SagaStep | undefined;
}

/** Each step with its mirror, in the order of the actions. */
export function pairSteps(steps: readonly SagaStep[]): StepPair[] {
  const compensations = new Map(steps.filter((step) => step.kind === "compensation").map((step) => [step.step, step]));
  return steps
    .filter((step) => step.kind === "action")
    .toSorted((a, b) => a.ordinal - b.ordinal)
    .map((action) => ({ action, compensation: compensations.get(action.step) }));
}

/** All operations in the order they ran: actions forward, then compensations backward; what has not begun comes last. */
export function inOrderOfRunning(steps: readonly SagaStep[]): SagaStep[] {
  const actions = steps
    .filter((step) => step.kind === "action" && step.status !== "planned")
    .toSorted((a, b) => a.ordinal - b.ordinal);
  const compensations = steps.filter((step) => step.kind === "compensation").toSorted((a, b) => b.ordinal - a.ordinal);
  const planned = steps
    .filter((step) => step.kind === "action" && step.status === "planned")
    .toSorted((a, b) => a.ordinal - b.ordinal);
  return [...actions, ...compensations, ...planned];
}
