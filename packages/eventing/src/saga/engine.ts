/**
 * Runs one step half of a saga: claim, call outside, record inside, decide what follows. The intent is in the
 * database before the call (the claim), the outcome after it, in one transaction with the step's own rows and
 * the next step's job. Between the two a worker may die: the claim expires and the half is run again with the
 * same idempotency key.
 */
import { TimeoutError, withTimeout } from "@tillstream/runtime";
import type { Database, Logger, Scheduler, SqlExecutor } from "@tillstream/runtime";
import { isTransient } from "../sql-errors.ts";
import { pointOfNoReturnOf, RETRY_DEFAULT, SagaRefusal, STEP_TIMEOUT_MS_DEFAULT } from "./definition.ts";
import type { RetryPolicy, Saga, SagaFailure, SagaStep, StepContext, StepHalf } from "./definition.ts";
import {
  claimStep,
  endStep,
  LostLeaseError,
  queueStep,
  renewLease,
  scheduleStep,
  setRunStatus,
  stepsToUndo,
  STEP_LEASE_MS,
} from "./state.ts";
import type { ClaimedStep, StepRef } from "./state.ts";

export interface SagaEngineOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly sagas: readonly Saga[];
  /** For steps that do not set their own. */
  readonly stepTimeoutMs?: number;
}

export interface SagaEngine {
  /** Runs the step half when it is due; does nothing when it is not, or no longer. */
  runStep(ref: StepRef): Promise<void>;
}

interface Located {
  readonly saga: Saga;
  readonly step: SagaStep<unknown>;
  readonly half: StepHalf<unknown>;
}

type Failure =
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  /** Refused by the record, after the call had taken effect outside. */
  | { readonly kind: "refusedAfterCall"; readonly code: string; readonly message: string }
  | { readonly kind: "transient"; readonly message: string }
  /** A call went out and no answer came in time: it may have taken effect. */
  | { readonly kind: "unknown"; readonly message: string };

export function createSagaEngine(options: SagaEngineOptions): SagaEngine {
  const { db, logger } = options;

  async function runStep(ref: StepRef): Promise<void> {
    const claim = await claimStep(db, ref, options.sagas);
    if (claim === undefined) return;
    const located = locate(options.sagas, claim);
    let tookEffect = false;
    try {
      const outcome = await callOutside(options, claim, located);
      tookEffect = located.half.call !== undefined && outcome !== null;
      await db.transaction(async (tx) => {
        await located.half.record?.(tx, contextOf(claim), outcome);
        await endStep(tx, claim, { status: "completed", result: outcome ?? null });
        await follow(tx, located.saga, claim);
      });
    } catch (error) {
      if (error instanceof LostLeaseError)
        return logger.info({ sagaId: claim.sagaId, step: claim.step }, "saga step was taken over");
      await settle(options, claim, located, classify(error, tookEffect));
    }
  }

  return { runStep };
}

function locate(sagas: readonly Saga[], claim: ClaimedStep): Located {
  const saga = sagas.find(({ name, version }) => name === claim.name && version === claim.definitionVersion);
  const step = saga?.steps.find(({ name }) => name === claim.step);
  if (saga === undefined || step === undefined) {
    throw new Error(`saga ${claim.name} v${claim.definitionVersion} has no step ${claim.step} in this worker`);
  }
  return { saga, step, half: claim.kind === "action" ? step.action : (step.compensation ?? {}) };
}

function contextOf(claim: ClaimedStep): StepContext<unknown> {
  return {
    sagaId: claim.sagaId,
    input: claim.input,
    results: claim.results,
    attempt: claim.attempt,
    idempotencyKey: `${claim.sagaId}:${claim.step}:${claim.kind}`,
    actionKey: `${claim.sagaId}:${claim.step}:action`,
    metadata: {
      correlationId: claim.correlationId,
      causationId: `${claim.sagaId}:${claim.step}:${claim.kind}`,
      actor: `saga:${claim.name}`,
    },
    ...(claim.failure !== null && { failure: claim.failure }),
  };
}

/** The outside part, bounded in time, with the lease kept alive meanwhile. */
async function callOutside(options: SagaEngineOptions, claim: ClaimedStep, { step, half }: Located): Promise<unknown> {
  if (half.call === undefined) return undefined;
  const timeoutMs = step.timeoutMs ?? options.stepTimeoutMs ?? STEP_TIMEOUT_MS_DEFAULT;
  const controller = new AbortController();
  const stopHeartbeat = options.scheduler.every(STEP_LEASE_MS / 3, async () => {
    if (!(await renewLease(options.db, claim)))
      controller.abort(new LostLeaseError(`${claim.sagaId}/${claim.step} was taken over`));
  });
  try {
    return await withTimeout(half.call(contextOf(claim), controller.signal), timeoutMs, `step ${claim.step}`);
  } finally {
    stopHeartbeat();
    controller.abort();
  }
}

