/**
 * Runs of the reconciliation: asked for by anyone, taken up by one worker at a time, taken up again when it died.
 * Two at once would do no harm, since each charge is settled under its own key.
 */
import { isWithin } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";

/** A run that was taken up and is not done after this long is taken for abandoned. */
const ABANDONED_MS = 10 * 60_000;
/** A run reads again what the one before read last: the clocks of the two sides differ, and what was young is old now. */
const OVERLAP_MS = 15 * 60_000;
const EVERYTHING_EVERY_MS = 24 * 60 * 60_000;
const KEPT_DAYS = 7;

export interface TakenRun {
  readonly id: string;
  readonly trigger: "schedule" | "operator";
  readonly startedAt: Date;
}

/** No run of this interval has been asked for. */
const isUnscheduled = (intervalMs: number): Sql => sql`
  NOT EXISTS (SELECT FROM reconciliation_runs WHERE trigger = 'schedule' AND ${isWithin(sql`requested_at`, intervalMs)})`;

/** A run that waits for a worker. */
const WAITS = sql`finished_at IS NULL AND (started_at IS NULL OR NOT ${isWithin(sql`started_at`, ABANDONED_MS)})`;

/** Whether a run is to be asked for or carried out. */
export function isRunDue(intervalMs: number): Sql {
  return sql`${isUnscheduled(intervalMs)} OR EXISTS (SELECT FROM reconciliation_runs WHERE ${WAITS})`;
}

/** Asks for the run of this interval, unless there is one or it is under way. */
export async function scheduleRun(db: SqlExecutor, id: string, intervalMs: number): Promise<void> {
  await db.query(sql`
    INSERT INTO reconciliation_runs (id, trigger, requested_by)
    SELECT ${id}, 'schedule', 'system' WHERE ${isUnscheduled(intervalMs)}
    ON CONFLICT DO NOTHING`);
}

/** The run that an operator asked for last; undefined for none. */
export async function requestedRun(db: SqlExecutor): Promise<{ id: string; requestedBy: string } | undefined> {
  const rows = await db.query<{ id: string; requestedBy: string }>(sql`
    SELECT id, requested_by AS "requestedBy" FROM reconciliation_runs WHERE trigger = 'operator' ORDER BY requested_at DESC LIMIT 1`);
  return rows[0];
}

/** The id of the run that an operator requested and no worker has started yet, or else of a new one. */
export async function requestRun(db: SqlExecutor, id: string, requestedBy: string): Promise<string> {
  const rows = await db.query<{ id: string }>(sql`
    WITH waiting AS (
      SELECT id FROM reconciliation_runs WHERE trigger = 'operator' AND started_at IS NULL ORDER BY requested_at LIMIT 1
    ), asked AS (
      INSERT INTO reconciliation_runs (id, trigger, requested_by)
      SELECT ${id}, 'operator', ${requestedBy} WHERE NOT EXISTS (SELECT FROM waiting) RETURNING id
    )
    SELECT id FROM waiting UNION ALL SELECT id FROM asked`);
  return rows[0]?.id ?? id;
}

/** A run that its caller carries out, before any worker sees it. */
export async function beginRun(db: SqlExecutor, id: string, requestedBy: string): Promise<TakenRun> {
  const [run] = await db.query<TakenRun>(sql`
    INSERT INTO reconciliation_runs (id, trigger, requested_by, started_at) VALUES (${id}, 'operator', ${requestedBy}, now())
    RETURNING id, trigger, started_at AS "startedAt"`);
  if (run === undefined) throw new Error(`reconciliation run ${id} was not written`);
  return run;
}

/** The oldest that waits, an operator's first. */
export async function takeRun(db: SqlExecutor): Promise<TakenRun | undefined> {
  const rows = await db.query<TakenRun>(sql`
    UPDATE reconciliation_runs SET started_at = now()
    WHERE id = (SELECT id FROM reconciliation_runs
                WHERE ${WAITS}
                ORDER BY trigger, requested_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, trigger, started_at AS "startedAt"`);
  return rows[0];
}

const BEGINNING = new Date(0);

/** From where the books are read: everything for an operator and once a day, else from a little before the last run. */
export async function startOf(db: SqlExecutor, { id, trigger, startedAt }: TakenRun): Promise<Date> {
  const rows = await db.query<{ last: Date | null; everything: Date | null }>(sql`
    SELECT max(started_at) AS last, max(started_at) FILTER (WHERE since IS NULL) AS everything
    FROM reconciliation_runs WHERE finished_at IS NOT NULL AND error IS NULL AND started_at < ${startedAt}`); // not one from before the clock went back
  const { last = null, everything = null } = rows[0] ?? {};
  const isDue = everything === null || startedAt.getTime() - everything.getTime() > EVERYTHING_EVERY_MS;
  const since = trigger === "operator" || last === null || isDue ? undefined : new Date(last.getTime() - OVERLAP_MS);
  await db.query(sql`UPDATE reconciliation_runs SET since = ${since ?? null}::timestamptz WHERE id = ${id}`);
  return since ?? BEGINNING;
}

export interface RunResult {
  readonly captures: number;
  readonly found: number;
  readonly repaired: number;
  readonly error?: string;
}

export async function finishRun(db: SqlExecutor, id: string, result: RunResult): Promise<void> {
  const { captures, found, repaired, error = null } = result;
  await db.query(sql`
    UPDATE reconciliation_runs SET finished_at = now(), captures = ${captures}, found = ${found}, repaired = ${repaired}, error = ${error}
    WHERE id = ${id}`);
  await db.query(sql`
    DELETE FROM reconciliation_runs WHERE finished_at < now() - ${KEPT_DAYS} * interval '1 day'
      AND id <> (SELECT id FROM reconciliation_runs WHERE since IS NULL AND finished_at IS NOT NULL ORDER BY requested_at DESC LIMIT 1)`);
}
