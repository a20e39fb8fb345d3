/**
 * What an operator does about a run: retries the step at which it halted, has it undone, or declares it resolved. Each
 * action is recorded with its reason. A worker that is at one of its steps loses its claim.
 */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { ACTED_MEANWHILE, refuse } from "../event/refusal.ts";
import type { EventMetadata } from "../event/definition.ts";
import { setRunStatus, statusWord } from "./run-status.ts";
import type { RunStatus } from "./run-status.ts";
import { addCompensation, queueSteps, stepsToUndo } from "./state.ts";
import type { StepKind } from "./state.ts";

/** Who acts on a run, and why. */
export interface Operator {
  /** Such as `user:<id>`. */
  readonly actor: string;
  readonly reason: string;
  /** How many actions the operator saw. If there has been another since, nothing is done. */
  readonly seenActions?: number | undefined;
}

export interface SagaAction extends Omit<Operator, "seenActions"> {
  readonly action: "retryStep" | "compensate" | "resolve" | "fork";
  readonly step: string | null;
  /** The run that a fork began. */
  readonly forkedAs?: string | null;
  readonly at: Date;
}

interface RunRow extends RunOf {
  readonly status: RunStatus;
  readonly pointOfNoReturn: number | null;
}

/** Which run it is, and what about. */
export interface RunOf {
  readonly name: string;
  readonly subject: string;
  readonly correlationId: string;
}

/** Part of the transaction in which a run is declared resolved: ends in our books what the run was about. */
export type OnResolved = (tx: SqlExecutor, run: RunOf, metadata: EventMetadata) => Promise<void>;

interface RetriedStep {
  readonly step: string;
  readonly kind: StepKind;
}

/** What operators did about a run, the latest first. */
export function listSagaActions(db: SqlExecutor, sagaId: string): Promise<SagaAction[]> {
  return db.query<SagaAction>(sql`
    SELECT action, step, forked_as AS "forkedAs", actor, reason, at FROM saga_actions WHERE saga_id = ${sagaId} ORDER BY id DESC`);
}

/** The status of a run and of each operation of its steps; undefined for an unknown id. */
export async function runState(
  db: SqlExecutor,
  sagaId: string,
): Promise<{ status: RunStatus; steps: Readonly<Record<string, string>> } | undefined> {
  const rows = await db.query<{ status: RunStatus; steps: Record<string, string> }>(sql`
    SELECT status, (SELECT jsonb_object_agg(step || ' ' || kind, step.status) FROM saga_steps step
                    WHERE step.saga_id = sagas.saga_id) AS steps
    FROM sagas WHERE saga_id = ${sagaId}`);
  return rows[0];
}

/** Gives the step at which the run halted, or for whose next attempt it waits, all its attempts again, and begins at once. */
export function retryStep(db: Database, sagaId: string, operator: Operator): Promise<RetriedStep> {
  return onRun(db, sagaId, operator, async (tx, run) => {
    const [retried] = await tx.query<RetriedStep>(sql`
      UPDATE saga_steps SET status = 'pending', attempt = 0, run_at = now(), finished_at = NULL, error = NULL
      WHERE saga_id = ${sagaId}
        AND ((${run.status} = 'compensation_failed' AND kind = 'compensation' AND status = 'failed')
          OR (${run.status} = 'failed' AND kind = 'action' AND status IN ('failed', 'unknown', 'refused'))
          OR (${run.status} IN ('running', 'compensating') AND status = 'pending'))
      RETURNING step, kind`);
    if (retried === undefined) {
      throw refuse(
        "conflict",
        "NOTHING_TO_RETRY",
        `The run is ${statusWord(run.status)}: none of its steps waits to be retried.`,
      );
    }
    await setRunStatus(tx, sagaId, retried.kind === "action" ? "running" : "compensating");
    await queueSteps(tx, [{ sagaId, ...retried }]);
    await note(tx, sagaId, { ...operator, action: "retryStep", step: retried.step });
    return retried;
  });
}

/** The code of a run's failure where a person had it undone. */
export const UNDONE_BY_OPERATOR = "OPERATOR";

