/**
 * Samples the lag of every projection and keeps the alerts. Any number of processes may run it, the console's too, so
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
    // A statement of its own: it must see the sample of whoever held the lock until just now.
    const due = await tx.query<{ at: Date }>(sql`
      SELECT clock_timestamp() AS at WHERE NOT EXISTS (
        SELECT FROM projection_samples WHERE ${isWithin(sql`at`, SAMPLE_SPACING_MS)})`);
    const at = due[0]?.at;
    if (at === undefined) return false;
    const lags = await subscriptionLags(tx, "projection");
    await storeSamples(tx, at, lags);
    for (const lag of lags) await moveAlert(tx, rule, at, lag);
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

async function moveAlert(
  tx: SqlExecutor,
  rule: AlertRule,
  at: Date,
  { name, lagSeconds }: SubscriptionLag,
): Promise<void> {
  const rows = await tx.query<OpenAlert & { id: number }>(sql`
    SELECT id, status, peak_lag_seconds AS "peakLagSeconds", calm_since AS "calmSince"
    FROM projection_alerts WHERE projection = ${name} AND status IN ('pending', 'firing') FOR UPDATE`);
  const open = rows[0];
  await applyChange(tx, nextAlert(rule, open, { at, lagSeconds }), { id: open?.id ?? 0, name, at, rule });
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
        VALUES (${name}, 'pending', ${rule.thresholdSeconds}, ${change.peakLagSeconds}, ${at}::timestamptz)`);
      return;
    case "drop":
      await tx.query(sql`DELETE FROM projection_alerts WHERE id = ${id}`);
      return;
    case "fire":
      await tx.query(sql`
        UPDATE projection_alerts SET status = 'firing', fired_at = ${at}::timestamptz, peak_lag_seconds = ${change.peakLagSeconds}
        WHERE id = ${id}`);
      return;
    case "resolve":
      await tx.query(
        sql`UPDATE projection_alerts SET status = 'resolved', resolved_at = ${at}::timestamptz WHERE id = ${id}`,
      );
      return;
    case "update":
      await tx.query(sql`
        UPDATE projection_alerts SET peak_lag_seconds = ${change.peakLagSeconds}, calm_since = ${change.calmSince}::timestamptz
        WHERE id = ${id}`);
  }
}

export interface ProjectionAlert {
  readonly id: number;
  readonly projection: string;
  readonly status: "pending" | "firing" | "resolved";
  readonly thresholdSeconds: number;
  readonly peakLagSeconds: number;
  readonly pendingAt: Date;
  readonly firedAt: Date | null;
  readonly resolvedAt: Date | null;
}

const ALERT = sql`
  id, projection, status, threshold_seconds AS "thresholdSeconds", peak_lag_seconds AS "peakLagSeconds",
  pending_at AS "pendingAt", fired_at AS "firedAt", resolved_at AS "resolvedAt"`;

/** Open alerts first, then the latest resolved ones. */
export function listAlerts(db: SqlExecutor, limit: number): Promise<ProjectionAlert[]> {
  return db.query<ProjectionAlert>(sql`
    SELECT ${ALERT} FROM projection_alerts
    ORDER BY status = 'resolved', projection_alerts.id DESC LIMIT ${limit}`);
}

/** Tells `notify` of every alert that fired or was resolved and was not told yet. At least once. */
export async function notifyAlerts(db: SqlExecutor, notify: (alert: ProjectionAlert) => Promise<void>): Promise<void> {
  const due = await db.query<ProjectionAlert>(sql`
    SELECT ${ALERT} FROM projection_alerts
    WHERE (status = 'firing' AND firing_notified_at IS NULL) OR (status = 'resolved' AND resolved_notified_at IS NULL)
    ORDER BY projection_alerts.id LIMIT 100`);
  for (const alert of due) {
    await notify(alert);
    const column = alert.status === "firing" ? sql`firing_notified_at` : sql`resolved_notified_at`;
    await db.query(sql`UPDATE projection_alerts SET ${column} = now() WHERE id = ${alert.id}`);
  }
}
