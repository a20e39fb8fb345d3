/**
 * Brings orphaned steps back: those whose owner's lease expired, and those whose job was lost with a killed
 * worker, before it was queued or after (graphile-worker keeps a dead worker's job locked for four hours). A step whose
 * job waits for its turn is left alone, however long that takes, and so is one of a definition that this worker does not
 * have. Queuing twice is harmless: only one claim succeeds.
 */
import { sql } from "@tillstream/runtime";
import type { Database, Loop } from "@tillstream/runtime";
import { isWithin } from "../postgres/wait.ts";
import type { Saga } from "./definition.ts";
import { isDefinedBy, jobKey, queueSteps } from "./state.ts";
import type { StepRef } from "./state.ts";

const SWEEP_INTERVAL_MS = 2_000;
const PENDING_GRACE_MS = 5_000;
/** A job that was fetched so long ago and has not begun its step was lost with its worker, or on the way to it. */
const FETCHED_GRACE_MS = 5_000;
const SWEEP_STEPS_MAX = 100;
/** The oldest pending steps that are looked at: jobs are fetched by age, so what is lost is among these before its turn has passed. */
const LOOK_STEPS_MAX = 1_000;

/** @param sagas the definitions whose steps this worker can claim */
export const sagaSweeper = (sagas: readonly Saga[]): Loop => ({
  name: "saga sweeper",
  intervalMs: SWEEP_INTERVAL_MS,
  async turn({ db, logger }) {
    const swept = await sweepOnce(db, sagas);
    if (swept > 0) logger.info({ steps: swept }, "saga sweeper queued orphaned steps");
  },
});

/** Of a row named `orphan`: no job of it waits for its turn or has just been fetched. */
const HAS_NO_LIVE_JOB = sql`
  NOT EXISTS (SELECT FROM graphile_worker.jobs job WHERE job.key = ${jobKey("orphan")}
    AND CASE WHEN job.locked_at IS NULL THEN job.attempts < job.max_attempts AND job.run_at <= now()
             ELSE ${isWithin(sql`job.locked_at`, FETCHED_GRACE_MS)} END)`;

/** Queues orphaned steps of `sagas`, oldest first, at most 100 of each kind at a time; returns how many. */
export async function sweepOnce(db: Database, sagas: readonly Saga[]): Promise<number> {
  const orphans = await db.query<StepRef>(sql`
    (SELECT saga_id AS "sagaId", step, kind FROM saga_steps orphan
     WHERE status = 'running' AND lease_expires_at < now() AND ${HAS_NO_LIVE_JOB}
       AND ${isDefinedBy(sagas, sql`orphan.saga_id`)} ORDER BY lease_expires_at LIMIT ${SWEEP_STEPS_MAX})
    UNION ALL
    (SELECT saga_id, step, kind FROM (
       SELECT saga_id, step, kind, run_at FROM saga_steps due
       WHERE status = 'pending' AND run_at < now() - ${PENDING_GRACE_MS} * interval '1 ms'
         AND ${isDefinedBy(sagas, sql`due.saga_id`)} ORDER BY run_at LIMIT ${LOOK_STEPS_MAX}) orphan
     WHERE ${HAS_NO_LIVE_JOB} ORDER BY run_at LIMIT ${SWEEP_STEPS_MAX})`);
  if (orphans.length > 0) await queueSteps(db, orphans);
  return orphans.length;
}
