/** The workers that there are, and draining one of them. */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { refuse } from "../event/refusal.ts";
import { isWithin } from "../postgres/wait.ts";
import type { WorkerIdentity } from "./presence.ts";

/** One that has said nothing for so long has ended, or is frozen. */
const SILENT_MS_MAX = 10_000;
/** Any constant; all processes use the same one. */
const DRAIN_LOCK = 7_145_120_715;

/** A worker as the list has it. */
export interface Worker extends WorkerIdentity {
  readonly id: string;
  /** `draining`: it has something in hand. `gone`: it ended without a word, or is frozen. */
  readonly state: "running" | "draining" | "drained" | "gone";
  readonly runs: readonly string[];
  /** What no other worker runs that is running. */
  readonly alone: readonly string[];
  /** Of the relay's lease, when it holds it. */
  readonly relayEpoch: number | null;
  /** Steps of sagas in hand. */
  readonly steps: number;
  readonly startedAt: Date;
  readonly heartbeatAt: Date;
  readonly heartbeatAgeSeconds: number;
  readonly drainedBy: string | null;
  readonly drainReason: string | null;
  readonly drainAskedAt: Date | null;
  readonly drainedAt: Date | null;
}

const IS_ALIVE = isWithin(sql`heartbeat_at`, SILENT_MS_MAX);
/** The worker that was drained last, if any is: a query of `worker`, `by`, `reason` and `since`. */
export const DRAINED_LAST = sql`
  SELECT id AS worker, drained_by AS by, drain_reason AS reason, drain_asked_at AS since
  FROM workers WHERE drain_asked_at IS NOT NULL AND ${IS_ALIVE} ORDER BY drain_asked_at DESC LIMIT 1`;

/** Whether there is a drained worker and, as far as the list knows, none that works: a condition. */
export const ALL_DRAINED = sql`
  EXISTS (SELECT FROM workers WHERE drain_asked_at IS NOT NULL AND ${IS_ALIVE})
  AND NOT EXISTS (SELECT FROM workers WHERE drain_asked_at IS NULL AND ${IS_ALIVE})`;

const WORKERS = sql`
  SELECT *, CASE WHEN NOT ${IS_ALIVE} THEN 'gone' WHEN drain_asked_at IS NULL THEN 'running' WHEN drained_at IS NULL THEN 'draining' ELSE 'drained' END AS state
  FROM workers`;

/** Those that are there first, the oldest first; those that are gone for an hour. */
export function listWorkers(db: SqlExecutor): Promise<Worker[]> {
  return db.query<Worker>(sql`
    WITH known AS (${WORKERS})
    SELECT id, version, host, pid, state, runs, steps, lease.epoch AS "relayEpoch", started_at AS "startedAt", heartbeat_at AS "heartbeatAt",
           extract(epoch FROM now() - heartbeat_at)::float8 AS "heartbeatAgeSeconds",
           drained_by AS "drainedBy", drain_reason AS "drainReason", drain_asked_at AS "drainAskedAt", drained_at AS "drainedAt",
           CASE state WHEN 'running' THEN ARRAY(
             SELECT unnest(known.runs) EXCEPT SELECT unnest(other.runs) FROM known other WHERE other.id <> known.id AND other.state = 'running' ORDER BY 1)
           ELSE '{}' END AS alone
    FROM known LEFT JOIN relay_leases lease ON lease.owner = known.id AND lease.expires_at > now()
    ORDER BY state = 'gone', started_at, id`);
}

/** A worker's state and drain; undefined where there is none of that id. */
export async function workerState(
  db: SqlExecutor,
  id: string,
): Promise<{ readonly state: string; readonly drain: string | null } | undefined> {
  const rows = await db.query<{ state: string; drain: string | null }>(sql`
    SELECT CASE WHEN drain_asked_at IS NULL THEN 'running' ELSE 'drained' END AS state, drain_reason AS drain FROM workers WHERE id = ${id}`);
  return rows[0];
}

/** Which worker is drained, by whom, and why. */
export interface DrainRequest {
  readonly worker: string;
  /** A person's name. */
  readonly by: string;
  readonly reason: string;
  /** Also when something is then run by nobody. */
  readonly last: boolean;
}

/** Refused for a worker that is not there, and for one that runs what no other does, unless that is meant. Again, it changes nothing. */
export async function drainWorker(db: Database, { worker: id, by, reason, last }: DrainRequest): Promise<void> {
  await db.transaction(async (tx) => {
    // Of two who drain the last two at once, one is told.
    await tx.query(sql`SELECT pg_advisory_xact_lock(${DRAIN_LOCK})::text`);
    const workers = await listWorkers(tx);
    const { state, alone } = present(workers, id);
    if (state !== "running") return;
    if (alone.length > 0 && !last) throw refuse("conflict", "LAST_WORKER", whatStops(workers, id, alone));
    await tx.query(sql`
      UPDATE workers SET drained_by = ${by}, drain_reason = ${reason}, drain_asked_at = now(), drained_at = NULL WHERE id = ${id}`);
  });
}

/** Lets a drained worker work again. */
export async function resumeWorker(db: SqlExecutor, id: string): Promise<void> {
  present(await listWorkers(db), id);
  await db.query(sql`
    UPDATE workers SET drained_by = NULL, drain_reason = NULL, drain_asked_at = NULL, drained_at = NULL WHERE id = ${id}`);
}

function present(workers: readonly Worker[], id: string): Worker {
  const worker = workers.find((one) => one.id === id);
  if (worker !== undefined && worker.state !== "gone") return worker;
  throw refuse(
    "notFound",
    "WORKER_NOT_FOUND",
    `Worker ${id} is not there, or has ended. Look at the list for those that are.`,
  );
}

function whatStops(workers: readonly Worker[], id: string, alone: readonly string[]): string {
  const isOnly = !workers.some((other) => other.id !== id && other.state === "running");
  const lost = isOnly
    ? "No other worker is running: nothing will be delivered until it is resumed."
    : `No other worker runs ${alone.join(", ")}: what that does will wait until it is resumed.`;
  return `${lost} Set last to true to drain it all the same.`;
}
