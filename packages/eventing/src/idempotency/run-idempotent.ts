/**
 * Carries out a command once for each key, in one transaction with its claim. A refusal undoes the command back to its claim, and
 * is remembered there like an answer; one that says when to try again is not, so that the same key may. Lost races are run
 * again, claim and all.
 */
import { sql } from "@tillstream/runtime";
import type { Cache, Database, Scheduler, SqlExecutor } from "@tillstream/runtime";
import { retryLostRaces } from "../aggregate/execute.ts";
import { Refusal } from "../event/refusal.ts";
import { isLockTimeout } from "../postgres/sql-errors.ts";
import {
  cachedAnswer,
  claimExpression,
  finishClaim,
  rememberAnswer,
  STILL_RUNNING,
  storedAnswer,
} from "./idempotency.ts";
import type { CommandKey } from "./idempotency.ts";

export interface IdempotentOptions<Response> {
  readonly db: Database;
  readonly cache: Cache;
  readonly scheduler: Scheduler;
  readonly command: CommandKey;
  /** The effect. What it wrote before it refuses is undone. */
  work(tx: SqlExecutor): Promise<Response>;
}

/** Resolves to the answer of the command, now or earlier under the same key and input; rejects with its refusal alike. */
export async function runIdempotent<Response>(options: IdempotentOptions<Response>): Promise<Response> {
  const { db, cache, scheduler, command, work } = options;
  const cached = await cachedAnswer<Response>(cache, command);
  if (cached.found) return cached.response;
  const { answer, isOurs } = await retryLostRaces(db, scheduler, async (tx) => {
    if (!(await claims(tx, command))) return { answer: await answeredBefore<Response>(tx, command), isOurs: false };
    const ended = await untilRefused(tx, work);
    await finishClaim(tx, command, ended);
    return { answer: ended, isOurs: true };
  });
  if (answer instanceof Refusal) throw answer;
  // An answer found in Postgres has part of its time behind it already: the cache would keep it for longer.
  if (isOurs) void rememberAnswer(cache, command, answer);
  return answer;
}

/** Resolves to a final refusal too, with what was written before it undone: the claim stays, and no other command comes between. */
async function untilRefused<Response>(
  tx: SqlExecutor,
  work: (tx: SqlExecutor) => Promise<Response>,
): Promise<Response | Refusal> {
  await tx.query(sql`SAVEPOINT command`);
  try {
    return await work(tx);
  } catch (error) {
    if (!(error instanceof Refusal) || !error.isFinal) throw error;
    await tx.query(sql`ROLLBACK TO SAVEPOINT command`);
    return error;
  }
}

async function claims(tx: SqlExecutor, command: CommandKey): Promise<boolean> {
  const claim = tx.query(sql`WITH ${claimExpression(command)} SELECT key FROM claimed`);
  const claimed = await claim.catch((error: unknown) => {
    throw isLockTimeout(error) ? STILL_RUNNING : error;
  });
  return claimed.length > 0;
}

async function answeredBefore<Response>(db: SqlExecutor, command: CommandKey): Promise<Response> {
  const stored = await storedAnswer<Response>(db, command);
  if (!stored.found) throw STILL_RUNNING;
  return stored.response;
}
