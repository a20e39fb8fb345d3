/**
 * What is pruned of each table, a chunk at a time. Each statement finds the old rows by an index, so that a round with
 * little to do reads little.
 */
import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";
import { HAS_RESOLUTION } from "../dead-letters/resolutions.ts";

/** Rows in one statement: short transactions, so that vacuum keeps up. */
export const CHUNK_ROWS = 5_000;

const before = (seconds: number): Sql => sql`now() - ${seconds} * interval '1 second'`;

export interface OldestPublished {
  /** Those that are past their retention, by their ids: 64-bit integers in an array come as text. */
  readonly old: readonly string[] | null;
  /** The last id that was looked at; null when none follows `after`. */
  readonly last: number | null;
}

/**
 * The next chunk of published outbox rows after an id. Rows are published very nearly in the order of their ids, so the
 * first chunk without an old row is taken for the end; a row that was published late goes with the next rounds. That
 * needs no index on the time of publishing, which every published row would pay for.
 */
export const oldestPublished = (seconds: number, after: number): Sql => sql`
  SELECT array_agg(id) FILTER (WHERE published_at < ${before(seconds)}) AS old, max(id) AS last
  FROM (SELECT id, published_at FROM outbox_events WHERE published AND id > ${after} ORDER BY id LIMIT ${CHUNK_ROWS}) oldest`;

export const publishedRows = (ids: readonly string[]): Sql =>
  sql`DELETE FROM outbox_events WHERE id = ANY(${ids}::bigint[]) AND published RETURNING 1`;

/**
 * Inbox rows. An event may come again as long as a checkpoint of its consumer is before it. Positions are looked up row by
 * row (`OFFSET 0`), so that the plan does not depend on statistics.
 */
export const processedBefore = (seconds: number): Sql => sql`
  DELETE FROM processed_events done USING (
    SELECT old.ctid AS row FROM processed_events old
    CROSS JOIN LATERAL (SELECT position FROM event_log WHERE event_log.event_id = old.event_id OFFSET 0) log
    LEFT JOIN (SELECT consumer, min(position) AS position FROM consumer_checkpoints GROUP BY consumer) checkpoint USING (consumer)
    WHERE old.processed_at < ${before(seconds)} AND log.position <= coalesce(checkpoint.position, log.position)
    ORDER BY old.processed_at LIMIT ${CHUNK_ROWS}
  ) old WHERE done.ctid = old.row RETURNING 1`;

/** A command that is still running holds its row in a transaction that no other session sees; what is seen here is finished. */
export const EXPIRED_KEYS = sql`
  DELETE FROM idempotency_keys WHERE (scope, key) IN (
    SELECT scope, key FROM idempotency_keys WHERE expires_at < now() AND status <> 'in_progress' LIMIT ${CHUNK_ROWS}
  ) RETURNING 1`;

/**
 * Finished dead letters, with their traces. As long as a checkpoint is before the event, the dead letter records that it is
 * done. What was discarded or edited for a projection stays: a rebuild reads the whole history again and has to know.
 */
export const finishedDeadLetters = (seconds: number): Sql => sql`
  WITH finished AS (
    DELETE FROM dead_letters WHERE id IN (
      SELECT id FROM dead_letters letter
      WHERE status IN ('resolved', 'discarded') AND finished_at < ${before(seconds)}
        AND (NOT ${HAS_RESOLUTION} OR EXISTS (SELECT FROM consumer_checkpoints checkpoint WHERE checkpoint.consumer = letter.consumer))
        AND NOT EXISTS (SELECT FROM consumer_checkpoints checkpoint WHERE checkpoint.consumer = letter.consumer AND checkpoint.position < letter.position)
        AND NOT EXISTS (SELECT FROM projection_checkpoints checkpoint WHERE checkpoint.projection = letter.consumer AND checkpoint.position < letter.position)
      ORDER BY finished_at LIMIT ${CHUNK_ROWS}
    ) RETURNING id
  ), traces AS (
    DELETE FROM dead_letter_actions WHERE letter_id IN (SELECT id FROM finished)
  )
  SELECT FROM finished`;

/** Retries that have no dead letters left. */
export const finishedRetries = (seconds: number): Sql => sql`
  DELETE FROM dead_letter_retries WHERE id IN (
    SELECT id FROM dead_letter_retries retry
    WHERE status <> 'running' AND finished_at < ${before(seconds)}
      AND NOT EXISTS (SELECT FROM dead_letter_actions action WHERE action.retry_id = retry.id)
    LIMIT ${CHUNK_ROWS}
  ) RETURNING 1`;
