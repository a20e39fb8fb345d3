/**
 * The commands of people at the console: each is carried out once for its key, with its row of the audit, in one
 * transaction. Without a key it is carried out as it comes.
 */
import { command, withAudit } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { commandContext } from "./command-context.ts";
import type { Commander } from "./command-context.ts";
import type { Context } from "./context.ts";
import { wellFormedKey } from "./idempotency-key.ts";

export interface Audited<Input, Ctx extends Context, Answer> {
  /** The input as it may be kept for good, such as without a customer's name in its reason; by default as it is. */
  redact?(db: SqlExecutor, input: Input): Promise<Input>;
  /** What is changed, by its name or id, and why. */
  about(input: Input): { readonly subject: string; readonly reason: string };
  /** The subject before and after, as JSON; no personal data of customers, since the row stays for good. */
  state(db: SqlExecutor, input: Input): Promise<unknown>;
  /** The effect: `ctx.db` is in the transaction of the row. */
  work(ctx: Ctx & Commander, input: Input): Promise<Answer>;
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
    const context = commandContext(ctx);
    const { actor, correlationId } = context;
    const change = { actor, action: path, correlationId, ...about(input) };
    const carryOut = (tx: SqlExecutor) =>
      withAudit(tx, change, {
        state: (db) => state(db, input),
        work: (db) => work({ ...context, db }, input),
      });
    if (ctx.idempotencyKey !== null) {
      const key = wellFormedKey(ctx.idempotencyKey);
      return command({ ...context, key }, { scope: `${path}/${actor}`, input: sent }, carryOut);
    }
    const answer = await ctx.db.transaction(carryOut);
    ctx.hintOutbox();
    return answer;
  };
}