function classify(error: unknown, tookEffect: boolean): Failure {
  if (error instanceof SagaRefusal)
    return { kind: tookEffect ? "refusedAfterCall" : "refused", code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof TimeoutError ? { kind: "unknown", message } : { kind: "transient", message };
}

/** After a failed half: try again later, or give up on it and undo the run. */
async function settle(
  options: SagaEngineOptions,
  claim: ClaimedStep,
  located: Located,
  failure: Failure,
): Promise<void> {
  const { db, logger } = options;
  const retry: RetryPolicy = located.step.retry ?? RETRY_DEFAULT;
  const log = {
    sagaId: claim.sagaId,
    step: claim.step,
    kind: claim.kind,
    attempt: claim.attempt,
    reason: failure.message,
  };
  const mayRetry = failure.kind === "transient" || (failure.kind === "unknown" && claim.kind === "compensation");
  try {
    await db.transaction(async (tx) => {
      if (mayRetry && claim.attempt < retry.attempts) {
        const retryInMs = Math.min(retry.backoffMs * 2 ** (claim.attempt - 1), retry.backoffMsMax);
        logger.info({ ...log, retryInMs }, "saga step will be tried again");
        await endStep(tx, claim, {
          status: "pending",
          retryInMs,
          error: { code: "TRANSIENT", message: failure.message },
        });
        await queueStep(tx, claim, retryInMs);
        return;
      }
      logger.info(log, "code" in failure ? "saga step refused" : "saga step gave up");
      await giveUp(tx, located, claim, failure);
    });
  } catch (error) {
    if (error instanceof LostLeaseError) return;
    if (!isTransient(error)) throw error;
    logger.warn(
      { ...log, err: (error as Error).message },
      "saga step: postgres is away; the sweeper takes it up again",
    );
  }
}

/** Undoes the run; where that cannot be, because undoing failed or the run is past its point of no return, asks a person. */
async function giveUp(
  tx: SqlExecutor,
  { saga, step, half }: Located,
  claim: ClaimedStep,
  failure: Failure,
): Promise<void> {
  const code = "code" in failure ? failure.code : failure.kind === "unknown" ? "TIMED_OUT" : "UNAVAILABLE";
  const error = { code, message: failure.message };
  const askAPerson = (why: SagaFailure) => saga.needsAttention?.(tx, { ...contextOf(claim), failure: why });
  if (claim.kind === "compensation") {
    await endStep(tx, claim, { status: "failed", error });
    await setRunStatus(tx, claim.sagaId, "compensation_failed");
    return askAPerson({ step: claim.step, code, message: failure.message });
  }
  // An outside call that failed for good, or whose record was refused, may have taken effect; a refusal and a local record have not.
  const withoutEffect = failure.kind === "refused" ? "refused" : half.call === undefined ? "failed" : "unknown";
  const status = step.doneBefore === true ? "unknown" : withoutEffect;
  await endStep(tx, claim, { status, error });
  const sagaFailure: SagaFailure = { step: claim.step, code, message: failure.message };
  if (isPastPointOfNoReturn(saga, claim.step)) {
    await setRunStatus(tx, claim.sagaId, "failed", sagaFailure);
    return askAPerson(sagaFailure);
  }
  await setRunStatus(tx, claim.sagaId, "compensating", sagaFailure);
  await undoNext(tx, saga, claim);
}

function isPastPointOfNoReturn(saga: Saga, step: string): boolean {
  const last = pointOfNoReturnOf(saga);
  return last !== undefined && saga.steps.findIndex(({ name }) => name === step) > last;
}

/** After a completed half: the next action, the next compensation, or the end of the run. */
async function follow(tx: SqlExecutor, saga: Saga, claim: ClaimedStep): Promise<void> {
  if (claim.kind === "compensation") return undoNext(tx, saga, claim);
  const ordinal = saga.steps.findIndex(({ name }) => name === claim.step) + 1;
  const next = saga.steps[ordinal];
  if (next === undefined) return endWell(tx, saga, claim, "completed");
  await scheduleStep(tx, { sagaId: claim.sagaId, step: next.name, kind: "action" }, ordinal);
}

async function undoNext(tx: SqlExecutor, saga: Saga, claim: ClaimedStep): Promise<void> {
  const { sagaId } = claim;
  for (const { step, ordinal } of await stepsToUndo(tx, sagaId)) {
    if (saga.steps[ordinal]?.compensation === undefined) continue;
    return scheduleStep(tx, { sagaId, step, kind: "compensation" }, ordinal);
  }
  await endWell(tx, saga, claim, "compensated");
}

async function endWell(
  tx: SqlExecutor,
  saga: Saga,
  claim: ClaimedStep,
  status: "completed" | "compensated",
): Promise<void> {
  await setRunStatus(tx, claim.sagaId, status);
  if (claim.helped) await saga.attentionOver?.(tx, contextOf(claim));
}
