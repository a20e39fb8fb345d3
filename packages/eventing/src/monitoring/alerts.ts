/** Alerts of every kind: those of checks, and those of projections, which have a table of their own. */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { refuse } from "../event/refusal.ts";
import { causesOf } from "./causes.ts";
import type { AboutCheck } from "./check.ts";
import { STALE_SECONDS } from "./health.ts";
import { aboutProjectionLag, PROJECTION_LAG } from "./kernel-checks.ts";
import { timeInText } from "./time-in-text.ts";

/** Something that is not as it should be, open or resolved, with what people are told of it. */
export interface Alert extends AboutCheck {
  /** Of no other alert, whichever its kind. */
  readonly id: number;
  /** The name of its check. */
  readonly check: string;
  /** What it is about, such as a consumer; "" where the check has one subject only. */
  readonly subject: string;
  readonly status: "pending" | "firing" | "resolved";
  readonly threshold: number;
  readonly peak: number;
  /** What is behind it, in words, as of the last look. */
  readonly detail: string | null;
  readonly pendingAt: Date;
  readonly firedAt: Date | null;
  readonly resolvedAt: Date | null;
  /** The person who has taken it on. */
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedReason: string | null;
  /** The alert that explains it; null for one that no other explains. */
  readonly causeId: number | null;
  /** Of an alert about a projection, as the first release named it; null for any other. */
  readonly projection: string | null;
  readonly thresholdSeconds: number | null;
  readonly peakLagSeconds: number | null;
}

interface AlertRow extends Pick<
  Alert,
  | "id"
  | "check"
  | "subject"
  | "status"
  | "threshold"
  | "peak"
  | "detail"
  | "pendingAt"
  | "firedAt"
  | "resolvedAt"
  | "acknowledgedBy"
  | "acknowledgedAt"
  | "acknowledgedReason"
> {
  /** Null for an alert about a projection. */
  readonly about: AboutCheck | null;
  readonly firingTold: boolean;
  readonly resolvedTold: boolean;
  readonly askedAt: Date;
  /** False for one that was only read since it may be the cause of others. */
  readonly isAsked: boolean;
}

const TOLD = sql`firing_notified_at IS NOT NULL AS "firingTold", resolved_notified_at IS NOT NULL AS "resolvedTold", now() AS "askedAt",
  alert.id IN (SELECT id FROM asked) AS "isAsked"`;
const TIMES = sql`pending_at AS "pendingAt", fired_at AS "firedAt", resolved_at AS "resolvedAt"`;
const TAKEN_ON = sql`
  acknowledged_by AS "acknowledgedBy", acknowledged_at AS "acknowledgedAt", acknowledged_reason AS "acknowledgedReason"`;

/** Beside those that are asked for: what may explain them. Of one subject first, as the causes of many others are. */
const CAUSES_MAX = 200;

/** @param which of the `alert`s: the rest of a `SELECT id FROM`. Open ones come first, then the latest resolved ones. */
async function readAlerts(db: SqlExecutor, which: Sql): Promise<readonly (Alert & AlertRow)[]> {
  const rows = await db.query<AlertRow>(sql`
    WITH alert AS (
      SELECT id, status, subject, status = 'resolved' AS is_over FROM alerts WHERE status <> 'ok'
      UNION ALL SELECT id, status, projection, status = 'resolved' FROM projection_alerts
    ), asked AS (SELECT id FROM alert ${which}),
    looked_at AS (SELECT id FROM asked UNION (SELECT id FROM alert ORDER BY is_over, subject <> '', id DESC LIMIT ${CAUSES_MAX}))
    SELECT alert.id, ${PROJECTION_LAG} AS "check", alert.projection AS subject, alert.status, threshold_seconds AS threshold,
           peak_lag_seconds AS peak, CASE WHEN checkpoint.status <> 'running' THEN 'it is ' || checkpoint.status END AS detail,
           NULL::jsonb AS about, ${TIMES}, ${TAKEN_ON}, ${TOLD}
    FROM projection_alerts alert LEFT JOIN projection_checkpoints checkpoint USING (projection) WHERE alert.id IN (SELECT id FROM looked_at)
    UNION ALL
    SELECT alert.id, name, subject, status, threshold, peak,
           CASE WHEN status <> 'resolved' AND asked_at < now() - ${STALE_SECONDS} * interval '1 second'
             THEN concat_ws('; ', detail, 'nobody has asked since ' || ${timeInText(sql`asked_at`)}) ELSE detail END, about, ${TIMES}, ${TAKEN_ON}, ${TOLD}
    FROM alerts alert WHERE alert.id IN (SELECT id FROM looked_at)
    ORDER BY id DESC`);
  const first = rows.toSorted((one, other) => Number(one.status === "resolved") - Number(other.status === "resolved"));
  const described = first.map((row) => ({ ...row, ...(row.about ?? aboutProjectionLag), name: row.check }));
  const causes = causesOf(described, described[0]?.askedAt ?? new Date(0));
  const asked = described.filter(({ isAsked }) => isAsked);
  return asked.map((row) => {
    const inSeconds = row.unit === "seconds";
    return {
      ...row,
      causeId: causes.get(row.id) ?? null,
      projection: row.about === null ? row.subject : null,
      thresholdSeconds: inSeconds ? row.threshold : null,
      peakLagSeconds: inSeconds ? row.peak : null,
    };
  });
}

