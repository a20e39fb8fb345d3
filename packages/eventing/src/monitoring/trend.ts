/** How lag has moved, how fast a projection works, and when it will have caught up: from the samples of the last minutes. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

export const TREND_MINUTES_DEFAULT = 5;
const RATE_SECONDS = 30;

export interface ProjectionTrend {
  readonly projection: string;
  readonly points: readonly { readonly at: string; readonly lagSeconds: number }[];
  /** Events a second, over the last half minute; null without samples. */
  readonly eventsPerSecond: number | null;
  /** Seconds until it has caught up at the present rates; 0 when it has, null when it falls further behind. */
  readonly etaSeconds: number | null;
}

interface TrendRow {
  readonly projection: string;
  readonly points: ProjectionTrend["points"];
  readonly seconds: number | null;
  readonly processed: number | null;
  readonly arrived: number | null;
  readonly behind: number;
}

/** The recent samples of each projection, and when it will have caught up. */
export async function projectionTrends(
  db: SqlExecutor,
  minutes: number = TREND_MINUTES_DEFAULT,
): Promise<ProjectionTrend[]> {
  const rows = await db.query<TrendRow>(sql`
    SELECT projection,
           jsonb_agg(jsonb_build_object('at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lagSeconds', lag_seconds) ORDER BY at) AS points,
           extract(epoch FROM max(at) FILTER (WHERE recent) - min(at) FILTER (WHERE recent))::float8 AS seconds,
           (max(position) FILTER (WHERE recent) - min(position) FILTER (WHERE recent))::float8 AS processed,
           (max(head_position) FILTER (WHERE recent) - min(head_position) FILTER (WHERE recent))::float8 AS arrived,
           (max(head_position) - max(position))::float8 AS behind
    FROM (SELECT *, at > now() - ${RATE_SECONDS} * interval '1 second' AS recent FROM projection_samples
          WHERE at > now() - ${minutes} * interval '1 minute') sample
    GROUP BY projection ORDER BY projection`);
  return rows.map(({ projection, points, ...figures }) => ({ projection, points, ...ratesOf(figures) }));
}

/** @internal exported for its tests */
export function ratesOf({ seconds, processed, arrived, behind }: Omit<TrendRow, "projection" | "points">): {
  eventsPerSecond: number | null;
  etaSeconds: number | null;
} {
  if (behind <= 0) return { eventsPerSecond: seconds ? (processed ?? 0) / seconds : null, etaSeconds: 0 };
  if (seconds === null || seconds === 0 || processed === null || arrived === null)
    return { eventsPerSecond: null, etaSeconds: null };
  const eventsPerSecond = processed / seconds;
  const closing = eventsPerSecond - arrived / seconds;
  return { eventsPerSecond, etaSeconds: closing > 0 ? behind / closing : null };
}
