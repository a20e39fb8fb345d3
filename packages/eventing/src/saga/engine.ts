/**
 * Runs one operation of a saga's step: claim, call outside, record inside, determine what follows. The intent is in the
 * database before the call (the claim), the outcome after it, in one transaction with the step's own rows and the step
 * that becomes due. Between the two a worker may die: the claim expires and the operation is run again with the same
 * idempotency key. An operation without a `call` is claimed, recorded and ended in a single transaction.
 */
import { inSpan, spanFailed, TimeoutError, withCorrelation, withoutPersons, withTimeout } from "@tillstream/runtime";
import type { Database, Logger, Scheduler, Span, SqlExecutor } from "@tillstream/runtime";
import { Refusal } from "../event/refusal.ts";
import { isContended, isTransient } from "../postgres/sql-errors.ts";
import { RETRY_DEFAULT, STEP_TIMEOUT_MS_DEFAULT } from "./definition.ts";
import type { RetryPolicy, Saga } from "./definition.ts";
import { callsOutside, locate, recordAndGoOn, stepSpan } from "./record.ts";
import type { OwnOperation, Ran } from "./record.ts";
import { claimStep, endStep, lockStep, LostLeaseError, missingDefinition, renewLease, STEP_LEASE_MS } from "./state.ts";
import type { ClaimedStep, StepRef } from "./state.ts";
import { createStepJobs } from "./step-jobs.ts";
import { contextOf, giveUp, isPastPointOfNoReturn } from "./transitions.ts";
import type { Failure, Located } from "./transitions.ts";

/** How often to warn of a definition that no worker has. */
const WARN_EVERY_MS = 60_000;

export interface SagaEngineOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly sagas: readonly Saga[];
  /** For steps that do not set their own. */
  readonly stepTimeoutMs?: number;
  /** An operation was recorded and may have appended events: a hint for the relay. */
  readonly onAppended?: () => void;
}

/** What the jobs of the saga task call. */
export interface SagaEngine {
  /** Runs the step operation when it is due; does nothing when it is not, or no longer. */
  runStep(ref: StepRef): Promise<void>;
}

/** Carries out the steps of runs, each under its own lease. */
export function createSagaEngine(options: SagaEngineOptions): SagaEngine {
  const { db, logger, sagas } = options;
  const jobs = createStepJobs(db, logger);
  const warnedAt = new Map<string, number>();

  async function runStep(ref: StepRef): Promise<void> {
    const due = callsOutside(sagas, ref) ? await runOutside(options, ref) : await runInside(options, ref);
    if (due === "unclaimed") return warnOfMissingDefinition(ref);
    options.onAppended?.();
    if (due !== undefined) await jobs.queue(due);
  }

  /** If no other worker has the definition either, the run would be under way for ever: the log has to say so. */
  async function warnOfMissingDefinition(ref: StepRef): Promise<void> {
    const missing = await missingDefinition(db, ref, sagas);
    if (missing === undefined) return;
    const definition = `${missing.name} v${missing.version}`;
    const askedAt = missing.askedAt.getTime();
    if (Math.abs(askedAt - (warnedAt.get(definition) ?? 0)) < WARN_EVERY_MS) return; // that clock may go back
    warnedAt.set(definition, askedAt);
    logger.warn(
      { sagaId: ref.sagaId, step: ref.step, definition },
      "saga step is due under a definition that this worker does not have, or has changed: it is left to one that has it",
    );
  }

  return { runStep };
}

/** Claims first, so that the intent outlives the call. */
async function runOutside(options: SagaEngineOptions, ref: StepRef): Promise<Ran> {
  const claim = await claimStep(options.db, ref, options.sagas);
  if (claim === undefined) return "unclaimed";
  return inSpan(stepSpan(claim), (span) => runClaimed(options, claim, span));
}

async function runClaimed(options: SagaEngineOptions, claim: ClaimedStep, span: Span): Promise<Ran> {
  const located = locate(options.sagas, claim);
  let tookEffect = false;
  let answered = false;
  try {
    const outcome = await callOutside(options, claim, located);
    tookEffect = located.operation.call !== undefined && outcome !== null;
    answered = true;
    return await recordAndGoOn(options, async () => ({ claim, located, outcome }));
  } catch (error) {
    spanFailed(span, error);
    // Such a failure of a record means that Postgres cannot be reached; one of a call does not.
    const isAttempt = answered ? !isTransient(error) : !isContended(error);
    return settle(
      options,
      { failed: claim, located, failure: classify(error, tookEffect), isAttempt },
      async () => claim,
    );
  }
}

