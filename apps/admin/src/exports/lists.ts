/** The lists that the console gives as files: how each is read by the filters of its page, and the columns of its CSV. */
import { adminRouter } from "@tillstream/commerce";
import { createCallerFactory } from "@tillstream/trpc";
import { listInput as accountsInput, loadAccountFilters } from "../accounts/account-filters.ts";
import { listInput as auditInput, loadAuditFilters } from "../audit/filters.ts";
import { listInput as eventsInput, loadEventFilters } from "../events/filters.ts";
import { listInput as deadLettersInput, loadDeadLetterFilters } from "../links/dead-letters.ts";
import { listInput as ordersInput, loadOrderFilters } from "../orders/order-filters.ts";
import { listInput as returnsInput, loadReturnFilters } from "../returns/return-filters.ts";
import { listInput as stockInput, loadStockFilters } from "../stock/stock-filters.ts";
import { listInput as sagasInput, loadSagaFilters } from "../sagas/saga-filters.ts";

/** What each of the lists gives at once. */
const PAGE_ROWS = 100;

export const createCaller = createCallerFactory(adminRouter);
type Caller = ReturnType<typeof createCaller>;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** One list as one person may read it. */
export interface Export {
  items(): AsyncGenerator<unknown>;
  /** Of the CSV, its head first. */
  lines(): AsyncGenerator<readonly string[]>;
}

/** Reads the first page at once, so that a refusal is told before the file begins. */
async function exported<Item>(
  read: (cursor: string | undefined) => Promise<Page<Item>>,
  columns: Readonly<Record<string, (item: Item) => unknown>>,
): Promise<Export> {
  const first = await read(undefined);

  async function* items(): AsyncGenerator<Item> {
    for (let current = first; ; current = await read(current.nextCursor)) {
      yield* current.items;
      if (current.nextCursor === null) return;
    }
  }

  async function* lines(): AsyncGenerator<readonly string[]> {
    yield Object.keys(columns);
    const cells = Object.values(columns);
    for await (const item of items()) yield cells.map((cell) => text(cell(item)));
  }

  return { items, lines };
}

function text(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What an address says and no filter can read is refused: a file of everything would be taken for the answer. */
const STRICT = { strict: true } as const;

const page = (cursor: string | undefined) => ({ cursor, limit: PAGE_ROWS });

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
