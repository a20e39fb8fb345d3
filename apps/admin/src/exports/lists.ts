/** The lists that the console gives as files: how each is read by the filters of its page, and the columns of its CSV. */
import { adminRouter } from "@tillstream/commerce";
import { createCallerFactory } from "@tillstream/trpc";
import { listInput as accountsInput, loadAccountFilters } from "../accounts/account-filters.ts";
import { ALERTS_SHOWN } from "../alerts/sizes.ts";
import { listInput as auditInput, loadAuditFilters } from "../audit/filters.ts";
import { listInput as catalogueInput, loadCatalogueFilters } from "../catalogue/catalogue-filters.ts";
import { listInput as customersInput, loadCustomerFilters } from "../customers/customer-filters.ts";
import { listInput as eventsInput, loadEventFilters } from "../events/filters.ts";
import { listInput as deadLettersInput, loadDeadLetterFilters } from "../links/dead-letters.ts";
import { MAILS_MAX } from "../mail/inbox-size.ts";
import { listInput as ordersInput, loadOrderFilters } from "../orders/order-filters.ts";
import { listInput as findingsInput, loadFindingFilters } from "../reconciliation/finding-filters.ts";
import { listInput as returnsInput, loadReturnFilters } from "../returns/return-filters.ts";
import { listInput as stockInput, loadStockFilters } from "../stock/stock-filters.ts";
import { listInput as sagasInput, loadSagaFilters } from "../sagas/saga-filters.ts";
import { exported } from "./exported.ts";
import type { Export } from "./exported.ts";

/** What each of the lists gives at once. */
const PAGE_ROWS = 100;

export const createCaller = createCallerFactory(adminRouter);
type Caller = ReturnType<typeof createCaller>;

/** What an address says and no filter can read is refused: a file of everything would be taken for the answer. */
const STRICT = { strict: true } as const;

const page = (cursor: string | undefined) => ({ cursor, limit: PAGE_ROWS });

type Mail = Awaited<ReturnType<Caller["mail"]["list"]>>["items"][number];

const envelopeOf = ({ id, sentAt, recipient, subject, orderNumber, deliveredAt, deliveryError }: Mail) => {
  return { id, sentAt, recipient, subject, orderNumber, deliveredAt, deliveryError };
};

