/** What a worker says of itself every two seconds, and hears in return: whether it is drained. */
import { sql } from "@tillstream/runtime";
import type { Loop, SqlExecutor } from "@tillstream/runtime";
import type { Drain, Duty } from "./duty.ts";

const BEAT_MS = 2_000;
/** While it lets go of what it has in hand. */
const DRAINING_BEAT_MS = 100;
/** For so long the list has a worker that ended without a word. */
const KEPT_HOURS = 1;

/** Which program on which machine. */
export interface WorkerIdentity {
  /** Of the program. */
  readonly version: string;
  readonly host: string;
  readonly pid: number;
}

/** One run of a worker. */
export interface Present extends WorkerIdentity {
  /** Unique for each start of a process. */
  readonly id: string;
  /** What it carries out when it is not drained, such as "consumer mail". */
  readonly runs: readonly string[];
  readonly duty: Duty;
  /** Steps of sagas in hand. */
  steps(): number;
}

interface Heard {
  readonly startedAt: Date;
  readonly by: string | null;
  readonly reason: string | null;
  readonly since: Date | null;
}

/** Runs beside the work, drained or not. */
export function presence(worker: Present): Loop {
  const { duty } = worker;
  let startedAt: Date | undefined;
  return {
    name: "presence",
    intervalMs: BEAT_MS,
    looksOn: true,
    async turn({ db }) {
      const [heard] = await beat(db, worker, startedAt);
      startedAt = heard?.startedAt;
      duty.set(heard && drainOf(heard));
      return duty.drain() !== undefined && duty.isBusy() ? DRAINING_BEAT_MS : BEAT_MS;
    },
  };
}

/** Takes the worker off the list: it has ended. */
export async function leave(db: SqlExecutor, { id }: Pick<Present, "id">): Promise<void> {
  await db.query(sql`DELETE FROM workers WHERE id = ${id}`);
}

function drainOf({ by, reason, since }: Heard): Drain | undefined {
  return by === null || reason === null || since === null ? undefined : { by, reason, since };
}

function beat(
  db: SqlExecutor,
  { id, version, host, pid, runs, steps, duty }: Present,
  startedAt: Date | undefined,
): Promise<Heard[]> {
  const drain = duty.drain();
  const hasLetGo = drain !== undefined && !duty.isBusy();
  return db.query<Heard>(sql`
    WITH pruned AS (DELETE FROM workers WHERE heartbeat_at < now() - ${KEPT_HOURS} * interval '1 hour' AND id <> ${id})
    INSERT INTO workers AS known (id, version, host, pid, runs, steps, started_at, drained_by, drain_reason, drain_asked_at)
    -- Where others took it for gone and its row with it, it is as it was.
    VALUES (${id}, ${version}, ${host}, ${pid}::int, ${runs}::text[], ${steps()}::int, coalesce(${startedAt ?? null}::timestamptz, now()),
            ${drain?.by ?? null}, ${drain?.reason ?? null}, ${drain?.since ?? null}::timestamptz)
    ON CONFLICT (id) DO UPDATE SET heartbeat_at = now(), steps = excluded.steps,
      drained_at = CASE WHEN ${hasLetGo} AND known.drain_asked_at IS NOT NULL THEN coalesce(known.drained_at, now()) END
    RETURNING started_at AS "startedAt", drained_by AS by, drain_reason AS reason, drain_asked_at AS since`);
}
