/**
 * The account's commands: each happens once for its key, on the state it was decided on. The answer carries the new
 * version and the event's position, by which a query can wait for this very write.
 */
import { command, eventIdOf, executeIn, refuse, waitForPosition } from "@tillstream/eventing";
import type { CommandContext, EventMetadata } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { Money } from "../catalogue/index.ts";
import { ACCOUNT_CURRENCY, accountAggregate } from "./account.ts";
import type { AccountCommand } from "./account.ts";

export interface AccountAnswer {
  readonly accountId: string;
  readonly version: number;
  /** Absent when the relay took longer than the wait. */
  readonly position?: number;
}

/** The answer for a command that was meant for what its page showed. An earlier answer of the same key comes first. */
const CHANGED = refuse(
  "conflict",
  "ACCOUNT_CHANGED",
  "The account has changed since you looked at it, so nothing was moved. Look at it again before you go on.",
);

const expectedOf = (version: number | undefined) =>
  version === undefined ? undefined : { version, otherwise: CHANGED };

/**
 * @param input what the caller sent: the same key with another input is refused
 * @param expectedVersion of the account as the caller saw it; at another one nothing is done
 */
export function commandAccount(
  context: CommandContext,
  accountId: string,
  what: AccountCommand,
  input: unknown,
  expectedVersion?: number,
): Promise<AccountAnswer> {
  const expected = expectedOf(expectedVersion);
  return command(context, { scope: `account.${what.type}/${accountId}`, input }, async (tx, metadata) => {
    await assertNotErased(tx, accountId);
    const { version } = await executeIn(tx, accountAggregate, accountId, what, metadata, expected);
    return { accountId, version };
  });
}

/** An erasure that comes at the same time waits, or is seen: what was moved after it would be nobody's. */
async function assertNotErased(tx: SqlExecutor, customerId: string): Promise<void> {
  await tx.query(sql`SELECT FROM customers WHERE id = ${customerId} FOR SHARE`);
  const erased = await tx.query(sql`SELECT FROM erasures WHERE customer_id = ${customerId}`);
  if (erased.length > 0) throw refuse("notFound", "CUSTOMER_NOT_FOUND", "You deleted your account: nothing was moved.");
}

/**
 * Gives store credit, to an account that is opened for it if need be. Once for each transaction: it looks at no key.
 * @param expectedVersion as of `commandAccount`; 0 for an account that is not open
 */
export async function grantCredit(
  tx: SqlExecutor,
  accountId: string,
  { amount, currency }: Money,
  metadata: EventMetadata,
  expectedVersion?: number,
): Promise<AccountAnswer> {
  const open = { type: "open", accountId, currency: ACCOUNT_CURRENCY } as const;
  await executeIn(tx, accountAggregate, accountId, open, metadata, expectedOf(expectedVersion));
  const { version } = await executeIn(tx, accountAggregate, accountId, { type: "grant", amount, currency }, metadata);
  return { accountId, version };
}

/** The answer with the position of the event, as soon as it is published: what a query can wait for. */
export async function withPosition(db: SqlExecutor, answer: AccountAnswer): Promise<AccountAnswer> {
  const eventId = eventIdOf(accountAggregate.streamId(answer.accountId), answer.version);
  const position = await waitForPosition(db, systemScheduler, eventId);
  return position === undefined ? answer : { ...answer, position };
}
