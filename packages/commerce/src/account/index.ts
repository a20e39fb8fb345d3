import { defineModule, snapshotter } from "@tillstream/eventing";
import { accountAggregate } from "./account.ts";
import { accountEvents } from "./events.ts";
import { storeCredit } from "./personal-data.ts";
import { accountMonthlyProjection } from "./projections/account-monthly.ts";
import { accountStatementProjection } from "./projections/account-statement.ts";
import { accountViewProjection } from "./projections/account-view.ts";

export { accountAggregate } from "./account.ts";
export type { AccountCommand } from "./account.ts";
export { AccountCreated, CreditRefunded, HoldCaptured, HoldPlaced, HoldReleased, RefundCredited } from "./events.ts";
export { commandAccount, grantCredit } from "./commands.ts";
export { availableCredit, creditState } from "./queries.ts";
export { accountRouter, adminAccountsRouter, creditAmount } from "./router.ts";

export const accountModule = defineModule<{ readonly snapshotEveryAccount: number }>({
  name: "account",
  events: accountEvents,
  aggregates: [accountAggregate],
  projections: [accountViewProjection, accountStatementProjection, accountMonthlyProjection],
  personalData: [storeCredit],
  consumers: ({ snapshotEveryAccount }) => [snapshotter(accountAggregate, snapshotEveryAccount)],
});
