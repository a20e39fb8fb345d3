/** `account_monthly`: money in and out of an account for each calendar month (UTC). */
import { defineProjection, tableView } from "@tillstream/eventing";
import type { EventOf, RowOf } from "@tillstream/eventing";
import { accountAggregate } from "../account.ts";
import { accountEvents } from "../events.ts";

const accountMonths = tableView({
  table: "account_monthly",
  key: ["accountId", "month"],
  columns: {
    accountId: "text",
    /** `YYYY-MM` */
    month: "text",
    // In minor units, each of them positive.
    deposited: "bigint",
    withdrawn: "bigint",
    spent: "bigint",
    refunded: "bigint",
    granted: "bigint",
  },
});

export type AccountMonth = RowOf<typeof accountMonths>;

const rowOf = ({ data, recordedAt }: EventOf<typeof accountEvents>) => ({
  accountId: data.accountId,
  month: recordedAt.toISOString().slice(0, 7),
});

function projectMonth(before: AccountMonth | undefined, event: EventOf<typeof accountEvents>): AccountMonth {
  const view = before ?? { ...rowOf(event), deposited: 0, withdrawn: 0, spent: 0, refunded: 0, granted: 0 };
  switch (event.type) {
    case "MoneyDeposited":
      return { ...view, deposited: view.deposited + event.data.amount };
    case "MoneyWithdrawn":
      return { ...view, withdrawn: view.withdrawn + event.data.amount };
    case "HoldCaptured":
      return { ...view, spent: view.spent + event.data.amount };
    case "CreditRefunded":
    case "RefundCredited":
      return { ...view, refunded: view.refunded + event.data.amount };
    case "CreditGranted":
      return { ...view, granted: view.granted + event.data.amount };
    case "AccountCreated":
    case "HoldPlaced":
    case "HoldReleased":
      return view;
  }
}

export const accountMonthlyProjection = defineProjection<AccountMonth, typeof accountEvents>({
  ...accountMonths,
  name: "account_monthly",
  definitions: accountEvents,
  key: (event) => accountMonths.keyOf(rowOf(event)),
  streamOf: accountAggregate.streamId,
  project: projectMonth,
});
