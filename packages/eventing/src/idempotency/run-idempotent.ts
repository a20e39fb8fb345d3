/**
 * Carries out a command once for each key, in one transaction with its claim. Refusals that the command ended with
 * are remembered like answers; one that says when to try again is not, so that the same key may. Lost races are run
 * again, claim and all.
 */
import { sql } from "@tillstream/runtime";
import type { Cache, Database, Scheduler, SqlExecutor } from "@tillstream/runtime";
import { retryLostRaces } from "../aggregate/execute.ts";
import { isRefusal, RefusalError } from "../event/refusal.ts";
import type { Refusal } from "../event/refusal.ts";
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
  /** The effect; a refusal it returns must have written nothing. */
  work(tx: SqlExecutor): Promise<Response | Refusal>;
}

export async function runIdempotent<Response>(options: IdempotentOptions<Response>): Promise<Response | Refusal> {
  const { db, cache, scheduler, command, work } = options;
  const cached = await cachedAnswer<Response>(cache, command);
  if (cached.found) return cached.response;
  let isOurs = false;
  const attempt = retryLostRaces(db, scheduler, async (tx) => {
    isOurs = false;
    const claim = tx.query(sql`WITH ${claimExpression(command)} SELECT key FROM claimed`);
    const claimed = await claim.catch((error: unknown) => {
      throw isLockTimeout(error) ? new RefusalError(STILL_RUNNING) : error;
    });
    if (claimed.length === 0) {
      const stored = await storedAnswer<Response>(tx, command);
      if (isRefusal(stored)) return stored;
      return stored.found ? stored.response : STILL_RUNNING;
    }
    const result = await work(tx);
    if (isRefusal(result) && passes(result)) throw new RefusalError(result);
    await finishClaim(tx, command, result);
    isOurs = true;
    return result;
  });
  const answer = await attempt.catch((error: unknown) => {
    if (error instanceof RefusalError && passes(error.refusal)) return error.refusal;
    throw error;
  });
  // An answer found in Postgres has part of its time behind it already: the cache would keep it for longer.
  if (isOurs && !isRefusal(answer)) void rememberAnswer(cache, command, answer);
  return answer;
}

/** It says when to try again: stored, it would be the answer to that as well. */
function passes(refusal: Refusal): boolean {
  return refusal.retryAfterSeconds !== undefined;
}
