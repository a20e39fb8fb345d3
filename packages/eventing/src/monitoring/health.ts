/** The health of each part of the system, as the checks answered last: read, not asked, so that it costs one query. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { AboutCheck } from "./check.ts";
import { aboutProjectionLag, PROJECTION_LAG } from "./kernel-checks.ts";

/** What a check answered last. */
export interface CheckState extends Pick<AboutCheck, "title" | "unit" | "part" | "path"> {
  readonly check: string;
  readonly subject: string;
  readonly status: "ok" | "pending" | "firing";
  readonly value: number;
  readonly threshold: number;
  readonly detail: string | null;
  readonly problem: string | null;
  /** Since when it is in this state. */
  readonly since: Date;
  readonly askedAt: Date;
  readonly askedSecondsAgo: number;
}

export interface PartHealth {
  readonly part: string;
  /** `unknown`: nobody could ask. */
  readonly status: CheckState["status"] | "unknown";
  readonly since: Date;
  /** What is wrong, the worst first; of a part in order what its checks say. */
  readonly says: readonly { readonly title: string; readonly subject: string; readonly detail: string | null }[];
  readonly path: string;
}

/** An answer that is older was not followed by another. */
export const STALE_SECONDS = 30;
const ORDER = ["firing", "unknown", "pending", "ok"] as const;

/** The parts in the order of their checks. Pure. */
export function healthOf(states: readonly CheckState[]): readonly PartHealth[] {
  return [...Map.groupBy(states, ({ part }) => part)].map(([part, ofPart]) => {
    const ranked = ofPart
      .map((state) => ({ ...state, status: statusOf(state) }))
      .toSorted((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
    const [worst] = ranked;
    const alike = ranked.filter(({ status }) => status === worst?.status);
    const times = alike.map((state) => Number(state.status === "unknown" ? state.askedAt : state.since));
    const status = worst?.status ?? "unknown";
    return {
      part,
      status,
      // In order since its last check is; wrong since the first was.
      since: new Date(status === "ok" ? Math.max(...times) : Math.min(...times)),
      says: alike.map(({ check, title, subject, detail, problem }) => ({
        title,
        subject,
        detail: status === "unknown" ? (problem ?? `nobody has asked since then (${check})`) : detail,
      })),
      path: worst?.path ?? "/alerts",
    };
  });
}

function statusOf({ status, problem, askedSecondsAgo }: CheckState): PartHealth["status"] {
  return problem !== null || askedSecondsAgo > STALE_SECONDS ? "unknown" : status;
}

/** What the checks answered last, in the order in which they were first asked, and the projections that are late. */
export function readChecks(db: SqlExecutor): Promise<CheckState[]> {
  const { title, unit, part, path } = aboutProjectionLag;
  return db.query<CheckState>(sql`
    SELECT about->>'title' AS title, about->>'unit' AS unit, about->>'part' AS part, about->>'path' AS path, name AS "check", subject, status, value,
           threshold, detail, problem, CASE status WHEN 'ok' THEN since ELSE pending_at END AS since, asked_at AS "askedAt",
           extract(epoch FROM now() - asked_at)::float8 AS "askedSecondsAgo"
    FROM alerts WHERE status <> 'resolved'
    UNION ALL
    SELECT ${title}, ${unit}, ${part}, ${path}, ${PROJECTION_LAG}, projection, status, peak_lag_seconds, threshold_seconds, NULL, NULL,
           pending_at, now(), 0
    FROM projection_alerts WHERE status IN ('pending', 'firing')`);
}

/** The health of each part of the system, as the checks tell it. */
export async function readHealth(db: SqlExecutor): Promise<readonly PartHealth[]> {
  return healthOf(await readChecks(db));
}
