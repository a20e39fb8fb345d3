/** What can happen to a customer's store credit. Every cent is explained by these. Amounts are minor units. */
import { defineEvent } from "@tillstream/eventing";
import { z } from "zod";

const amount = z.int().positive();
const accountId = z.string();
const forOrder = z.object({ accountId, holdId: z.string(), orderId: z.string(), amount });

export const AccountCreated = defineEvent("AccountCreated", z.object({ accountId, currency: z.string().length(3) }));
export const MoneyDeposited = defineEvent("MoneyDeposited", z.object({ accountId, amount }));
export const MoneyWithdrawn = defineEvent("MoneyWithdrawn", z.object({ accountId, amount }));

/** The shop gave it, such as for a parcel that came late. Who and why is in the audit. */
export const CreditGranted = defineEvent("CreditGranted", z.object({ accountId, amount }));

/** Credit is reserved for an order: still the customer's, not available any more. */
export const HoldPlaced = defineEvent("HoldPlaced", forOrder);
/** The order took what was reserved. */
export const HoldCaptured = defineEvent("HoldCaptured", forOrder);
/** What was reserved is available again. */
export const HoldReleased = defineEvent("HoldReleased", forOrder);
/** A captured payment came back, less what came back of it in parts. */
export const CreditRefunded = defineEvent("CreditRefunded", forOrder);

/** Some units of an order were paid back as credit, whatever the order was paid with. */
export const RefundCredited = defineEvent(
  "RefundCredited",
  z.object({ accountId, refundId: z.string(), orderId: z.string(), amount }),
);

export const accountEvents = [
  AccountCreated,
  MoneyDeposited,
  MoneyWithdrawn,
  CreditGranted,
  HoldPlaced,
  HoldCaptured,
  HoldReleased,
  CreditRefunded,
  RefundCredited,
] as const;
