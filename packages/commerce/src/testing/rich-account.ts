/** An account for tests whose every sum is greater than an integer of the database, of events that each fit one. */
import { appendEvents } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { accountAggregate } from "../account/index.ts";
import {
  AccountCreated,
  CreditGranted,
  CreditRefunded,
  HoldCaptured,
  HoldPlaced,
  MoneyDeposited,
  MoneyWithdrawn,
} from "../account/events.ts";

const METADATA = { correlationId: "rich", causationId: "rich", actor: "system" };

/** Minor units, as the read models have them in the end. */
export const RICH = {
  deposited: 4_600_000_000,
  granted: 2_400_000_000,
  refunded: 2_500_000_000,
  withdrawn: 2_200_000_000,
  spent: 2_500_000_000,
  held: 2_300_000_000,
  balance: 4_800_000_000,
  available: 2_500_000_000,
  version: 15,
} as const;

/** Opens the account and moves half of each sum, and then the other half. */
export async function recordRichAccount(db: SqlExecutor, accountId: string): Promise<void> {
  const half = (round: number) => {
    const paid = { accountId, holdId: `paid-${round}`, orderId: `paid-${round}`, amount: RICH.spent / 2 };
    const held = { accountId, holdId: `held-${round}`, orderId: `held-${round}`, amount: RICH.held / 2 };
    return [
      MoneyDeposited.create({ accountId, amount: RICH.deposited / 2 }),
      CreditGranted.create({ accountId, amount: RICH.granted / 2 }),
      MoneyWithdrawn.create({ accountId, amount: RICH.withdrawn / 2 }),
      HoldPlaced.create(paid),
      HoldCaptured.create(paid),
      CreditRefunded.create({ ...paid, amount: RICH.refunded / 2 }),
      HoldPlaced.create(held),
    ];
  };
  await appendEvents(db, {
    streamId: accountAggregate.streamId(accountId),
    streamType: accountAggregate.streamType,
    expectedVersion: "new",
    events: [AccountCreated.create({ accountId, currency: "USD" }), ...half(1), ...half(2)],
    metadata: METADATA,
  });
}
