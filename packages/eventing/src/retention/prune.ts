/**
 * Keeps the working tables small. Only what is finished goes: published outbox rows, inbox rows that every lane of their
 * consumer has left behind, idempotency keys that expired, dead letters that are over. History (`events`, `event_log`) is
 * never touched. A table that cannot be pruned keeps no other from it.
 */
import type { Database, Logger, Scheduler, Sql, SqlExecutor } from "@tillstream/runtime";
import {
  CHUNK_ROWS,
  EXPIRED_KEYS,
  finishedLetters,
  finishedRetries,
  oldestPublished,
  processedBefore,
  publishedRows,
} from "./statements.ts";
import type { OldestPublished } from "./statements.ts";

/** Chunks of one table in one round. */
const CHUNKS_MAX = 200;

export interface RetentionPolicy {
  /** Seconds that a published row stays in the outbox. */
  readonly outboxSeconds: number;
  /** Seconds for which a redelivered event is recognised. */
  readonly inboxSeconds: number;
  /** Seconds that a dead letter stays after its end, with what people did about it. */
  readonly letterSeconds: number;
}

/** Rows that went. */
export interface Pruned {
  readonly outbox: number;
  readonly inbox: number;
  readonly idempotencyKeys: number;
  readonly deadLetters: number;
  readonly retries: number;
}

/** One round over all tables. When some could not be pruned, an `AggregateError` says so after the round. */
export async function prune(db: SqlExecutor, policy: RetentionPolicy): Promise<Pruned> {
  const failures: unknown[] = [];
  const attempt = (pruning: Promise<number>) =>
    pruning.catch((error: unknown) => {
      failures.push(error);
      return 0;
    });
  const pruned = {
    outbox: await attempt(pruneOutbox(db, policy.outboxSeconds)),
    inbox: await attempt(pruneTable(db, processedBefore(policy.inboxSeconds))),
    idempotencyKeys: await attempt(pruneTable(db, EXPIRED_KEYS)),
    deadLetters: await attempt(pruneTable(db, finishedLetters(policy.letterSeconds))),
    retries: await attempt(pruneTable(db, finishedRetries(policy.letterSeconds))),
  };
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join("; "));
  return pruned;
}

async function pruneTable(db: SqlExecutor, chunk: Sql): Promise<number> {
  let pruned = 0;
  for (let turn = 0; turn < CHUNKS_MAX; turn += 1) {
    const { length } = await db.query(chunk);
    pruned += length;
    if (length < CHUNK_ROWS) break;
  }
  return pruned;
}

async function pruneOutbox(db: SqlExecutor, seconds: number): Promise<number> {
  let pruned = 0;
  let after = 0;
  for (let turn = 0; turn < CHUNKS_MAX; turn += 1) {
    const [chunk] = await db.query<OldestPublished>(oldestPublished(seconds, after));
    if (chunk === undefined || chunk.old === null || chunk.last === null) break;
    pruned += (await db.query(publishedRows(chunk.old))).length;
    after = chunk.last;
  }
  return pruned;
}

export interface RetentionOptions extends RetentionPolicy {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  readonly everyMs: number;
  /** What else keeps a table small. */
  readonly further?: readonly ((db: SqlExecutor) => Promise<unknown>)[];
}

/** Prunes again and again until `signal` aborts. Two workers at once take what the other left. */
export async function runRetention(options: RetentionOptions): Promise<void> {
  const { db, logger, scheduler, signal, everyMs, further = [] } = options;
  while (!signal.aborted) {
    await scheduler.sleep(everyMs, signal);
    if (signal.aborted) return;
    for (const round of [() => prune(db, options), ...further.map((one) => () => one(db))]) {
      await round().catch((error: Error) =>
        logger.warn({ err: error.message }, "retention: trying again at the next round"),
      );
    }
  }
}
