/**
 * What a step operation that ended makes of its run: the next action, the next compensation, the end, or a task for an operator.
 * Everything here is part of the transaction that ends the operation, and resolves to the step that became due by it.
 */
import type { SqlExecutor } from "@tillstream/runtime";
import { pointOfNoReturnOf, stepOf } from "./definition.ts";
import type { Saga, SagaFailure, SagaStep, StepContext, StepOperation } from "./definition.ts";
import { setRunStatus } from "./run-status.ts";
import { addCompensation, endStep, stepsToUndo } from "./state.ts";
import type { ClaimedStep, StepRef } from "./state.ts";

export interface Located {
  readonly saga: Saga;
  readonly step: SagaStep<unknown>;
  readonly operation: StepOperation<unknown>;
}

export type Failure =
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  /** Refused by the record, after the call had taken effect outside. */
  | { readonly kind: "refusedAfterCall"; readonly code: string; readonly message: string }
  | { readonly kind: "transient"; readonly message: string }
  /** A call went out and no answer came in time: it may have taken effect. */
  | { readonly kind: "unknown"; readonly message: string };

export function contextOf(claim: ClaimedStep): StepContext<unknown> {
  return {
    sagaId: claim.sagaId,
    input: claim.input,
    results: claim.results,
    attempt: claim.attempt,
    idempotencyKey: `${claim.sagaId}:${claim.step}:${claim.kind}`,
    actionKey: `${claim.doneBy[claim.step] ?? claim.sagaId}:${claim.step}:action`,
    metadata: {
      correlationId: claim.correlationId,
      causationId: `${claim.sagaId}:${claim.step}:${claim.kind}`,
      actor: `saga:${claim.name}`,
      ...(claim.traceparent !== null && { traceparent: claim.traceparent }),
    },
    ...(claim.failure !== null && { failure: claim.failure }),
  };
}

/** Undoes the run; where that is not possible, because undoing failed or the run is past its point of no return, asks an operator. */
export async function giveUp(
  tx: SqlExecutor,
  { saga, step, operation }: Located,
  claim: ClaimedStep,
  failure: Failure,
): Promise<StepRef | undefined> {
  const code = "code" in failure ? failure.code : failure.kind === "unknown" ? "TIMED_OUT" : "UNAVAILABLE";
  const error = { code, message: failure.message };
  const askAnOperator = async (why: SagaFailure) => {
    await saga.needsAttention?.(tx, { ...contextOf(claim), failure: why });
    return undefined;
  };
  if (claim.kind === "compensation") {
    await endStep(tx, claim, { status: "failed", error });
    await setRunStatus(tx, claim.sagaId, "compensation_failed");
    return askAnOperator({ step: claim.step, code, message: failure.message });
  }
  // An outside call that failed for good, or whose record was refused, may have taken effect; a refusal and a local record have not.
  const withoutEffect = failure.kind === "refused" ? "refused" : operation.call === undefined ? "failed" : "unknown";
  const status = step.doneBefore === true ? "unknown" : withoutEffect;
  await endStep(tx, claim, { status, error });
  const sagaFailure: SagaFailure = { step: claim.step, code, message: failure.message };
  if (isPastPointOfNoReturn(saga, claim.step)) {
    await setRunStatus(tx, claim.sagaId, "failed", sagaFailure);
    return askAnOperator(sagaFailure);
  }
  await setRunStatus(tx, claim.sagaId, "compensating", sagaFailure);
  return undoNext(tx, saga, claim);
}

/** Nothing that this step does is ever undone. */
export function isPastPointOfNoReturn(saga: Saga, step: string): boolean {
  const last = pointOfNoReturnOf(saga);
  return last !== undefined && saga.steps.findIndex(({ name }) => name === step) > last;
}

/** Ends an operation that succeeded with `result`; the next action, the next compensation or the end of the run follows. */
export async function complete(
  tx: SqlExecutor,
  { saga, step }: Located,
  claim: ClaimedStep,
  result: unknown,
): Promise<StepRef | undefined> {
  const end = { status: "completed", result: result ?? null } as const;
  if (claim.kind === "compensation") {
    await endStep(tx, claim, end);
    return undoNext(tx, saga, claim);
  }
  const next = saga.steps[saga.steps.indexOf(step) + 1];
  await endStep(tx, claim, end, next?.name);
  return next === undefined
    ? endWell(tx, saga, claim, "completed")
    : { sagaId: claim.sagaId, step: next.name, kind: "action" };
}

async function undoNext(tx: SqlExecutor, saga: Saga, claim: ClaimedStep): Promise<StepRef | undefined> {
  for (const { step, ordinal } of await stepsToUndo(tx, claim.sagaId)) {
    if (stepOf(saga, step).compensation === undefined) continue;
    const compensation = { sagaId: claim.sagaId, step, kind: "compensation" } as const;
    await addCompensation(tx, compensation, ordinal);
    return compensation;
  }
  return endWell(tx, saga, claim, "compensated");
}

async function endWell(
  tx: SqlExecutor,
  saga: Saga,
  claim: ClaimedStep,
  status: "completed" | "compensated",
): Promise<undefined> {
  await setRunStatus(tx, claim.sagaId, status);
  if (claim.helped) await saga.attentionOver?.(tx, contextOf(claim));
}