/** The last alert of the page before. */
export interface AfterAlert {
  readonly isResolved: boolean;
  readonly id: number;
}

/** Open alerts first, then the latest resolved ones; followers name their cause. */
export async function listAlerts(db: SqlExecutor, limit: number, after?: AfterAlert): Promise<Alert[]> {
  const rest =
    after === undefined ? sql`true` : sql`(is_over, -id) > (${after.isResolved}::boolean, ${-after.id}::bigint)`;
  const rows = await readAlerts(db, sql`WHERE ${rest} ORDER BY is_over, id DESC LIMIT ${limit}`);
  return rows.map(told);
}

/** Undefined where there is none, or it is long over. */
export async function readAlert(db: SqlExecutor, id: number): Promise<Alert | undefined> {
  const [row] = await readAlerts(db, sql`WHERE id = ${id}::bigint`);
  return row && told(row);
}

function told(row: Alert & AlertRow): Alert {
  const { about: _about, firingTold: _firing, resolvedTold: _resolved, askedAt: _at, isAsked: _asked, ...alert } = row;
  return alert;
}

/** A cause may be noticed a little later than its followers: for so long they wait for it. */
const GROUPED_FOR_MS = 10_000;

/**
 * Tells `notify` of every alert that has fired or was resolved and was not told yet; of followers nothing, as long as their cause
 * is there. At least once.
 */
export async function notifyAlerts(db: SqlExecutor, notify: (alert: Alert) => Promise<void>): Promise<void> {
  const isDue = sql`
    (status = 'firing' AND firing_notified_at IS NULL AND fired_at <= now() - ${GROUPED_FOR_MS} * interval '1 ms')
    OR (status = 'resolved' AND resolved_notified_at IS NULL)`;
  const due = await db.query<{ id: number }>(sql`
    SELECT id FROM alerts WHERE ${isDue} UNION ALL SELECT id FROM projection_alerts WHERE ${isDue} ORDER BY id LIMIT 100`);
  if (due.length === 0) return;
  const ids = due.map(({ id }) => id);
  const alerts = new Map((await readAlerts(db, sql`WHERE id = ANY(${ids}::bigint[])`)).map((one) => [one.id, one]));
  for (const { id } of due) {
    const alert = alerts.get(id);
    const isFollower = alert !== undefined && alert.causeId !== null && !alert.firingTold;
    if (isFollower && alert.status === "firing") continue;
    if (alert !== undefined && !isFollower) await notify(told(alert));
    const column = alert?.status === "firing" ? sql`firing_notified_at` : sql`resolved_notified_at`;
    await db.query(sql`UPDATE alerts SET ${column} = now() WHERE id = ${id}`);
    await db.query(sql`UPDATE projection_alerts SET ${column} = now() WHERE id = ${id}`);
  }
}

/** A person acknowledges an open alert: it goes on firing, and nobody else needs to look. */
export async function acknowledgeAlert(
  db: SqlExecutor,
  id: number,
  { actor, reason }: { readonly actor: string; readonly reason: string },
): Promise<void> {
  const takeOn = sql`SET acknowledged_at = now(), acknowledged_by = ${actor}, acknowledged_reason = ${reason}
    WHERE id = ${id} AND status IN ('pending', 'firing') RETURNING id`;
  const taken = await db.query<{ id: number }>(sql`
    WITH of_check AS (UPDATE alerts ${takeOn}), of_projection AS (UPDATE projection_alerts ${takeOn})
    SELECT id FROM of_check UNION ALL SELECT id FROM of_projection`);
  if (taken.length === 0)
    throw refuse("notFound", "ALERT_NOT_OPEN", `There is no open alert ${id}: it may have been resolved.`);
}

/** Takes back the acknowledgement of this person. Nobody else's is taken from them. */
export async function giveBackAlert(db: SqlExecutor, id: number, actor: string): Promise<void> {
  const giveBack = sql`SET acknowledged_at = NULL, acknowledged_by = NULL, acknowledged_reason = NULL
    WHERE id = ${id} AND status IN ('pending', 'firing') AND acknowledged_by = ${actor} RETURNING id`;
  const given = await db.query<{ id: number }>(sql`
    WITH of_check AS (UPDATE alerts ${giveBack}), of_projection AS (UPDATE projection_alerts ${giveBack})
    SELECT id FROM of_check UNION ALL SELECT id FROM of_projection`);
  if (given.length > 0) return;
  const alert = await alertState(db, id);
  if (alert === null || alert.status === "resolved")
    throw refuse("notFound", "ALERT_NOT_OPEN", `There is no open alert ${id}: it may have been resolved.`);
  throw refuse(
    "conflict",
    "ALERT_NOT_YOURS",
    alert.acknowledgedBy === null
      ? "Nobody has acknowledged this alert."
      : "Somebody else has acknowledged this alert.",
  );
}

/** The alert as the audit keeps it; null where there is none. */
export async function alertState(db: SqlExecutor, id: number) {
  const rows = await db.query<{ check: string; subject: string; status: string; acknowledgedBy: string | null }>(sql`
    SELECT name AS "check", subject, status, acknowledged_by AS "acknowledgedBy" FROM alerts WHERE id = ${id}
    UNION ALL SELECT ${PROJECTION_LAG}, projection, status, acknowledged_by FROM projection_alerts WHERE id = ${id}`);
  return rows[0] ?? null;
}
