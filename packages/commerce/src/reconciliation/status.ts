/** The state of the reconciliation, for the console and the terminal. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

interface RunRow {
  readonly runId: string;
  readonly trigger: "schedule" | "operator";
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly captures: number;
  readonly found: number;
  readonly repaired: number;
  readonly error: string | null;
}

const RUN = sql`
  SELECT id AS "runId", trigger, requested_by AS "requestedBy", requested_at AS "requestedAt", started_at AS "startedAt",
         finished_at AS "finishedAt", captures, found, repaired, error
  FROM reconciliation_runs`;

function toRun({ requestedAt, startedAt, finishedAt, ...row }: RunRow) {
  return {
    ...row,
    requestedAt: requestedAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
export type ReconciliationRun = ReturnType<typeof toRun>;

export async function readRun(db: SqlExecutor, runId: string): Promise<ReconciliationRun | undefined> {
  const rows = await db.query<RunRow>(sql`${RUN} WHERE id = ${runId}`);
  return rows[0] && toRun(rows[0]);
}

export async function reconciliationStatus(db: SqlExecutor) {
  const rows = await db.query<{ open: number; attention: number; since: Date | null }>(sql`
    SELECT (count(*) FILTER (WHERE status = 'open' AND resolved_at IS NULL))::int AS open,
           (count(*) FILTER (WHERE status = 'attention' AND resolved_at IS NULL))::int AS attention,
           coalesce(max(last_seen), (SELECT min(finished_at) FROM reconciliation_runs)) AS since
    FROM reconciliation_findings`);
  const lastRuns = await db.query<RunRow>(sql`
    ${RUN} WHERE finished_at IS NOT NULL ORDER BY requested_at DESC LIMIT 1`);
  const { open = 0, attention = 0, since = null } = rows[0] ?? {};
  return {
    open,
    attention,
    /** The last difference, or the first run when there never was one; null before that. */
    quietSince: since?.toISOString() ?? null,
    lastRun: lastRuns[0] === undefined ? null : toRun(lastRuns[0]),
  };
}