/** Has a run that is under way undone, as if its present step had failed. */
export function compensateRun(db: Database, sagaId: string, operator: Operator): Promise<{ undoing: string | null }> {
  return onRun(db, sagaId, operator, async (tx, run) => {
    if (run.status !== "running") {
      throw refuse(
        "conflict",
        "NOT_RUNNING",
        `Only a run that is under way can be undone; this one is ${statusWord(run.status)}.`,
      );
    }
    const past = await tx.query(sql`
      SELECT FROM saga_steps WHERE saga_id = ${sagaId} AND kind = 'action' AND status = 'completed' AND ordinal >= ${run.pointOfNoReturn}`);
    if (past.length > 0) {
      throw refuse("conflict", "PAST_POINT_OF_NO_RETURN", "The run is past its point of no return and can only go on.");
    }
    // A worker at the step loses its claim; a step that was ever begun, even before a retry, may have taken effect.
    const stopped = await tx.query<{ step: string }>(sql`
      UPDATE saga_steps
      SET status = CASE WHEN started_at IS NOT NULL OR done_before THEN 'unknown' ELSE 'planned' END,
          fence = fence + 1, lease_expires_at = NULL
      WHERE saga_id = ${sagaId} AND kind = 'action' AND status IN ('pending', 'running') RETURNING step`);
    const step = stopped[0]?.step ?? null;
    await setRunStatus(tx, sagaId, "compensating", {
      step: step ?? "",
      code: UNDONE_BY_OPERATOR,
      message: "An operator had the run undone.", // the reason is the operator's own words and stays in saga_actions
    });
    await note(tx, sagaId, { ...operator, action: "compensate", step });
    const [undo] = await stepsToUndo(tx, sagaId);
    if (undo === undefined) await setRunStatus(tx, sagaId, "compensated");
    else {
      const compensation = { sagaId, step: undo.step, kind: "compensation" } as const;
      await addCompensation(tx, compensation, undo.ordinal);
      await queueSteps(tx, [compensation]);
    }
    return { undoing: undo?.step ?? null };
  });
}

/** Declares that a halted run was settled outside. */
export function resolveRun(
  db: Database,
  sagaId: string,
  operator: Operator,
  onResolved?: OnResolved,
): Promise<{ status: "resolved" }> {
  return onRun(db, sagaId, operator, async (tx, run) => {
    if (run.status !== "compensation_failed" && run.status !== "failed") {
      throw refuse(
        "conflict",
        "NOT_STANDING",
        `Only a halted run can be marked resolved; this one is ${statusWord(run.status)}.`,
      );
    }
    await setRunStatus(tx, sagaId, "resolved");
    await note(tx, sagaId, { ...operator, action: "resolve", step: null });
    const { actor } = operator;
    await onResolved?.(tx, run, { correlationId: run.correlationId, causationId: `${sagaId}:resolve`, actor });
    return { status: "resolved" as const };
  });
}

/** Has locked the steps of a run, and the run. */
export async function onRun<Result>(
  db: Database,
  sagaId: string,
  { seenActions }: Operator,
  change: (tx: SqlExecutor, run: RunRow) => Promise<Result>,
): Promise<Result> {
  return db.transaction(async (tx) => {
    // Steps before their run: the order in which a worker locks them, too.
    await tx.query(sql`SELECT FROM saga_steps WHERE saga_id = ${sagaId} ORDER BY kind, ordinal FOR UPDATE`);
    const [run] = await tx.query<RunRow>(sql`
      SELECT name, subject, correlation_id AS "correlationId", status, point_of_no_return AS "pointOfNoReturn" FROM sagas WHERE saga_id = ${sagaId} FOR NO KEY UPDATE`);
    if (run === undefined) throw refuse("notFound", "SAGA_NOT_FOUND", `Saga ${sagaId} does not exist.`);
    if (await actedSince(tx, sagaId, seenActions)) throw ACTED_MEANWHILE;
    return change(tx, run);
  });
}

/** The caller has locked the run: no other action happens while this is looked up. */
async function actedSince(tx: SqlExecutor, sagaId: string, seen: number | undefined): Promise<boolean> {
  if (seen === undefined) return false;
  const rows = await tx.query<{ actions: number }>(
    sql`SELECT count(*)::int AS actions FROM saga_actions WHERE saga_id = ${sagaId}`,
  );
  return rows[0]?.actions !== seen;
}

/** Keeps what an operator did. */
export async function note(
  tx: SqlExecutor,
  sagaId: string,
  { action, step, forkedAs = null, actor, reason }: Omit<SagaAction, "at">,
): Promise<void> {
  await tx.query(sql`
    INSERT INTO saga_actions (saga_id, action, step, forked_as, actor, reason)
    VALUES (${sagaId}, ${action}, ${step}, ${forkedAs}, ${actor}, ${reason})`);
}
