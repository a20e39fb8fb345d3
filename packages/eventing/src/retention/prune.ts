/**
 * Keeps the working tables small. Only what is finished goes: published outbox rows, inbox rows that every partition of their
 * consumer has passed, idempotency keys that expired, finished dead letters. History (`events`, `event_log`) is
 * never touched. When one table cannot be pruned, the others still are.
 */
import type { Loop, Sql, SqlExecutor } from "@tillstream/runtime";
import {
  CHUNK_ROWS,
  EXPIRED_KEYS,
  finishedDeadLetters,
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
  /** Seconds that a dead letter stays after its end, with what operators did about it. */
  readonly deadLetterSeconds: number;
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
  const attempt = (pruning: Promise<number>) => orNote(pruning, failures, 0);
  const pruned = {
    outbox: await attempt(pruneOutbox(db, policy.outboxSeconds)),
    inbox: await attempt(pruneTable(db, processedBefore(policy.inboxSeconds))),
    idempotencyKeys: await attempt(pruneTable(db, EXPIRED_KEYS)),
    deadLetters: await attempt(pruneTable(db, finishedDeadLetters(policy.deadLetterSeconds))),
    retries: await attempt(pruneTable(db, finishedRetries(policy.deadLetterSeconds))),
  };
  throwNoted(failures);
  return pruned;
}

async function orNote<Result>(work: Promise<Result>, failures: unknown[], instead: Result): Promise<Result> {
  return work.catch((error: unknown) => {
    failures.push(error);
    return instead;
  });
}

function throwNoted(failures: readonly unknown[]): void {
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join("; "));
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

/** What else keeps a table small. */
export type Deletion = (db: SqlExecutor) => Promise<unknown>;

/** Prunes the kernel's tables and carries out `deletions`. Two workers at once take what the other left. */
export const retention = (policy: RetentionPolicy, deletions: readonly Deletion[], intervalMs: number): Loop => ({
  name: "retention",
  intervalMs,
  async turn({ db }) {
    const failures: unknown[] = [];
    for (const round of [(on: SqlExecutor) => prune(on, policy), ...deletions])
      await orNote<unknown>(round(db), failures, undefined);
    throwNoted(failures);
  },
});
