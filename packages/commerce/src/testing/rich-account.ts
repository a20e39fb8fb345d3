/** An account for tests whose every sum is greater than an integer of the database, of events that each fit one. */
import { appendEvents } from "@tillstream/eventing";
import type { NewEvent } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { accountAggregate } from "../account/index.ts";

const METADATA = { correlationId: "rich", causationId: "rich", actor: "system" };

const recorded = (type: string, data: object): NewEvent => ({ type, schemaVersion: 1, data });

/** Minor units, as the read models have them in the end. */
export const RICH = {
  deposited: 4_200_000_000,
  granted: 2_400_000_000,
  refunded: 2_500_000_000,
  withdrawn: 2_200_000_000,
  spent: 2_500_000_000,
  held: 2_200_000_000,
  balance: 4_400_000_000,
  available: 2_200_000_000,
  version: 15,
} as const;

/** Opens the account and moves half of each sum, and then the other half. */
export async function recordRichAccount(db: SqlExecutor, accountId: string): Promise<void> {
  const half = (round: number) => {
    const paid = { accountId, holdId: `paid-${round}`, orderId: `paid-${round}`, amount: RICH.spent / 2 };
    const held = { accountId, holdId: `held-${round}`, orderId: `held-${round}`, amount: RICH.held / 2 };
    return [
      recorded("MoneyDeposited", { accountId, amount: RICH.deposited / 2 }),
      recorded("CreditGranted", { accountId, amount: RICH.granted / 2 }),
      recorded("MoneyWithdrawn", { accountId, amount: RICH.withdrawn / 2 }),
      recorded("HoldPlaced", paid),
      recorded("HoldCaptured", paid),
      recorded("CreditRefunded", { ...paid, amount: RICH.refunded / 2 }),
      recorded("HoldPlaced", held),
    ];
  };
  await appendEvents(db, {
    streamId: accountAggregate.streamId(accountId),
    streamType: accountAggregate.streamType,
    expectedVersion: "new",
    events: [recorded("AccountCreated", { accountId, currency: "USD" }), ...half(1), ...half(2)],
    metadata: METADATA,
  });
}
