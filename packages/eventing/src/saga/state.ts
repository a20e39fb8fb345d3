/**
 * The durable steps of a run, and every change of them; `run-status.ts` has the run itself.
 *
 * A step operation goes `planned` -> `pending` -> `running` -> `completed` | `refused` | `failed` | `unknown`; a transient
 * fault goes from `running` back to `pending`. `pending` and a job with the same key are written together. To
 * claim is to go to `running` with a lease and a higher fence; every later write names that fence, so an owner
 * that lost its lease changes nothing. A run goes `running` -> `completed`, or `running` -> `compensating` ->
 * `compensated` | `compensation_failed`; a step that fails after the point of no return leaves it `failed`. From
 * `compensation_failed` and `failed` an operator lets it go on, or declares it `resolved`. Any other change throws.
 *
 * A run keeps the shape of the definition that it began under, and only a worker that has that definition claims its steps.
 */
import { anyLength, empty, join, raw, sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { pointOfNoReturnOf, RETRY_DEFAULT, stepOf } from "./definition.ts";
import type { Saga, SagaFailure, SagaStep } from "./definition.ts";
import { shapeOf } from "./shape.ts";
import type { Wait } from "../postgres/wait.ts";

/** The graphile-worker task by which steps are carried out. */
export const SAGA_TASK = "saga_step";
/** A step whose owner shows no sign of life for this long may be claimed by another. */
export const STEP_LEASE_MS = 10_000;

export type StepKind = "action" | "compensation";
export type StepStatus = "planned" | "pending" | "running" | "completed" | "refused" | "failed" | "unknown";

/** Names the action or the compensation of one step of one run. */
export interface StepRef {
  readonly sagaId: string;
  readonly step: string;
  readonly kind: StepKind;
}

export interface ClaimedStep extends StepRef {
  /** By a lease that others see, or by the lock of the transaction that ends the step. */
  readonly held: "lease" | "lock";
  readonly fence: number;
  readonly attempt: number;
  readonly name: string;
  readonly definitionVersion: number;
  readonly input: unknown;
  readonly correlationId: string;
  readonly traceparent: string | null;
  readonly failure: SagaFailure | null;
  readonly results: Readonly<Record<string, unknown>>;
  /** The run that did a step, for those that a fork began with. */
  readonly doneBy: Readonly<Record<string, string>>;
  /** An operator had to help this run, or the one that it was forked from. */
  readonly helped: boolean;
}

export function sagaIdOf(name: string, subject: string): string {
  return `${name}:${subject}`;
}

export interface NewRun {
  readonly subject: string;
  readonly input: unknown;
  readonly correlationId: string;
  /** W3C. */
  readonly traceparent?: string | undefined;
  /** Otherwise the first step that does something. */
  readonly startsAt?: string | undefined;
}

const doesSomething = ({ action }: SagaStep<unknown>): boolean =>
  action.call !== undefined || action.record !== undefined;

/**
 * Begins a run: its row, its planned steps, and the one that it starts at, pending with its job. Of those before it the run has the
 * ones that do nothing, completed. A second start does nothing.
 */
export async function beginRun(tx: SqlExecutor, saga: Saga, run: NewRun): Promise<void> {
  const sagaId = sagaIdOf(saga.name, run.subject);
  const step =
    run.startsAt === undefined ? (saga.steps.find(doesSomething) ?? saga.steps.at(-1)) : stepOf(saga, run.startsAt);
  if (step === undefined) throw new Error(`saga ${saga.name} has no step`);
  const first = saga.steps.indexOf(step);
  const rows = saga.steps.flatMap((one, ordinal) => {
    if (ordinal < first && doesSomething(one)) return [];
    const { name, doneBefore = false } = one;
    const begins =
      ordinal < first
        ? sql`'completed', 1, 1, now(), now(), 'null'::jsonb`
        : sql`${ordinal === first ? "pending" : "planned"}, 0, 0, NULL::timestamptz, NULL::timestamptz, NULL::jsonb`;
    return [sql`(${name}, 'action', ${ordinal}::int, ${doneBefore}::boolean, ${begins})`];
  });
  await tx.query(sql`
    WITH begun AS (
      INSERT INTO sagas (saga_id, name, definition_version, status, subject, correlation_id, traceparent, input, shape, point_of_no_return)
      VALUES (${sagaId}, ${saga.name}, ${saga.version}, 'running', ${run.subject}, ${run.correlationId}, ${run.traceparent ?? null},
              ${JSON.stringify(run.input)}::jsonb, ${JSON.stringify(shapeOf(saga))}::jsonb, ${pointOfNoReturnOf(saga) ?? null}::int)
      ON CONFLICT DO NOTHING RETURNING saga_id
    ), planned AS (
      INSERT INTO saga_steps (saga_id, step, kind, ordinal, done_before, status, attempt, fence, started_at, finished_at, result)
      SELECT begun.saga_id, step.* FROM begun CROSS JOIN (VALUES ${join(rows)}) AS step
      RETURNING saga_id, step, kind, status, run_at
    )
    SELECT FROM (SELECT array_agg(${jobSpec("planned")}) AS specs FROM planned WHERE status = 'pending' HAVING count(*) > 0) due,
      graphile_worker.add_jobs(due.specs)`);
}

/** The key of a step operation's job; an SQL expression over the row named `step`. */
export function jobKey(step: string): Sql {
  return raw(`'saga:' || ${step}.saga_id || ':' || ${step}.step || ':' || ${step}.kind`);
}

/** The job of a step operation; over the row named `step`. */
const jobSpec = (step: string): Sql => sql`
  ROW(${SAGA_TASK}, json_build_object('sagaId', saga_id, 'step', step, 'kind', kind), NULL,
      CASE status WHEN 'pending' THEN run_at ELSE now() END, 5, ${jobKey(step)}, NULL, NULL)::graphile_worker.job_spec`;

/**
 * Queues a job for each of `steps` that is to be run, due when the step is. The key keeps one waiting job for each step
 * operation.
 */
export async function queueSteps(db: SqlExecutor, steps: readonly StepRef[]): Promise<void> {
  const each = (part: keyof StepRef) => anyLength(sql`${steps.map((step) => step[part])}::text[]`);
  await db.query(sql`
    SELECT FROM (
      SELECT array_agg(${jobSpec("saga_steps")}) AS specs
      FROM saga_steps
      WHERE (saga_id, step, kind) IN (
        SELECT * FROM unnest(${each("sagaId")}, ${each("step")}, ${each("kind")}))
        AND status IN ('pending', 'running')
      HAVING count(*) > 0
    ) due, graphile_worker.add_jobs(due.specs)`);
}

/**
 * Takes the step when it is due or its owner is dead; undefined when there is nothing to do, or when the run began under
 * a definition that is not among `sagas`: then a worker that has it takes the step.
 */
export function claimStep(db: SqlExecutor, ref: StepRef, sagas: readonly Saga[]): Promise<ClaimedStep | undefined> {
  return take(
    db,
    "lease",
    sql`
    UPDATE saga_steps
    SET status = 'running', attempt = attempt + 1, fence = fence + 1, started_at = coalesce(started_at, now()),
        lease_expires_at = now() + ${STEP_LEASE_MS} * interval '1 ms'
    WHERE ${isDue(ref)} AND ${isDefinedBy(sagas, ref.sagaId)}
    RETURNING saga_id, step, kind, fence, attempt`,
  );
}

/** The same for a step that is begun and ended in one transaction: the row is locked, and written when it ends. */
export function lockStep(tx: SqlExecutor, ref: StepRef, sagas: readonly Saga[]): Promise<ClaimedStep | undefined> {
  return take(
    tx,
    "lock",
    sql`
    SELECT saga_id, step, kind, fence + 1 AS fence, attempt + 1 AS attempt FROM saga_steps
    WHERE ${isDue(ref)} AND ${isDefinedBy(sagas, ref.sagaId)}
    FOR NO KEY UPDATE`,
  );
}

function isDue({ sagaId, step, kind }: StepRef): Sql {
  return sql`
    saga_id = ${sagaId} AND step = ${step} AND kind = ${kind}
    AND ((status = 'pending' AND run_at <= now()) OR (status = 'running' AND lease_expires_at < now()))`;
}

/** The lease of a step's owner, and the wait for the next attempt: as long as the policies of `sagas` allow. */
export function stepWaits(sagas: readonly Saga[]): readonly Wait[] {
  const policies = sagas.flatMap(({ steps }) => steps.map(({ retry }) => retry ?? RETRY_DEFAULT));
  const longestMs = Math.max(0, ...policies.map(({ backoffMsMax }) => backoffMsMax));
  const table = sql`saga_steps`;
  return [
    {
      table,
      column: sql`lease_expires_at`,
      among: sql`status = 'running'`,
      longestMs: STEP_LEASE_MS,
      leftMs: STEP_LEASE_MS,
    },
    { table, column: sql`run_at`, among: sql`status = 'pending'`, longestMs, leftMs: 0 },
  ];
}

/** The names of the steps of the row `run` of `sagas`: all that is known of the shape that an earlier release began it under. */
export const STEP_NAMES = sql`
  (SELECT jsonb_agg(step ORDER BY ordinal) FROM saga_steps WHERE saga_steps.saga_id = run.saga_id AND kind = 'action')`;

/**
 * Whether one of `sagas` is the definition that the run began under, unchanged. Not EXISTS, which Postgres may join by reading all runs.
 * @param sagaId an id, or the column that holds it
 */
export function isDefinedBy(sagas: readonly Saga[], sagaId: string | Sql): Sql {
  const known = sagas.flatMap((saga) => {
    const shape = shapeOf(saga);
    return [shape, shape.steps.map((step) => step.name)].map((begun) =>
      JSON.stringify([saga.name, saga.version, begun]),
    );
  });
  return sql`(
      SELECT jsonb_build_array(run.name, run.definition_version, coalesce(run.shape, ${STEP_NAMES})) = ANY(${known}::jsonb[])
      FROM sagas run WHERE run.saga_id = ${sagaId})`;
}

/** The definition that a due step waits for, when none of `sagas` is it. */
export async function missingDefinition(
  db: SqlExecutor,
  ref: StepRef,
  sagas: readonly Saga[],
): Promise<{ readonly name: string; readonly version: number; readonly askedAt: Date } | undefined> {
  const rows = await db.query<{ name: string; version: number; askedAt: Date }>(sql`
    SELECT name, definition_version AS version, now() AS "askedAt" FROM sagas
    WHERE saga_id = ${ref.sagaId} AND NOT ${isDefinedBy(sagas, ref.sagaId)}
      AND EXISTS (SELECT FROM saga_steps WHERE ${isDue(ref)})`);
  return rows[0];
}

async function take(db: SqlExecutor, held: ClaimedStep["held"], claimed: Sql): Promise<ClaimedStep | undefined> {
  const rows = await db.query<Omit<ClaimedStep, "held">>(sql`
    WITH claimed AS (${claimed})
    SELECT claimed.saga_id AS "sagaId", claimed.step, claimed.kind, claimed.fence, claimed.attempt,
           saga.name, saga.definition_version AS "definitionVersion", saga.input, saga.correlation_id AS "correlationId",
           saga.traceparent, saga.failure,
           coalesce((SELECT jsonb_object_agg(done.step, done.result) FROM saga_steps done
                     WHERE done.saga_id = saga.saga_id AND done.kind = 'action' AND done.status = 'completed'), '{}') AS results,
           coalesce((SELECT jsonb_object_agg(done.step, done.done_by) FROM saga_steps done
                     WHERE done.saga_id = saga.saga_id AND done.done_by IS NOT NULL), '{}') AS "doneBy",
           saga.forked_from IS NOT NULL OR EXISTS (SELECT FROM saga_actions helped WHERE helped.saga_id = saga.saga_id) AS helped
    FROM claimed JOIN sagas saga USING (saga_id)`);
  return rows[0] && { ...rows[0], held };
}

/** Extends the lease; false when we have lost the step. */
export async function renewLease(db: SqlExecutor, claim: ClaimedStep): Promise<boolean> {
  const rows = await db.query(sql`
    UPDATE saga_steps SET lease_expires_at = now() + ${STEP_LEASE_MS} * interval '1 ms'
    WHERE saga_id = ${claim.sagaId} AND step = ${claim.step} AND kind = ${claim.kind}
      AND status = 'running' AND fence = ${claim.fence}
    RETURNING 1`);
  return rows.length > 0;
}

/** The step was claimed by another owner meanwhile: this one's transaction must roll back. */
export class LostLeaseError extends Error {
  override readonly name = "LostLeaseError";
}

export interface StepEnd {
  readonly status: Exclude<StepStatus, "planned" | "running">;
  readonly result?: unknown;
  readonly error?: { code: string; message: string };
  readonly retryInMs?: number;
}

/**
 * Ends or reschedules a claimed step; with `nextAction` that step of the run becomes due by it, and must have been planned.
 * Throws `LostLeaseError` when the claim has been lost.
 */
export async function endStep(tx: SqlExecutor, claim: ClaimedStep, end: StepEnd, nextAction?: string): Promise<void> {
  const over = end.status !== "pending";
  const [fence, statuses] =
    claim.held === "lease" ? [claim.fence, ["running"]] : [claim.fence - 1, ["pending", "running"]];
  const next =
    nextAction === undefined
      ? empty
      : sql`
    WITH next AS (
      UPDATE saga_steps SET status = 'pending', run_at = now()
      WHERE saga_id = ${claim.sagaId} AND step = ${nextAction} AND kind = 'action' AND status = 'planned' RETURNING 1)`;
  const rows = await tx.query<{ due: number }>(sql`${next}
    UPDATE saga_steps
    SET status = ${end.status}, lease_expires_at = NULL, run_at = now() + ${end.retryInMs ?? 0} * interval '1 ms',
        attempt = ${claim.attempt}, fence = ${claim.fence}, started_at = coalesce(started_at, now()),
        finished_at = CASE WHEN ${over} THEN clock_timestamp() END,
        result = ${end.result === undefined ? null : JSON.stringify(end.result)}::jsonb,
        error = ${end.error === undefined ? null : JSON.stringify(end.error)}::jsonb
    WHERE saga_id = ${claim.sagaId} AND step = ${claim.step} AND kind = ${claim.kind}
      AND status = ANY(${statuses}::text[]) AND fence = ${fence}
    RETURNING ${nextAction === undefined ? sql`1` : sql`(SELECT count(*)::int FROM next)`} AS due`);
  const [ended] = rows;
  if (ended === undefined) throw new LostLeaseError(`${claim.sagaId}/${claim.step} was taken over`);
  if (ended.due !== 1) throw new Error(`${claim.sagaId}/${nextAction} follows ${claim.step} and is not planned`);
}

/** Makes a compensation pending. Its job is queued after the commit (`step-jobs.ts`), or in the same transaction. */
export async function addCompensation(tx: SqlExecutor, ref: StepRef, ordinal: number): Promise<void> {
  await tx.query(sql`
    INSERT INTO saga_steps (saga_id, step, kind, ordinal, status)
    VALUES (${ref.sagaId}, ${ref.step}, ${ref.kind}, ${ordinal}, 'pending')`);
}

/** The steps whose action took effect or may have, and is not undone yet; the last first. */
export async function stepsToUndo(
  tx: SqlExecutor,
  sagaId: string,
): Promise<{ step: string; ordinal: number; status: StepStatus }[]> {
  return tx.query(sql`
    SELECT step, ordinal, status FROM saga_steps
    WHERE saga_id = ${sagaId} AND kind = 'action' AND status IN ('completed', 'unknown')
      AND NOT EXISTS (SELECT FROM saga_steps undo WHERE undo.saga_id = ${sagaId} AND undo.step = saga_steps.step
                      AND undo.kind = 'compensation' AND undo.status = 'completed')
    ORDER BY ordinal DESC`);
}
