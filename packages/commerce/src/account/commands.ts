/**
 * The account's commands: each happens once for its key, on the state it was decided on. The answer carries the new
 * version and the event's position, by which a query can wait for this very write.
 */
import {
  eventIdOf,
  executeIn,
  fingerprintOf,
  isRefusal,
  refuse,
  runIdempotent,
  waitForPosition,
} from "@tillstream/eventing";
import type { EventMetadata, Refusal } from "@tillstream/eventing";
import { systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { actorOf } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { accountAggregate } from "./account.ts";
import type { AccountCommand } from "./account.ts";

export interface AccountAnswer {
  readonly accountId: string;
  readonly version: number;
  /** Absent when the relay took longer than the wait. */
  readonly position?: number;
}

type CommandContext = Context & { readonly idempotencyKey: string };

/** The answer for a command that was meant for what its page showed. An earlier answer of the same key comes first. */
const CHANGED = refuse(
  "conflict",
  "ACCOUNT_CHANGED",
  "The account has changed since you looked at it, and nothing was moved now. Look again before you go on.",
);

/**
 * @param input what the caller sent: the same key with another input is refused
 * @param expectedVersion of the account as the caller saw it; at another one nothing is done
 */
export async function commandAccount(
  ctx: CommandContext,
  accountId: string,
  command: AccountCommand,
  input: unknown,
  expectedVersion?: number,
): Promise<AccountAnswer | Refusal> {
  const streamId = accountAggregate.streamId(accountId);
  const causationId = `command:${ctx.idempotencyKey}`;
  const metadata: EventMetadata = { correlationId: ctx.correlationId, causationId, actor: actorOf(ctx) };
  const answer = await runIdempotent<AccountAnswer>({
    db: ctx.db,
    cache: ctx.cache,
    scheduler: systemScheduler,
    command: {
      scope: `account.${command.type}/${accountId}`,
      key: ctx.idempotencyKey,
      fingerprint: fingerprintOf(input),
    },
    async work(tx) {
      const expected = expectedVersion === undefined ? undefined : { version: expectedVersion, otherwise: CHANGED };
      const execution = await executeIn(tx, accountAggregate, streamId, command, metadata, expected);
      return isRefusal(execution) ? execution : { accountId, version: execution.version };
    },
  });
  if (!isRefusal(answer)) ctx.hintOutbox();
  return answer;
}

/** The answer with the position of the event, as soon as it is published: what a query can wait for. */
export async function withPosition(db: SqlExecutor, answer: AccountAnswer): Promise<AccountAnswer> {
  const eventId = eventIdOf(accountAggregate.streamId(answer.accountId), answer.version);
  const position = await waitForPosition(db, systemScheduler, eventId);
  return position === undefined ? answer : { ...answer, position };
}
