/**
 * Ends step operations inside a transaction: the record of one, what its run makes of it, and in the same transaction the
 * operations that follow it and call nobody. Each of those saves a job, a claim and a commit.
 */
import { inSpan } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { stepOf } from "./definition.ts";
import type { Saga, SagaStep, StepOperation } from "./definition.ts";
import { sagaIdOf } from "./state.ts";
import type { ClaimedStep, StepKind, StepRef } from "./state.ts";
import { complete, contextOf } from "./transitions.ts";
import type { Located } from "./transitions.ts";

/** An operation that is ours to end. */
export interface OwnOperation {
  readonly claim: ClaimedStep;
  readonly located: Located;
  /** What its call resolved to. */
  readonly outcome: unknown;
}

/** The step that is due next, if any; or the step was not ours to run. */
export type Ran = StepRef | undefined | "unclaimed";

/**
 * Records the operation that `begin` claims, and goes on with those after it. When one of those fails, the first is recorded alone: the
 * next is due then, and its own job finds the failure and settles it. Rejects when the first cannot be recorded.
 */
export async function recordAndGoOn(
  { db, sagas }: { readonly db: Database; readonly sagas: readonly Saga[] },
  begin: (tx: SqlExecutor) => Promise<OwnOperation | undefined>,
): Promise<Ran> {
  let isRecorded = false;
  const run = (goOn: boolean) =>
    db.transaction(async (tx): Promise<Ran> => {
      let operation = await begin(tx);
      if (operation === undefined) return "unclaimed";
      let due = await record(tx, operation);
      isRecorded = true;
      while (goOn && due !== undefined && !callsOutside(sagas, due)) {
        operation = following(sagas, operation, due);
        due = await record(tx, operation);
      }
      return due;
    });
  try {
    return await run(true);
  } catch (error) {
    if (!isRecorded) throw error;
    return run(false);
  }
}

/** Every operation of a step is a child of the span in which its run began, whenever and wherever it runs. */
export function stepSpan(claim: ClaimedStep) {
  const { sagaId, name, step, kind, attempt } = claim;
  return {
    name: `${name} ${step}${kind === "action" ? "" : ` ${kind}`}`,
    story: claim,
    attributes: { "tillstream.saga.id": sagaId, "tillstream.saga.step": step, "tillstream.saga.attempt": attempt },
  };
}

/** In a span of its own, unless it was called before: then that span has its record as well. */
function record(tx: SqlExecutor, { claim, located, outcome }: OwnOperation): Promise<StepRef | undefined> {
  const work = async () => {
    await located.operation.record?.(tx, contextOf(claim), outcome);
    return complete(tx, located, claim, outcome);
  };
  return claim.held === "lease" ? work() : inSpan(stepSpan(claim), work);
}

/** The operation that this very transaction has made due: no other has seen it, so that it is ours. It sees results as they are stored. */
function following(sagas: readonly Saga[], { claim, outcome }: OwnOperation, due: StepRef): OwnOperation {
  const results =
    claim.kind === "action"
      ? { ...claim.results, [claim.step]: JSON.parse(JSON.stringify(outcome ?? null)) }
      : claim.results;
  const next: ClaimedStep = { ...claim, ...due, held: "lock", fence: 1, attempt: 1, results };
  return { claim: next, located: locate(sagas, next), outcome: undefined };
}

/** Whether this operation calls outside in any version of its saga. Only the claim tells which version the run has. */
export function callsOutside(sagas: readonly Saga[], { sagaId, step, kind }: StepRef): boolean {
  return sagas
    .filter(({ name }) => sagaId.startsWith(sagaIdOf(name, "")))
    .flatMap(({ steps }) => steps.filter(({ name }) => name === step))
    .some((found) => operationOf(found, kind).call !== undefined);
}

export function locate(sagas: readonly Saga[], claim: ClaimedStep): Located {
  const saga = sagas.find(({ name, version }) => name === claim.name && version === claim.definitionVersion);
  if (saga === undefined) throw new Error(`this worker has no saga ${claim.name} v${claim.definitionVersion}`);
  const step = stepOf(saga, claim.step);
  return { saga, step, operation: operationOf(step, claim.kind) };
}

function operationOf(step: SagaStep<unknown>, kind: StepKind): StepOperation<unknown> {
  return kind === "action" ? step.action : (step.compensation ?? {});
}
