/** How often each type of event was published lately, from the end of the log alone: it costs the same whatever lies before. */
import { literal, sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

const WINDOW_SECONDS = 300;
/** The window is shorter while so many are published in less. */
const TAIL_EVENTS = 5_000;

/** Over the last minutes. */
export interface EventRates {
  readonly windowSeconds: number;
  /** Of those types that occurred. */
  readonly perMinute: ReadonlyMap<string, number>;
}

/** Exported so that its plan can be looked at. */
export const EVENT_RATES = sql`
  WITH tail AS MATERIALIZED (
    SELECT type, recorded_at FROM event_log ORDER BY position DESC LIMIT ${literal(TAIL_EVENTS)}
  ), span AS (
    SELECT CASE WHEN count(*) < ${literal(TAIL_EVENTS)} THEN ${literal(WINDOW_SECONDS)}
                ELSE least(greatest(extract(epoch FROM now() - min(recorded_at)), 1), ${literal(WINDOW_SECONDS)}) END::float8 AS seconds
    FROM tail
  )
  SELECT tail.type, count(tail.type)::int AS count, span.seconds
  FROM span LEFT JOIN tail ON tail.recorded_at > now() - span.seconds * interval '1 second'
  GROUP BY tail.type, span.seconds`;

/** How often each type of event was published in the last five minutes, or less while very much is. */
export async function eventRates(db: SqlExecutor): Promise<EventRates> {
  const rows = await db.query<{ type: string | null; count: number; seconds: number }>(EVENT_RATES);
  const perMinute = rows.flatMap(({ type, count, seconds }) =>
    type === null ? [] : [[type, (count * 60) / seconds] as const],
  );
  return { windowSeconds: rows[0]?.seconds ?? WINDOW_SECONDS, perMinute: new Map(perMinute) };
}
