/** The merchant's lists as files: the filters of each, and the columns of its CSV. */
import { plainDollars } from "../accounts/account-filters.ts";
import { LOW_MAX } from "../stock/stock-filters.ts";
import { MAILS_MAX } from "../mail/inbox-size.ts";
import { cancelWords } from "../orders/cancel-words.ts";
import { statusWord } from "../orders/order-state.ts";
import { kindWord } from "../reconciliation/finding-words.ts";
import type { Caller } from "./caller.ts";
import { decimal, listFile, onOrOff, refused, wholeList, withDecimals } from "./exported.ts";
import type { ListFile } from "./exported.ts";

type Mail = Awaited<ReturnType<Caller["mail"]["list"]>>["items"][number];

const envelopeOf = ({ id, sentAt, recipient, subject, orderNumber, deliveredAt, deliveryError }: Mail) => {
  return { id, sentAt, recipient, subject, orderNumber, deliveredAt, deliveryError };
};

/** In dollars, as the page has it. */
function dollars(typed: string): number {
  const amount = plainDollars(typed);
  if (amount === undefined) throw refused({ field: "min", rule: "number", message: "min is a number, such as 12.50." });
  return Math.round(amount * 100);
}

/** Of the shop's prices, in which its discounts are. */
const CURRENCY = "USD";

type ListedOrder = Awaited<ReturnType<Caller["orders"]["list"]>>["items"][number];

const creditOf = ({ total, creditPart, isOfCredit }: ListedOrder): number =>
  isOfCredit ? total.amount : (creditPart?.amount ?? 0);