const lists = {
  accounts: (ask: Caller, address: URLSearchParams) =>
    exported(
      (cursor) => ask.accounts.search({ ...accountsInput(loadAccountFilters(address, STRICT)), ...page(cursor) }),
      {
        Account: ({ accountId }) => accountId,
        Balance: ({ balance }) => balance,
        Currency: ({ currency }) => currency,
      },
    ),

  alerts: (ask: Caller) =>
    exported(async () => ({ ...(await ask.alerts.list({ limit: ALERTS_SHOWN })), nextCursor: null }), {
      Alert: ({ id }) => id,
      Check: ({ check }) => check,
      Subject: ({ subject }) => subject,
      Status: ({ status }) => status,
      What: ({ title }) => title,
      "Since (UTC)": ({ firedAt, pendingAt }) => firedAt ?? pendingAt,
      "Until (UTC)": ({ resolvedAt }) => resolvedAt,
      Detail: ({ detail }) => detail,
      "Follows alert": ({ causeId }) => causeId,
      "Taken on by": ({ acknowledged }) => acknowledged?.name ?? acknowledged?.by,
      "What they did": ({ acknowledged }) => acknowledged?.reason,
    }),

  audit: (ask: Caller, address: URLSearchParams) =>
    exported((cursor) => ask.audit.list({ ...auditInput(loadAuditFilters(address, STRICT)), ...page(cursor) }), {
      "Time (UTC)": ({ at }) => at,
      Actor: ({ actor }) => actor,
      Name: ({ actorName }) => actorName,
      Action: ({ action }) => action,
      Subject: ({ subject }) => subject,
      Reason: ({ reason }) => reason,
      Before: ({ before }) => before,
      After: ({ after }) => after,
      "Correlation id": ({ correlationId }) => correlationId,
    }),

  catalogue: (ask: Caller, address: URLSearchParams) =>
    exported(
      (cursor) => ask.catalogue.list({ ...catalogueInput(loadCatalogueFilters(address, STRICT)), ...page(cursor) }),
      {
        Product: ({ name }) => name,
        Address: ({ slug }) => slug,
        Category: ({ category }) => category,
        "Price from": ({ priceFrom }) => priceFrom.amount,
        "Price to": ({ priceTo }) => priceTo.amount,
        Currency: ({ priceFrom }) => priceFrom.currency,
        Variants: ({ variantCount }) => variantCount,
        "Sold out": ({ soldOut }) => soldOut,
        Available: ({ available }) => available,
        "Last edit (UTC)": ({ updatedAt, updatedBy }) => (updatedBy === null ? null : updatedAt),
        "Edited by": ({ updatedBy }) => updatedBy,
      },
    ),

  customers: (ask: Caller, address: URLSearchParams) =>
    exported(
      (cursor) => ask.customers.list({ ...customersInput(loadCustomerFilters(address, STRICT)), ...page(cursor) }),
      {
        Name: ({ name }) => name,
        "E-mail": ({ email }) => email,
        Kind: ({ kind }) => kind,
        Orders: ({ orders }) => orders,
        "Last order (UTC)": ({ lastOrderAt }) => lastOrderAt,
        "Since (UTC)": ({ since }) => since,
        Customer: ({ customerId }) => customerId,
      },
    ),

  "dead-letters": (ask: Caller, address: URLSearchParams) =>
    exported(
      (cursor) =>
        ask.deadLetters.list({ ...deadLettersInput(loadDeadLetterFilters(address, STRICT)), ...page(cursor) }),
      {
        "First failed (UTC)": ({ firstFailedAt }) => firstFailedAt,
        "Last failed (UTC)": ({ lastFailedAt }) => lastFailedAt,
        "Dead letter": ({ id }) => id,
        Consumer: ({ consumer }) => consumer,
        Status: ({ status }) => status,
        Attempts: ({ attempts }) => attempts,
        Event: ({ eventId }) => eventId,
        Stream: ({ streamId }) => streamId,
        Error: ({ error }) => error,
      },
    ),

  events: (ask: Caller, address: URLSearchParams) =>
    exported(
      (cursor) =>
        ask.events.list({ ...eventsInput(loadEventFilters(address, STRICT)), ...page(cursor), withData: true }),
      {
        Position: ({ position }) => position,
        "Time (UTC)": ({ recordedAt }) => recordedAt,
        Type: ({ type }) => type,
        "Schema version": ({ schemaVersion }) => schemaVersion,
        Stream: ({ streamId }) => streamId,
        Version: ({ version }) => version,
        Actor: ({ metadata }) => metadata.actor,
        Name: ({ actorName }) => actorName,
        "Correlation id": ({ metadata }) => metadata.correlationId,
        Payload: ({ data }) => data,
      },
    ),

  /** The envelopes: what a mail says, and the links in it, stay here. */
  mail: (ask: Caller) =>
    exported(
      async () => ({ items: (await ask.mail.list({ limit: MAILS_MAX })).items.map(envelopeOf), nextCursor: null }),
      {
        "Written (UTC)": ({ sentAt }) => sentAt,
        To: ({ recipient }) => recipient,
        Subject: ({ subject }) => subject,
        Order: ({ orderNumber }) => orderNumber,
        "Delivered (UTC)": ({ deliveredAt }) => deliveredAt,
        "Why not delivered": ({ deliveryError }) => deliveryError,
      },
    ),

  orders: (ask: Caller, address: URLSearchParams) =>
    exported((cursor) => ask.orders.list({ ...ordersInput(loadOrderFilters(address, STRICT)), ...page(cursor) }), {
      "Placed (UTC)": ({ placedAt }) => placedAt,
      Number: ({ number }) => number,
      Status: ({ status }) => status,
      Items: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
      Total: ({ total }) => total.amount,
      Currency: ({ total }) => total.currency,
      "Why cancelled": ({ cancelReason }) => cancelReason,
      Order: ({ orderId }) => orderId,
    }),

  reconciliation: (ask: Caller, address: URLSearchParams) =>
    exported(
      (cursor) => ask.payments.findings({ ...findingsInput(loadFindingFilters(address, STRICT)), ...page(cursor) }),
      {
        Finding: ({ id }) => id,
        Kind: ({ kind }) => kind,
        Status: ({ status }) => status,
        Amount: ({ amount }) => amount.amount,
        Currency: ({ amount }) => amount.currency,
        Order: ({ orderId }) => orderId,
        Charge: ({ chargeId }) => chargeId,
        "First seen (UTC)": ({ firstSeen }) => firstSeen,
        "Last seen (UTC)": ({ lastSeen }) => lastSeen,
        "Resolved (UTC)": ({ resolvedAt }) => resolvedAt,
        Detail: ({ detail }) => detail,
        "Why accepted": ({ acceptedReason }) => acceptedReason,
      },
    ),

  returns: (ask: Caller, address: URLSearchParams) =>
    exported((cursor) => ask.orders.returns({ ...returnsInput(loadReturnFilters(address, STRICT)), ...page(cursor) }), {
      "Received (UTC)": ({ at }) => at,
      Number: ({ number }) => number,
      Why: ({ reason }) => reason,
      "Paid back": ({ paidBack }) => paidBack.amount,
      Currency: ({ paidBack }) => paidBack.currency,
      "Received by": ({ actor, actorName }) => actorName ?? actor,
      Order: ({ orderId }) => orderId,
    }),

  sagas: (ask: Caller, address: URLSearchParams) =>
    exported((cursor) => ask.sagas.list({ ...sagasInput(loadSagaFilters(address, STRICT)), ...page(cursor) }), {
      "Began (UTC)": ({ createdAt }) => createdAt,
      "Ended (UTC)": ({ finishedAt }) => finishedAt,
      Saga: ({ name }) => name,
      Status: ({ status }) => status,
      Subject: ({ subject }) => subject,
      Step: ({ currentStep }) => currentStep?.step,
      Failure: ({ failure }) => failure?.code,
      Run: ({ sagaId }) => sagaId,
    }),

  stock: (ask: Caller, address: URLSearchParams) =>
    exported((cursor) => ask.stock.list({ ...stockInput(loadStockFilters(address, STRICT)), ...page(cursor) }), {
      SKU: ({ sku }) => sku,
      Item: ({ name }) => name,
      Available: ({ available }) => available,
      Reserved: ({ reserved }) => reserved,
      "On hand": ({ available, reserved }) => available + reserved,
      Sold: ({ sold }) => sold,
      "Last change (UTC)": ({ updatedAt }) => updatedAt,
    }),
};

/** Undefined where no list has this name. */
export function openExport(name: string, ask: Caller, address: URLSearchParams): Promise<Export> | undefined {
  return Object.hasOwn(lists, name) ? lists[name as keyof typeof lists](ask, address) : undefined; // it has this very name
}
