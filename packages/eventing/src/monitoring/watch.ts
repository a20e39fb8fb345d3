/**
 * Asks the checks and keeps what they answer in `alerts`. Any number of processes may, each the checks that it has: the time of the
 * last answer makes it one look every few seconds, and an advisory lock keeps two from writing the same.
 */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { isWithin } from "../postgres/wait.ts";
import { askChecks } from "./ask-checks.ts";
import { aboutOf } from "./check.ts";
import type { Check } from "./check.ts";
import { moveWatched } from "./watched.ts";
import type { Moved, Watched } from "./watched.ts";

export const ASK_EVERY_MS = 3_000;
/** A little less, so that processes that drift do not halve the rate. */
const FRESH_MS = 2_500;
/** Any constant; all processes use the same one. */
const WATCH_LOCK = 7_145_120_714;
const KEPT_DAYS = 30;
/** By then no process has the check any more, as after a release without it: what it said last is no news. */
const FORGOTTEN_HOURS = 1;

/** Resolves to how many checks were due and asked. */
export async function watchOnce(db: Database, checks: readonly Check[]): Promise<number> {
  const isFresh = isWithin(sql`asked_at`, FRESH_MS);
  const fresh = new Set(await namesWhere(db, isFresh));
  const due = checks.filter(({ name }) => !fresh.has(name));
  if (due.length === 0) return 0;
  const answers = await askChecks(db, due);
  return db.transaction(async (tx) => {
    const lock = await tx.query<{ taken: boolean }>(sql`SELECT pg_try_advisory_xact_lock(${WATCH_LOCK}) AS taken`);
    if (lock[0]?.taken !== true) return 0;
    // A statement of its own: it must see what the process that held the lock until just now has written.
    const rows = await readWatched(tx);
    const known = new Set(await namesWhere(tx, isFresh));
    const at = await clockOf(tx);
    const moves = due.flatMap((check) => {
      const answer = answers.get(check.name);
      if (answer === undefined || known.has(check.name)) return [];
      return moveWatched(
        check,
        rows.filter(({ name }) => name === check.name),
        answer,
        at,
      );
    });
    await writeMoves(tx, moves, new Map(due.map((check) => [check.name, check])));
    await forgetUnasked(tx, checks);
    return moves.length;
  });
}

/** One that cannot be asked, by whichever process, is not among them: that is a problem and no end. */
async function forgetUnasked(tx: SqlExecutor, checks: readonly Check[]): Promise<void> {
  const own = checks.map(({ name }) => name);
  const isForgotten = sql`
    asked_at < now() - ${FORGOTTEN_HOURS} * interval '1 hour' AND name <> ALL(${own}::text[])
    AND name NOT IN (SELECT name FROM alerts WHERE problem IS NOT NULL AND status <> 'resolved')`;
  await tx.query(sql`
    UPDATE alerts SET status = 'resolved', resolved_at = now(), detail = concat_ws('; ', detail, 'nobody asks this any more')
    WHERE status = 'firing' AND ${isForgotten}`);
  await tx.query(sql`DELETE FROM alerts WHERE status IN ('ok', 'pending') AND ${isForgotten}`);
}

const namesWhere = async (db: SqlExecutor, isFresh: ReturnType<typeof isWithin>): Promise<readonly string[]> => {
  const rows = await db.query<{ name: string }>(sql`
    SELECT name FROM alerts WHERE status <> 'resolved' AND subject = '' AND problem IS NULL AND ${isFresh}`);
  return rows.map(({ name }) => name);
};

async function clockOf(tx: SqlExecutor): Promise<Date> {
  const [row] = await tx.query<{ at: Date }>(sql`SELECT clock_timestamp() AS at`);
  return row?.at ?? new Date(0);
}

function readWatched(db: SqlExecutor): Promise<Watched[]> {
  return db.query<Watched>(sql`
    SELECT alerts.id, name, subject, status, value, peak, detail, problem, since, asked_at AS "askedAt", pending_at AS "pendingAt",
           fired_at AS "firedAt", calm_since AS "calmSince", resolved_at AS "resolvedAt"
    FROM alerts WHERE status <> 'resolved'`);
}

/** In order: an alert that is resolved makes room for the next one about its subject. */
async function writeMoves(tx: SqlExecutor, moves: readonly Moved[], checks: ReadonlyMap<string, Check>): Promise<void> {
  const rows = moves
    .flatMap(({ written }) => written)
    .map((row) => {
      const check = checks.get(row.name);
      return { ...row, threshold: check?.threshold, about: check && aboutOf(check) };
    });
  const dropped = moves.flatMap((move) => move.dropped);
  if (dropped.length > 0) await tx.query(sql`DELETE FROM alerts WHERE id = ANY(${dropped}::bigint[])`);
  await tx.query(sql`
    INSERT INTO alerts (id, name, subject, status, value, peak, threshold, about, detail, problem, since, asked_at, pending_at, fired_at, calm_since, resolved_at)
    SELECT coalesce(id, nextval('projection_alerts_id_seq')), name, subject, status, value, peak, threshold, about, detail, problem,
           since, "askedAt", "pendingAt", "firedAt", "calmSince", "resolvedAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row(
      id bigint, name text, subject text, status text, value float8, peak float8, threshold float8, about jsonb, detail text, problem text,
      since timestamptz, "askedAt" timestamptz, "pendingAt" timestamptz, "firedAt" timestamptz, "calmSince" timestamptz, "resolvedAt" timestamptz)
    ON CONFLICT (id) DO UPDATE SET
      status = excluded.status, value = excluded.value, peak = excluded.peak, threshold = excluded.threshold, about = excluded.about,
      detail = excluded.detail, problem = excluded.problem, since = excluded.since, asked_at = excluded.asked_at,
      pending_at = excluded.pending_at, fired_at = excluded.fired_at, calm_since = excluded.calm_since, resolved_at = excluded.resolved_at`);
  await tx.query(sql`DELETE FROM alerts WHERE resolved_at < now() - ${KEPT_DAYS} * interval '1 day'`);
}
