/** The shop's heartbeat: what happened to orders in each of the last minutes, and when one was completed last. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { lastRecorded, OrderCancelled, OrderConfirmed, OrderCreated, unpublished } from "../order/index.ts";

const TYPES = [OrderCreated, OrderConfirmed, OrderCancelled] as const;
/** The counts of one minute, which begins at `at`. An order that asks for a person is not completed. */
export interface Beat {
  readonly at: string;
  readonly placed: number;
  readonly completed: number;
  readonly cancelled: number;
}

export interface Heartbeat {
  /** Quiet minutes included, the running one last. */
  readonly minutes: readonly Beat[];
  /** Null where there has never been one. */
  readonly lastPlacedAt: string | null;
  readonly lastCompletedAt: string | null;
  readonly askedAt: string;
}

interface BeatRow extends Omit<Beat, "at"> {
  readonly at: Date;
  readonly lastPlacedAt: Date | null;
  readonly lastCompletedAt: Date | null;
  readonly askedAt: Date;
}

/**
 * Counted in the index of types and positions, between the positions at which minutes begin: those are given in the order of
 * publication, so that a minute's edge is a moment wide. Events that wait to be published count: they have happened.
 */
export async function readHeartbeat(db: SqlExecutor, minutes: number): Promise<Heartbeat> {
  const count = ({ type }: (typeof TYPES)[number]) => sql`
    ((SELECT count(*) FROM event_log WHERE type = ${type} AND position >= minute.first AND position < minute.next)
     + (SELECT count(*) FROM waiting WHERE type = ${type} AND waiting.at >= minute.at AND waiting.at < minute.at + interval '1 minute'))::int`;
  const rows = await db.query<BeatRow>(sql`
    WITH waiting AS (${unpublished(TYPES)}), asking AS (
      SELECT log.position FROM order_view order_ JOIN events event ON event.stream_id = 'order-' || order_.order_id AND event.type = ${OrderConfirmed.type}
      JOIN event_log log USING (event_id) WHERE order_.status = 'attention'
    ), head AS (SELECT position + 1 AS position FROM event_log_head), edge AS (
      SELECT minute.at, coalesce((SELECT position FROM event_log WHERE recorded_at >= minute.at ORDER BY recorded_at LIMIT 1), head.position) AS first
      FROM head, generate_series(date_trunc('minute', now()) - ${minutes - 1} * interval '1 minute', now(), interval '1 minute') AS minute(at)
    ), minute AS (
      SELECT at, first, coalesce(lead(first) OVER (ORDER BY at), head.position) AS next FROM edge, head
    )
    SELECT minute.at, ${count(OrderCreated)} AS placed, ${count(OrderConfirmed)} - (SELECT count(*) FROM asking WHERE position >= minute.first AND position < minute.next)::int AS completed, ${count(OrderCancelled)} AS cancelled,
           (${lastRecorded(OrderCreated)}) AS "lastPlacedAt", (${lastRecorded(OrderConfirmed)}) AS "lastCompletedAt", now() AS "askedAt"
    FROM minute ORDER BY minute.at`);
  const [first] = rows;
  return {
    minutes: rows.map(({ at, placed, completed, cancelled }) => ({
      at: at.toISOString(),
      placed,
      completed,
      cancelled,
    })),
    lastPlacedAt: first?.lastPlacedAt?.toISOString() ?? null,
    lastCompletedAt: first?.lastCompletedAt?.toISOString() ?? null,
    askedAt: (first?.askedAt ?? new Date(0)).toISOString(),
  };
}