export const shopLists = {
  accounts: listFile(
    { min: { field: "minBalance", read: dollars } },
    (ask, input) => ask.accounts.search(input),
    {
      Account: ({ accountId }) => accountId,
      Balance: ({ balance, currency }) => decimal({ amount: balance, currency }),
      Currency: ({ currency }) => currency,
      Holder: ({ holder }) => holder,
    },
    ({ balance, held, available, currency, ...account }) => {
      const written = (amount: number) => decimal({ amount, currency });
      return { ...account, currency, balance: written(balance), held: written(held), available: written(available) };
    },
  ),

  "announced-returns": listFile(
    { order: "orderId", status: "status" },
    (ask, input) => ask.orders.announcedReturns(input),
    {
      "Announced (UTC)": ({ requestedAt }) => requestedAt,
      Number: ({ number }) => number,
      Status: ({ status }) => status,
      Units: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
      "Units received": ({ received }) => received.reduce((sum, { quantity }) => sum + quantity, 0),
      Lines: ({ lines }) =>
        lines.map(({ quantity, name, sku, reason }) => `${quantity} ${name} (${sku}): ${reason}`).join("; "),
      "Refund to": ({ to }) => to,
      "Ended (UTC)": ({ settledAt }) => settledAt,
      Order: ({ orderId }) => orderId,
      Return: ({ returnId }) => returnId,
    },
  ),

  catalogue: listFile(
    { search: "search" },
    (ask, input) => ask.catalogue.list(input),
    {
      Product: ({ name }) => name,
      Address: ({ slug }) => slug,
      Category: ({ category }) => category,
      "Price from": ({ priceFrom }) => decimal(priceFrom),
      "Price to": ({ priceTo }) => decimal(priceTo),
      Currency: ({ priceTo }) => priceTo.currency,
      Variants: ({ variantCount }) => variantCount,
      "Sold out": ({ soldOut }) => soldOut,
      Available: ({ available }) => available,
      "Last edit (UTC)": ({ updatedAt, updatedBy }) => (updatedBy === null ? null : updatedAt),
      "Edited by": ({ updatedBy }) => updatedBy,
    },
    withDecimals,
  ),

  customers: listFile({ search: "search" }, (ask, input) => ask.customers.list(input), {
    Name: ({ name }) => name,
    "E-mail": ({ email }) => email,
    Kind: ({ kind }) => kind,
    Orders: ({ orders }) => orders,
    "Last order (UTC)": ({ lastOrderAt }) => lastOrderAt,
    "Since (UTC)": ({ since }) => since,
    Customer: ({ customerId }) => customerId,
  }),

  discounts: listFile(
    {},
    (ask, input) => ask.discounts.list(input),
    {
      Code: ({ code }) => code,
      Percent: ({ kind, value }) => (kind === "percent" ? value : null),
      Amount: ({ kind, value }) => (kind === "amount" ? decimal({ amount: value, currency: CURRENCY }) : null),
      "From goods of": ({ minimum }) => decimal({ amount: minimum, currency: CURRENCY }),
      Currency: () => CURRENCY,
      Used: ({ uses }) => uses,
      "At most": ({ usesMax }) => usesMax,
      "Each customer": ({ usesPerCustomerMax }) => usesPerCustomerMax,
      "Starts (UTC)": ({ startsAt }) => startsAt.toISOString(),
      "Ends (UTC)": ({ endsAt }) => endsAt?.toISOString(),
    },
    ({ value, minimum, kind, ...code }) => {
      const written = (amount: number) => decimal({ amount, currency: CURRENCY });
      const takesOff = kind === "percent" ? value : written(value);
      return { ...code, kind, value: takesOff, minimum: written(minimum), currency: CURRENCY };
    },
  ),

  /** The envelopes: what a mail says, and the links in it, stay here. */
  mail: wholeList(async (ask) => (await ask.mail.list({ limit: MAILS_MAX })).items.map(envelopeOf), {
    "Written (UTC)": ({ sentAt }) => sentAt,
    To: ({ recipient }) => recipient,
    Subject: ({ subject }) => subject,
    Order: ({ orderNumber }) => orderNumber,
    "Delivered (UTC)": ({ deliveredAt }) => deliveredAt,
    "Why not delivered": ({ deliveryError }) => deliveryError,
  }),

  orders: listFile(
    { search: "search", status: "status", sort: "order" },
    (ask, input) => ask.orders.list(input),
    {
      "Placed (UTC)": ({ placedAt }) => placedAt,
      Number: ({ number }) => number,
      Status: statusWord,
      Items: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
      Total: ({ total }) => decimal(total),
      Card: (order) => decimal({ ...order.total, amount: order.total.amount - creditOf(order) }),
      Credit: (order) => decimal({ ...order.total, amount: creditOf(order) }),
      Currency: ({ total }) => total.currency,
      "Why cancelled": ({ cancelReason }) => cancelReason,
      Order: ({ orderId }) => orderId,
      Customer: ({ customer }) => customer?.name,
      "E-mail": ({ customer }) => customer?.email,
      "Why cancelled, in words": ({ cancelReason }) => cancelReason && cancelWords(cancelReason),
    },
    withDecimals,
  ),

  reconciliation: listFile(
    { status: "status", kind: "kind" },
    (ask, input) => ask.payments.findings(input),
    {
      Finding: ({ id }) => id,
      Kind: ({ kind }) => kind,
      Status: ({ status }) => status,
      Amount: ({ amount }) => decimal(amount),
      Currency: ({ amount }) => amount.currency,
      Number: ({ orderNumber }) => orderNumber,
      Order: ({ orderId }) => orderId,
      Charge: ({ chargeId }) => chargeId,
      "First seen (UTC)": ({ firstSeen }) => firstSeen,
      "Last seen (UTC)": ({ lastSeen }) => lastSeen,
      "Resolved (UTC)": ({ resolvedAt }) => resolvedAt,
      Detail: ({ detail }) => detail,
      "Why accepted": ({ acceptedReason }) => acceptedReason,
      Difference: ({ kind }) => kindWord[kind],
    },
    withDecimals,
  ),

  returns: listFile(
    {},
    (ask, input) => ask.orders.returns(input),
    {
      "Received (UTC)": ({ at }) => at,
      Number: ({ number }) => number,
      Why: ({ reason }) => reason,
      "Paid back": ({ paidBack }) => decimal(paidBack),
      Currency: ({ paidBack }) => paidBack.currency,
      "Received by": ({ actor, actorName }) => actorName ?? actor,
      Order: ({ orderId }) => orderId,
    },
    withDecimals,
  ),

  stock: listFile(
    { search: "search", low: onOrOff("availableMax", "low", LOW_MAX) },
    (ask, input) => ask.stock.list(input),
    {
      SKU: ({ sku }) => sku,
      Item: ({ name }) => name,
      Available: ({ available }) => available,
      Reserved: ({ reserved }) => reserved,
      "On hand": ({ available, reserved }) => available + reserved,
      Sold: ({ sold }) => sold,
      "Last change (UTC)": ({ updatedAt }) => updatedAt,
    },
  ),
} satisfies Record<string, ListFile>;
