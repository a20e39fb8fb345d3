/**
 * Runs that halted, by what stopped them, and many of one kind retried or forked at a pace: what an operator does once the service
 * that failed is back.
 */
import { sql } from "@tillstream/runtime";
import type { Database, Sql, SqlExecutor } from "@tillstream/runtime";
import { Refusal, refuse } from "../event/refusal.ts";
import type { Saga } from "./definition.ts";
import { forkLocked } from "./fork.ts";
import type { Operator } from "./operate.ts";
import { setRunStatus } from "./run-status.ts";
import { queueSteps } from "./state.ts";
import type { StepKind, StepRef } from "./state.ts";

/** What many halted runs have in common. */
export interface HaltedKind {
  /** The saga's name. */
  readonly name: string;
  readonly step: string;
  readonly kind: StepKind;
  /** The stable code of the failure. */
  readonly code: string;
}

/** Halted runs of one kind, the latest kind first. */
export interface HaltedGroup extends HaltedKind {
  readonly runs: number;
  /** What the latest of them was told. */
  readonly message: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** Which runs are retried or forked: the oldest of a kind. */
export interface HaltedSelection extends HaltedKind {
  readonly limit: number;
  /** Runs that begin again in a second. */
  readonly perSecond: number;
}

/** Each halted run with the step operation at which it halted. */
export const HALTED = sql`
  sagas JOIN saga_steps step USING (saga_id)
  WHERE (sagas.status = 'compensation_failed' AND step.kind = 'compensation' AND step.status = 'failed'
     OR sagas.status = 'failed' AND step.kind = 'action' AND step.status IN ('failed', 'unknown', 'refused'))`;
const CODE = sql`coalesce(step.error ->> 'code', '')`;

const isOf = ({ name, step, kind, code }: HaltedKind): Sql =>
  sql`name = ${name} AND step.step = ${step} AND step.kind = ${kind} AND ${CODE} = ${code}`;

/** All halted runs, by kind; at most 100 kinds. */
export function groupHaltedRuns(db: SqlExecutor): Promise<HaltedGroup[]> {
  return db.query<HaltedGroup>(sql`
    SELECT name, step.step, step.kind, ${CODE} AS code, count(*)::int AS runs,
           coalesce((array_agg(step.error ->> 'message' ORDER BY sagas.finished_at DESC))[1], '') AS message,
           min(sagas.finished_at) AS "firstAt", max(sagas.finished_at) AS "lastAt"
    FROM ${HALTED} GROUP BY name, step.step, step.kind, ${CODE} ORDER BY max(sagas.finished_at) DESC LIMIT 100`);
}

/** How many runs of a kind are halted. */
export async function countHalted(db: SqlExecutor, kind: HaltedKind): Promise<number> {
  const [row] = await db.query<{ runs: number }>(sql`
    SELECT count(*)::int AS runs FROM ${HALTED} AND ${isOf(kind)}`);
  return row?.runs ?? 0;
}

/** The oldest halted steps of a kind, locked with their runs; those at which somebody else is acting are passed over. */
const chosen = (selection: HaltedSelection): Sql => sql`
  SELECT step.* FROM ${HALTED} AND ${isOf(selection)} ORDER BY sagas.finished_at, saga_id LIMIT ${selection.limit} FOR UPDATE OF step, sagas SKIP LOCKED`;

/**
 * Gives the halted steps of a kind all their attempts again, those that halted first at once and the others at the pace. Runs at which
 * somebody else is acting are passed over. Throws a refusal when none is halted.
 */
export function retryHalted(
  db: Database,
  selection: HaltedSelection,
  { actor, reason }: Operator,
): Promise<{ runs: number }> {
  const { perSecond, kind, step: halted } = selection;
  return db.transaction(async (tx) => {
    const steps = await tx.query<StepRef>(sql`
      WITH chosen AS MATERIALIZED (
        SELECT saga_id, step.step, step.kind, row_number() OVER (ORDER BY sagas.finished_at, saga_id) AS turn
        FROM (${chosen(selection)}) step
        JOIN sagas USING (saga_id))
      UPDATE saga_steps step
      SET status = 'pending', attempt = 0, finished_at = NULL, error = NULL,
          run_at = now() + (chosen.turn - 1) / ${perSecond}::float8 * interval '1 second'
      FROM chosen WHERE (step.saga_id, step.step, step.kind) = (chosen.saga_id, chosen.step, chosen.kind)
      RETURNING step.saga_id AS "sagaId", step.step, step.kind`);
    if (steps.length === 0) throw refuse("conflict", "NOTHING_TO_RETRY", "No run of this kind is halted any more.");
    const sagaIds = steps.map(({ sagaId }) => sagaId);
    await setRunStatus(tx, sagaIds, kind === "action" ? "running" : "compensating");
    await queueSteps(tx, steps);
    await tx.query(sql`
      INSERT INTO saga_actions (saga_id, action, step, actor, reason)
      SELECT saga_id, 'retryStep', ${halted}, ${actor}, ${reason} FROM unnest(${sagaIds}::text[]) AS saga_id`);
    return { runs: steps.length };
  });
}

/**
 * Forks halted runs of a kind at the step at which they halted, those that halted first at once and the others at the pace. Runs at
 * which somebody else is acting, and those that a rule refuses, are passed over. Throws a refusal when none is halted.
 */
export function forkHalted(
  db: Database,
  sagas: readonly Saga[],
  selection: HaltedSelection,
  operator: Operator,
): Promise<{ runs: number; passedOver: number }> {
  return db.transaction(async (tx) => {
    const steps = await tx.query<{ sagaId: string }>(sql`SELECT saga_id AS "sagaId" FROM (${chosen(selection)}) step`);
    if (steps.length === 0) throw refuse("conflict", "NOTHING_TO_FORK", "No run of this kind is halted any more.");
    let runs = 0;
    for (const { sagaId } of steps) {
      const at = { sagaId, fromStep: selection.step, afterMs: (runs / selection.perSecond) * 1_000 };
      try {
        await forkLocked(tx, sagas, at, operator);
        runs += 1;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
    return { runs, passedOver: steps.length - runs };
  });
}
