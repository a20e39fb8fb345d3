/**
 * An outbox row that cannot be published waits, and its aggregate behind it; every other aggregate goes on. The wait
 * doubles with each failure up to a minute; nothing is ever given up, since the event is history already.
 */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import type { Wait } from "../postgres/wait.ts";
import { isHeldBy } from "./lease.ts";
import type { RelayLease } from "./lease.ts";

const BACKOFF_MS = 500;
const BACKOFF_MS_MAX = 60_000;
/** 2^10 times the first wait is beyond the longest. */
const DOUBLINGS_MAX = 10;
/** Waits are spread by up to this share. */
const JITTER_SHARE = 0.25;
const ERROR_TEXT_MAX = 1_000;

/**
 * Rows that may be published now: unpublished, and not behind a row of their aggregate that waits after a failure. One
 * moment holds for the whole statement, so that no row gets past one that was judged before its wait was over.
 */
export const PUBLISHABLE: Sql = sql`
  NOT outbox.published AND NOT EXISTS (
    SELECT FROM outbox_events blocked
    WHERE NOT blocked.published AND blocked.aggregate_id = outbox.aggregate_id AND blocked.id <= outbox.id AND blocked.next_attempt_at > statement_timestamp())`;

/** The wait after one more failure of a row; an SQL expression over `attempts`. */
export const NEXT_ATTEMPT: Sql = sql`
  clock_timestamp() + least(${BACKOFF_MS} * 2 ^ least(attempts, ${DOUBLINGS_MAX}), ${BACKOFF_MS_MAX}) * (1 + ${JITTER_SHARE} * random()) * interval '1 ms'`;

export const QUARANTINE_WAIT: Wait = {
  table: sql`outbox_events`,
  column: sql`next_attempt_at`,
  among: sql`NOT published`,
  longestMs: BACKOFF_MS_MAX * (1 + JITTER_SHARE),
  leftMs: 0,
};

/** Quarantines the oldest publishable row, as long as the lease is ours; returns the id of its event. */
export async function quarantine(db: SqlExecutor, lease: RelayLease, error: unknown): Promise<string | undefined> {
  const text = (error instanceof Error ? error.message : String(error)).slice(0, ERROR_TEXT_MAX);
  const rows = await db.query<{ eventId: string }>(sql`
    UPDATE outbox_events SET attempts = attempts + 1, last_error = ${text}, next_attempt_at = ${NEXT_ATTEMPT}
    WHERE id = (SELECT outbox.id FROM outbox_events outbox WHERE ${PUBLISHABLE} ORDER BY outbox.id LIMIT 1)
      AND EXISTS (SELECT FROM relay_leases WHERE ${isHeldBy(lease)})
    RETURNING event_id AS "eventId"`);
  return rows[0]?.eventId;
}
