/** Store credit for a customer: it needs an account, which a guest does not have. */
import { metadataOf, refuse } from "@tillstream/eventing";
import type { CommandContext } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { grantCredit } from "../account/index.ts";
import type { Money } from "../catalogue/index.ts";
import { GUEST_PREFIX } from "../order/index.ts";
import { NO_CUSTOMER } from "./erase.ts";

const GUEST = refuse(
  "conflict",
  "GUEST_HAS_NO_ACCOUNT",
  "This customer is a guest, and store credit needs an account. Ask them to register with this e-mail address.",
);

export interface CreditInput {
  readonly customerId: string;
  readonly amount: Money;
  /** For the audit. */
  readonly reason: string;
  /** Of the account as the caller saw it, 0 without one; at another one nothing is given. */
  readonly expectedVersion?: number | undefined;
}

export interface CreditAnswer {
  readonly customerId: string;
  /** Of the account. */
  readonly version: number;
}

/** Within the transaction of `context.db`. */
export async function credit(
  context: CommandContext,
  { customerId, amount, expectedVersion }: CreditInput,
): Promise<CreditAnswer> {
  if (customerId.startsWith(GUEST_PREFIX)) throw GUEST;
  // An erasure that comes at the same time waits, or this one finds nobody.
  const known = await context.db.query(sql`SELECT FROM customers WHERE id = ${customerId} FOR SHARE`);
  if (known.length === 0) throw NO_CUSTOMER;
  const { version } = await grantCredit(context.db, customerId, amount, metadataOf(context), expectedVersion);
  return { customerId, version };
}
