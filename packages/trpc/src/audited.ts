/**
 * The commands of people at the console: each is carried out once for its key, with its row of the audit, in one
 * transaction. Without a key it is carried out as it comes.
 */
import { fingerprintOf, isRefusal, runIdempotent, withAudit } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { actorOf } from "./context.ts";
import type { Context } from "./context.ts";
import { orThrow } from "./errors.ts";
import { wellFormedKey } from "./idempotency-key.ts";

export interface Audited<Input, Ctx extends Context, Answer> {
  /** The input as it may be kept for good, such as without a customer's name in its reason; by default as it is. */
  redact?(db: SqlExecutor, input: Input): Promise<Input>;
  /** What is changed, by its name or id, and why. */
  about(input: Input): { readonly subject: string; readonly reason: string };
  /** The subject before and after, as JSON; no personal data of customers, since the row stays for good. */
  state(db: SqlExecutor, input: Input): Promise<unknown>;
  /** The effect: `ctx.db` is in the transaction of the row. A refusal it returns must have written nothing. */
  work(ctx: Ctx, input: Input): Promise<Answer | Refusal>;
}

/** What a mutation of the console is made of; the same key with another input is refused. */
export function audited<Input, Ctx extends Context, Answer>({
  redact,
  about,
  state,
  work,
}: Audited<Input, Ctx, Answer>) {
  return async ({ ctx, input: sent, path }: { ctx: Ctx; input: Input; path: string }): Promise<Answer> => {
    const input = redact === undefined ? sent : await redact(ctx.db, sent);
    const change = { actor: actorOf(ctx), action: path, correlationId: ctx.correlationId, ...about(input) };
    const carryOut = (tx: SqlExecutor) =>
      withAudit(tx, change, {
        state: (db) => state(db, input),
        work: (db) => work({ ...ctx, db }, input),
      });
    const answer = await once(ctx, `${path}/${change.actor}`, sent, carryOut);
    if (!isRefusal(answer)) ctx.hintOutbox();
    return orThrow(answer);
  };
}

function once<Answer>(
  { db, cache, idempotencyKey }: Context,
  scope: string,
  input: unknown,
  work: (tx: SqlExecutor) => Promise<Answer | Refusal>,
): Promise<Answer | Refusal> {
  if (idempotencyKey === null) return db.transaction(work);
  const command = { scope, key: wellFormedKey(idempotencyKey), fingerprint: fingerprintOf(input) };
  return runIdempotent<Answer>({ db, cache, scheduler: systemScheduler, command, work });
}
