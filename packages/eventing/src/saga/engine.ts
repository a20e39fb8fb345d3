/**
 * Runs one step half of a saga: claim, call outside, record inside, decide what follows. The intent is in the
 * database before the call (the claim), the outcome after it, in one transaction with the step's own rows and the step
 * that becomes due. Between the two a worker may die: the claim expires and the half is run again with the same
 * idempotency key. A half that calls nobody is claimed, recorded and ended in a single transaction.
 */
import { inSpan, spanFailed, TimeoutError, withCorrelation, withoutPersons, withTimeout } from "@tillstream/runtime";
import type { Database, Logger, Scheduler, Span, SqlExecutor } from "@tillstream/runtime";
import { isContended, isTransient } from "../postgres/sql-errors.ts";
import { RETRY_DEFAULT, SagaRefusal, STEP_TIMEOUT_MS_DEFAULT, stepOf } from "./definition.ts";
import type { RetryPolicy, Saga, SagaStep, StepHalf } from "./definition.ts";
import {
  claimStep,
  endStep,
  lockStep,
  LostLeaseError,
  missingDefinition,
  renewLease,
  sagaIdOf,
  STEP_LEASE_MS,
} from "./state.ts";
import type { ClaimedStep, StepKind, StepRef } from "./state.ts";
import { createStepJobs } from "./step-jobs.ts";
import { complete, contextOf, giveUp, isPastPointOfNoReturn } from "./transitions.ts";
import type { Failure, Located } from "./transitions.ts";

/** Of each definition that steps wait for in vain. */
const WARN_EVERY_MS = 60_000;

export interface SagaEngineOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly sagas: readonly Saga[];
  /** For steps that do not set their own. */
  readonly stepTimeoutMs?: number;
  /** A half was recorded and may have appended events: a hint for the relay. */
  readonly onAppended?: () => void;
}

export interface SagaEngine {
  /** Runs the step half when it is due; does nothing when it is not, or no longer. */
  runStep(ref: StepRef): Promise<void>;
}

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

  /** Where nobody else has the definition either, the run would be under way for ever: somebody has to hear of it. */
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

/** The step that is due next, if any; or the step was not ours to run. */
type Ran = StepRef | undefined | "unclaimed";

/** Claims first, so that the intent outlives the call. */
async function runOutside(options: SagaEngineOptions, ref: StepRef): Promise<Ran> {
  const claim = await claimStep(options.db, ref, options.sagas);
  if (claim === undefined) return "unclaimed";
  return inSpan(stepSpan(claim), (span) => runClaimed(options, claim, span));
}

async function runClaimed(options: SagaEngineOptions, claim: ClaimedStep, span: Span): Promise<Ran> {
  const { db, sagas } = options;
  const located = locate(sagas, claim);
  let tookEffect = false;
  let answered = false;
  try {
    const outcome = await callOutside(options, claim, located);
    tookEffect = located.half.call !== undefined && outcome !== null;
    answered = true;
    return await db.transaction((tx) => record(tx, located, claim, outcome));
  } catch (error) {
    spanFailed(span, error);
    // Only of a record is it Postgres that cannot be reached.
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
  const { db, sagas } = options;
  let tried: { readonly claim: ClaimedStep; readonly located: Located } | undefined;
  try {
    return await db.transaction(async (tx): Promise<Ran> => {
      const claim = await lockStep(tx, ref, sagas);
      if (claim === undefined) return "unclaimed";
      const located = locate(sagas, claim);
      tried = { claim, located };
      return inSpan(stepSpan(claim), () => record(tx, located, claim, undefined));
    });
  } catch (error) {
    if (tried === undefined) throw error;
    const { claim, located } = tried;
    const failed = { failed: claim, located, failure: classify(error, false), isAttempt: !isTransient(error) };
    return withCorrelation(claim.correlationId, () => settle(options, failed, (tx) => lockStep(tx, ref, sagas)));
  }
}

/** Every half of a step is a child of the span in which its run began, whenever and wherever it runs. */
function stepSpan(claim: ClaimedStep) {
  const { sagaId, name, step, kind, attempt } = claim;
  return {
    name: `${name} ${step}${kind === "action" ? "" : ` ${kind}`}`,
    story: claim,
    attributes: { "tillstream.saga.id": sagaId, "tillstream.saga.step": step, "tillstream.saga.attempt": attempt },
  };
}

async function record(
  tx: SqlExecutor,
  located: Located,
  claim: ClaimedStep,
  outcome: unknown,
): Promise<StepRef | undefined> {
  await located.half.record?.(tx, contextOf(claim), outcome);
  return complete(tx, located, claim, outcome);
}

/** Whether any version of its saga has this half call somebody. Which version the run has, only its claim tells. */
function callsOutside(sagas: readonly Saga[], { sagaId, step, kind }: StepRef): boolean {
  return sagas
    .filter(({ name }) => sagaId.startsWith(sagaIdOf(name, "")))
    .flatMap(({ steps }) => steps.filter(({ name }) => name === step))
    .some((found) => halfOf(found, kind).call !== undefined);
}

function halfOf(step: SagaStep<unknown>, kind: StepKind): StepHalf<unknown> {
  return kind === "action" ? step.action : (step.compensation ?? {});
}

function locate(sagas: readonly Saga[], claim: ClaimedStep): Located {
  const saga = sagas.find(({ name, version }) => name === claim.name && version === claim.definitionVersion);
  if (saga === undefined) throw new Error(`this worker has no saga ${claim.name} v${claim.definitionVersion}`);
  const step = stepOf(saga, claim.step);
  return { saga, step, half: halfOf(step, claim.kind) };
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

function classify(error: unknown, tookEffect: boolean): Failure | "lostLease" {
  if (error instanceof LostLeaseError) return "lostLease";
  if (error instanceof SagaRefusal)
    return { kind: tookEffect ? "refusedAfterCall" : "refused", code: error.code, message: error.message };
  const message = withoutPersons(error instanceof Error ? error.message : String(error));
  return error instanceof TimeoutError ? { kind: "unknown", message } : { kind: "transient", message };
}

interface FailedHalf {
  readonly failed: ClaimedStep;
  readonly located: Located;
  readonly failure: Failure | "lostLease";
  /** False when Postgres was away or somebody else in the way: that says nothing about the step, which is tried until it works. */
  readonly isAttempt: boolean;
}

/**
 * After a failed half: try again later, or give up on it and undo the run. Resolves to the step that is due next, if the
 * claim is still ours to end.
 */
async function settle(
  { db, logger }: SagaEngineOptions,
  { failed, located, failure, isAttempt }: FailedHalf,
  claimIn: (tx: SqlExecutor) => Promise<ClaimedStep | undefined>,
): Promise<StepRef | undefined> {
  const { sagaId, step, kind, attempt } = failed;
  if (failure === "lostLease") {
    logger.info({ sagaId, step }, "saga step was taken over");
    return undefined;
  }
  const retry: RetryPolicy = located.step.retry ?? RETRY_DEFAULT;
  const log = { sagaId, step, kind, attempt, reason: failure.message };
  // What must be done is asked for again, whatever came of it; an action that can still be undone is undone instead.
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
