/**
 * Keeps the working tables small. Only what is finished goes: published outbox rows, inbox rows that every lane of their
 * consumer has left behind, idempotency keys that expired. History (`events`, `event_log`) is never touched.
 */
import { sql } from "@tillstream/runtime";
import type { Database, Logger, Scheduler, Sql, SqlExecutor } from "@tillstream/runtime";

/** Rows in one statement: short transactions, so that vacuum keeps up. */
const CHUNK_ROWS = 5_000;
const CHUNKS_MAX = 200;

export interface RetentionPolicy {
  /** Seconds that a published row stays in the outbox. */
  readonly outboxSeconds: number;
  /** Seconds for which a redelivered event is recognised. */
  readonly inboxSeconds: number;
}

export interface Pruned {
  readonly outbox: number;
  readonly inbox: number;
  readonly idempotencyKeys: number;
}

/** One round over all tables; returns how many rows went. */
export async function prune(db: SqlExecutor, policy: RetentionPolicy): Promise<Pruned> {
  return {
    outbox: await pruneTable(db, publishedBefore(policy.outboxSeconds)),
    inbox: await pruneTable(db, processedBefore(policy.inboxSeconds)),
    idempotencyKeys: await pruneTable(db, EXPIRED_KEYS),
  };
}

async function pruneTable(db: SqlExecutor, chunk: Sql): Promise<number> {
  let pruned = 0;
  for (let turn = 0; turn < CHUNKS_MAX; turn += 1) {
    const rows = await db.query<{ count: number }>(
      sql`WITH pruned AS (${chunk}) SELECT count(*)::int AS count FROM pruned`,
    );
    const count = rows[0]?.count ?? 0;
    pruned += count;
    if (count < CHUNK_ROWS) break;
  }
  return pruned;
}

function publishedBefore(seconds: number): Sql {
  return sql`
    DELETE FROM outbox_events WHERE id IN (
      SELECT id FROM outbox_events WHERE published AND published_at < now() - ${seconds} * interval '1 second' ORDER BY id LIMIT ${CHUNK_ROWS}
    ) RETURNING 1`;
}

/** An event may come again as long as a lane of its consumer stands before it. */
function processedBefore(seconds: number): Sql {
  return sql`
    DELETE FROM processed_events done USING (
      SELECT old.ctid AS row FROM processed_events old
      JOIN event_log log USING (event_id)
      LEFT JOIN (SELECT consumer, min(position) AS position FROM consumer_checkpoints GROUP BY consumer) lane USING (consumer)
      WHERE old.processed_at < now() - ${seconds} * interval '1 second' AND log.position <= coalesce(lane.position, log.position)
      LIMIT ${CHUNK_ROWS}
    ) old WHERE done.ctid = old.row RETURNING 1`;
}

/** A command that is still running holds its row in a transaction nobody else sees; what is seen here is finished. */
const EXPIRED_KEYS = sql`
  DELETE FROM idempotency_keys WHERE (scope, key) IN (
    SELECT scope, key FROM idempotency_keys WHERE expires_at < now() AND status <> 'in_progress' LIMIT ${CHUNK_ROWS}
  ) RETURNING 1`;

export interface RetentionOptions extends RetentionPolicy {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  readonly everyMs: number;
}

/** Prunes again and again until `signal` aborts. Two workers at once take what the other left. */
export async function runRetention(options: RetentionOptions): Promise<void> {
  const { db, logger, scheduler, signal, everyMs } = options;
  while (!signal.aborted) {
    await scheduler.sleep(everyMs, signal);
    if (signal.aborted) return;
    try {
      const pruned = await prune(db, options);
      if (pruned.outbox + pruned.inbox + pruned.idempotencyKeys > 0) logger.debug({ ...pruned }, "retention: pruned");
    } catch (error) {
      logger.warn({ err: (error as Error).message }, "retention: trying again at the next round");
    }
  }
}