/** One transaction, which takes the claim back when it fails: then the failure is settled under a claim of its own. */
async function runInside(options: SagaEngineOptions, ref: StepRef): Promise<Ran> {
  const { sagas } = options;
  let tried: OwnOperation | undefined;
  try {
    return await recordAndGoOn(options, async (tx) => {
      const claim = await lockStep(tx, ref, sagas);
      tried = claim && { claim, located: locate(sagas, claim), outcome: undefined };
      return tried;
    });
  } catch (error) {
    if (tried === undefined) throw error;
    const { claim, located } = tried;
    const failed = { failed: claim, located, failure: classify(error, false), isAttempt: !isTransient(error) };
    return withCorrelation(claim.correlationId, () => settle(options, failed, (tx) => lockStep(tx, ref, sagas)));
  }
}

/** The outside part, bounded in time, with the lease kept alive meanwhile. */
async function callOutside(
  options: SagaEngineOptions,
  claim: ClaimedStep,
  { step, operation }: Located,
): Promise<unknown> {
  if (operation.call === undefined) return undefined;
  const timeoutMs = step.timeoutMs ?? options.stepTimeoutMs ?? STEP_TIMEOUT_MS_DEFAULT;
  const controller = new AbortController();
  const stopHeartbeat = options.scheduler.every(STEP_LEASE_MS / 3, async () => {
    if (!(await renewLease(options.db, claim)))
      controller.abort(new LostLeaseError(`${claim.sagaId}/${claim.step} was taken over`));
  });
  try {
    return await withTimeout(operation.call(contextOf(claim), controller.signal), timeoutMs, `step ${claim.step}`);
  } finally {
    stopHeartbeat();
    controller.abort();
  }
}

function classify(error: unknown, tookEffect: boolean): Failure | "lostLease" {
  if (error instanceof LostLeaseError) return "lostLease";
  if (error instanceof Refusal && error.isFinal)
    return { kind: tookEffect ? "refusedAfterCall" : "refused", code: error.code, message: error.message };
  const message = withoutPersons(error instanceof Error ? error.message : String(error));
  return error instanceof TimeoutError ? { kind: "unknown", message } : { kind: "transient", message };
}

interface FailedOperation {
  readonly failed: ClaimedStep;
  readonly located: Located;
  readonly failure: Failure | "lostLease";
  /** False when Postgres was away or another transaction in the way: the step is not at fault, and is retried until it works. */
  readonly isAttempt: boolean;
}

/**
 * After a failed operation: try again later, or give up on it and undo the run. Resolves to the step that is due next, if the
 * claim is still ours to end.
 */
async function settle(
  { db, logger }: SagaEngineOptions,
  { failed, located, failure, isAttempt }: FailedOperation,
  claimIn: (tx: SqlExecutor) => Promise<ClaimedStep | undefined>,
): Promise<StepRef | undefined> {
  const { sagaId, step, kind, attempt } = failed;
  if (failure === "lostLease") {
    logger.info({ sagaId, step }, "saga step was taken over");
    return undefined;
  }
  const retry: RetryPolicy = located.step.retry ?? RETRY_DEFAULT;
  const log = { sagaId, step, kind, attempt, reason: failure.message };
  // What must be done is asked for again, whatever its outcome; an action that can still be undone is undone instead.
  const mustBeDone = kind === "compensation" || isPastPointOfNoReturn(located.saga, step);
  const mayRetry = failure.kind === "transient" || (failure.kind === "unknown" && mustBeDone);
  try {
    return await db.transaction(async (tx) => {
      const claim = await claimIn(tx);
      if (claim === undefined) return undefined;
      if (!mayRetry || (isAttempt && claim.attempt >= retry.attempts)) {
        logger.info(log, "code" in failure ? "saga step refused" : "saga step gave up");
        return giveUp(tx, located, claim, failure);
      }
      const tries = isAttempt ? claim.attempt : claim.fence;
      const retryInMs = Math.min(retry.backoffMs * 2 ** (tries - 1), retry.backoffMsMax);
      logger.info({ ...log, retryInMs }, "saga step will be tried again");
      const error = { code: "TRANSIENT", message: failure.message };
      const used = isAttempt ? claim : { ...claim, attempt: claim.attempt - 1 };
      await endStep(tx, used, { status: "pending", retryInMs, error });
      return claim;
    });
  } catch (error) {
    if (error instanceof LostLeaseError) return undefined;
    if (!isTransient(error)) throw error;
    logger.warn(
      { ...log, err: (error as Error).message },
      "saga step: postgres is away; the sweeper takes it up again",
    );
    return undefined;
  }
}
