/**
 * What is pruned of each table, a chunk at a time. Each statement finds the old rows by an index, so that a round with
 * little to do reads little.
 */
import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";
import { DECIDED } from "../dead-letters/decisions.ts";

/** Rows in one statement: short transactions, so that vacuum keeps up. */
export const CHUNK_ROWS = 5_000;

const before = (seconds: number): Sql => sql`now() - ${seconds} * interval '1 second'`;

export interface OldestPublished {
  /** Those that are past their retention. */
  readonly old: readonly number[] | null;
  /** The last id that was looked at; null when there is none after `after`. */
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

export const publishedRows = (ids: readonly number[]): Sql =>
  sql`DELETE FROM outbox_events WHERE id = ANY(${ids}::bigint[]) AND published RETURNING 1`;

/**
 * Inbox rows. An event may come again as long as a lane of its consumer stands before it. Positions are looked up row by
 * row (`OFFSET 0`), whatever the statistics say.
 */
export const processedBefore = (seconds: number): Sql => sql`
  DELETE FROM processed_events done USING (
    SELECT old.ctid AS row FROM processed_events old
    CROSS JOIN LATERAL (SELECT position FROM event_log WHERE event_log.event_id = old.event_id OFFSET 0) log
    LEFT JOIN (SELECT consumer, min(position) AS position FROM consumer_checkpoints GROUP BY consumer) lane USING (consumer)
    WHERE old.processed_at < ${before(seconds)} AND log.position <= coalesce(lane.position, log.position)
    ORDER BY old.processed_at LIMIT ${CHUNK_ROWS}
  ) old WHERE done.ctid = old.row RETURNING 1`;

/** A command that is still running holds its row in a transaction nobody else sees; what is seen here is finished. */
export const EXPIRED_KEYS = sql`
  DELETE FROM idempotency_keys WHERE (scope, key) IN (
    SELECT scope, key FROM idempotency_keys WHERE expires_at < now() AND status <> 'in_progress' LIMIT ${CHUNK_ROWS}
  ) RETURNING 1`;

/**
 * Letters that are over, with their traces. As long as a checkpoint stands before the event, the letter says that it is
 * done. What was discarded or edited for a projection stays: a rebuild reads the whole history again and has to know.
 */
export const finishedLetters = (seconds: number): Sql => sql`
  WITH finished AS (
    DELETE FROM dead_letters WHERE id IN (
      SELECT id FROM dead_letters letter
      WHERE status IN ('resolved', 'discarded') AND finished_at < ${before(seconds)}
        AND (NOT ${DECIDED} OR EXISTS (SELECT FROM consumer_checkpoints lane WHERE lane.consumer = letter.consumer))
        AND NOT EXISTS (SELECT FROM consumer_checkpoints lane WHERE lane.consumer = letter.consumer AND lane.position < letter.position)
        AND NOT EXISTS (SELECT FROM projection_checkpoints lane WHERE lane.projection = letter.consumer AND lane.position < letter.position)
      ORDER BY finished_at LIMIT ${CHUNK_ROWS}
    ) RETURNING id
  ), traces AS (
    DELETE FROM dead_letter_actions WHERE letter_id IN (SELECT id FROM finished)
  )
  SELECT FROM finished`;

/** Retries none of whose letters is left. */
export const finishedRetries = (seconds: number): Sql => sql`
  DELETE FROM dead_letter_retries WHERE id IN (
    SELECT id FROM dead_letter_retries retry
    WHERE status <> 'running' AND finished_at < ${before(seconds)}
      AND NOT EXISTS (SELECT FROM dead_letter_actions action WHERE action.retry_id = retry.id)
    LIMIT ${CHUNK_ROWS}
  ) RETURNING 1`;
