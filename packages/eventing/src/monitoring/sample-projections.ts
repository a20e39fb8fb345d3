/**
 * Samples the lag of every projection and keeps its alerts. Any number of processes may run it, the console's too, so
 * that a dead worker raises an alert: an advisory lock and the time of the last sample make it one sample a second.
 */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { isWithin } from "../postgres/wait.ts";
import { nextAlert } from "./alert-rule.ts";
import type { AlertChange, AlertRule, OpenAlert } from "./alert-rule.ts";
import { subscriptionLags } from "./lag.ts";
import type { SubscriptionLag } from "./lag.ts";

export const SAMPLE_INTERVAL_MS = 1_000;
const SAMPLES_KEPT_MINUTES = 60;
/** A little under the interval, so that monitors that drift do not halve the rate. */
const SAMPLE_SPACING_MS = 900;
/** Any constant; all monitors use the same one. */
const MONITOR_LOCK = 7_145_120_713;

/** Takes a sample and moves the alerts on; false when another monitor has just done so. */
export async function sampleProjections(db: Database, rule: AlertRule): Promise<boolean> {
  return db.transaction(async (tx) => {
    const lock = await tx.query<{ taken: boolean }>(sql`SELECT pg_try_advisory_xact_lock(${MONITOR_LOCK}) AS taken`);
    if (lock[0]?.taken !== true) return false;
    // A statement of its own: it must see the sample of the process that held the lock until just now.
    const due = await tx.query<{ at: Date }>(sql`
      SELECT clock_timestamp() AS at WHERE NOT EXISTS (
        SELECT FROM projection_samples WHERE ${isWithin(sql`at`, SAMPLE_SPACING_MS)})`);
    const at = due[0]?.at;
    if (at === undefined) return false;
    const lags = await subscriptionLags(tx, "projection");
    await storeSamples(tx, at, lags);
    const open = await openAlerts(tx);
    for (const { name, lagSeconds: value } of lags) {
      const alert = open.get(name);
      await applyChange(tx, nextAlert(rule, alert, { at, value }), { id: alert?.id ?? 0, name, at, rule });
    }
    return true;
  });
}

async function storeSamples(tx: SqlExecutor, at: Date, lags: readonly SubscriptionLag[]): Promise<void> {
  await tx.query(sql`
    INSERT INTO projection_samples (projection, at, position, head_position, lag_seconds)
    SELECT name, ${at}::timestamptz, position, "headPosition", "lagSeconds"
    FROM jsonb_to_recordset(${JSON.stringify(lags)}::jsonb) AS lag(name text, position bigint, "headPosition" bigint, "lagSeconds" float8)`);
  await tx.query(sql`DELETE FROM projection_samples WHERE NOT ${isWithin(sql`at`, SAMPLES_KEPT_MINUTES * 60_000)}`);
}

/** By projection; locked. */
async function openAlerts(tx: SqlExecutor): Promise<ReadonlyMap<string, OpenAlert & { readonly id: number }>> {
  const rows = await tx.query<OpenAlert & { id: number; projection: string }>(sql`
    SELECT id, projection, status, pending_at AS "pendingAt", peak_lag_seconds AS peak, calm_since AS "calmSince"
    FROM projection_alerts WHERE status IN ('pending', 'firing') ORDER BY id FOR UPDATE`);
  return new Map(rows.map(({ projection, ...alert }) => [projection, alert]));
}

interface AlertTarget {
  readonly id: number;
  readonly name: string;
  readonly at: Date;
  readonly rule: AlertRule;
}

async function applyChange(tx: SqlExecutor, change: AlertChange, { id, name, at, rule }: AlertTarget): Promise<void> {
  switch (change.kind) {
    case "none":
      return;
    case "open":
      await tx.query(sql`
        INSERT INTO projection_alerts (projection, status, threshold_seconds, peak_lag_seconds, pending_at)
        VALUES (${name}, 'pending', ${rule.threshold}, ${change.peak}, ${at}::timestamptz)`);
      return;
    case "drop":
      await tx.query(sql`DELETE FROM projection_alerts WHERE id = ${id}`);
      return;
    case "fire":
      await tx.query(sql`
        UPDATE projection_alerts SET status = 'firing', fired_at = ${at}::timestamptz, peak_lag_seconds = ${change.peak}
        WHERE id = ${id}`);
      return;
    case "resolve":
      await tx.query(
        sql`UPDATE projection_alerts SET status = 'resolved', resolved_at = ${at}::timestamptz WHERE id = ${id}`,
      );
      return;
    case "update":
      await tx.query(sql`
        UPDATE projection_alerts SET peak_lag_seconds = ${change.peak}, calm_since = ${change.calmSince}::timestamptz
        WHERE id = ${id}`);
  }
}
