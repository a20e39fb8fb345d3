/**
 * A command whose key is optional, such as what an operator does: with a key it is carried out once, effect and answer in
 * one transaction; without one it is carried out as it comes.
 */
import { fingerprintOf, runIdempotent } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { systemScheduler } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { actorOf } from "./context.ts";
import type { Context } from "./context.ts";
import { wellFormedKey } from "./idempotency-key.ts";

export interface OnceOptions<Answer> {
  /** The procedure. */
  readonly name: string;
  /** What the caller sent: the same key with another input is refused. */
  readonly input: unknown;
  /** The effect; a refusal it returns must have written nothing. */
  work(db: Database): Promise<Answer | Refusal>;
}

export async function runOnce<Answer>(
  ctx: Context,
  { name, input, work }: OnceOptions<Answer>,
): Promise<Answer | Refusal> {
  if (ctx.idempotencyKey === null) return work(ctx.db);
  return runIdempotent<Answer>({
    db: ctx.db,
    cache: ctx.cache,
    scheduler: systemScheduler,
    command: {
      scope: `${name}/${actorOf(ctx)}`,
      key: wellFormedKey(ctx.idempotencyKey),
      fingerprint: fingerprintOf(input),
    },
    work: (tx) => work(within(tx)),
  });
}

/** What opens a transaction of its own takes part in this one. */
function within(tx: SqlExecutor): Database {
  return { query: (statement) => tx.query(statement), transaction: (work) => work(tx) };
}
