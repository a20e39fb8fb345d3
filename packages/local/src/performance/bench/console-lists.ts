/** The lists of the console, with each of their filters, and what it counts: `lists.ts` times them, a test holds them complete. */
import { adminRouter } from "@tillstream/commerce";
import { createCallerFactory } from "@tillstream/trpc";
import type { Services, SessionUser } from "@tillstream/trpc";

const createCaller = createCallerFactory(adminRouter);
type Caller = ReturnType<typeof createCaller>;

const ADMIN: SessionUser = { id: "bench", email: "bench@example.com", name: "Bench", role: "admin" };

/** The console, without HTTP. */
export const consoleOf = (services: Services): Caller =>
  createCaller({ ...services, user: ADMIN, correlationId: services.ids.next(), idempotencyKey: null });

export interface Page {
  readonly cursor?: string;
  readonly limit: number;
}

interface Answer {
  readonly nextCursor: string | null;
}

export interface List {
  /** The procedure. */
  readonly name: string;
  readonly filter: Readonly<Record<string, unknown>>;
  read(page: Page): Promise<Answer>;
}

const STATUSES = {
  orders: ["pending", "confirmed", "shipped", "cancelled", "attention"],
  runs: ["running", "compensating", "completed", "compensated", "compensation_failed", "failed", "resolved"],
  deadLetters: ["retrying", "parked", "waiting", "resolved", "discarded", "all"],
  returns: ["requested", "received", "withdrawn"],
  findings: ["open", "repaired", "attention", "accepted"],
} as const;
const KINDS = [
  "unclaimed_capture",
  "unknown_order",
  "refund_missing",
  "refund_unrecorded",
  "missing_capture",
  "amount_mismatch",
] as const;
const OLDEST = { order: "oldest" } as const;
const OPEN_OR_NOT = { status: "all" } as const;

/** Such as `sam@` of `sam@example.com`: what many have in common is what a search is slow by. */
const beginningOf = (text: string): string => text.slice(0, 4);

/** Filtered by what the newest rows have. */
export async function listsOf(ask: Caller): Promise<readonly List[]> {
  const [event] = (await ask.events.list({ limit: 1 })).items;
  const [order] = (await ask.orders.list({ limit: 1 })).items;
  const [run] = (await ask.sagas.list({ limit: 1 })).items;
  const [change] = (await ask.audit.list({ limit: 1 })).items;
  const [letter] = (await ask.deadLetters.list({ limit: 1, status: "all" })).items;
  const [customer] = (await ask.customers.list({ limit: 1 })).items;
  const [product] = (await ask.catalogue.list({ limit: 1 })).items;
  const [account] = (await ask.accounts.search({ limit: 1, minBalance: 0 })).items;
  const [item] = (await ask.stock.list({ limit: 1 })).items;
  if (event === undefined || order === undefined || run === undefined || item === undefined)
    throw new Error("there are no orders in this database: seed it, as with npm run reset -- --size l");
  const since = event.recordedAt;
  const email = order.customer?.email ?? "";
  return [
    ...filtered("events.list", ask.events.list, [
      {},
      OLDEST,
      { type: event.type },
      { streamId: event.streamId },
      { correlationId: event.metadata.correlationId },
      { actor: event.metadata.actor },
      { from: since },
      { to: since },
      { payload: "currency=USD" },
    ]),
    ...filtered("orders.list", ask.orders.list, [
      {},
      OLDEST,
      ...STATUSES.orders.map((status) => ({ status })),
      { search: order.number },
      { search: order.customer?.name ?? order.number },
      { search: beginningOf(email) || order.number },
    ]),
    ...filtered("orders.returns", ask.orders.returns, [{}]),
    ...filtered("orders.announcedReturns", ask.orders.announcedReturns, [
      {},
      ...STATUSES.returns.map((status) => ({ status })),
      { orderId: order.orderId },
    ]),
    ...filtered("discounts.list", ask.discounts.list, [{}]),
    ...filtered("sagas.list", ask.sagas.list, [
      {},
      OLDEST,
      ...STATUSES.runs.map((status) => ({ status })),
      { stuck: true },
      { subject: run.subject },
    ]),
    ...filtered("deadLetters.list", ask.deadLetters.list, [
      {},
      OLDEST,
      ...STATUSES.deadLetters.map((status) => ({ status })),
      { consumer: letter?.consumer ?? "shipping", ...OPEN_OR_NOT },
      { fingerprint: letter?.fingerprint ?? "none", ...OPEN_OR_NOT },
      { streamId: letter?.streamId ?? event.streamId, ...OPEN_OR_NOT },
    ]),
    ...filtered("audit.list", ask.audit.list, [
      {},
      OLDEST,
      { actor: change?.actor ?? "system" },
      { action: change?.action ?? "orders.cancel" },
      { subject: change?.subject ?? order.orderId },
      { from: change?.at ?? since },
      { to: change?.at ?? since },
    ]),
    ...filtered("alerts.list", ask.alerts.list, [{}]),
    ...filtered("customers.list", ask.customers.list, [
      {},
      { search: beginningOf(customer?.email ?? "") || "shopper" },
      { search: customer?.name || "Shopper" },
    ]),
    ...filtered("catalogue.list", ask.catalogue.list, [{}, { search: product?.name ?? "a" }, { search: item.sku }]),
    ...filtered("stock.list", ask.stock.list, [{}, { search: item.name }, { availableMax: 5 }]),
    ...filtered("stock.ledger", ask.stock.ledger, [{ sku: item.sku }]),
    ...filtered("accounts.search", ask.accounts.search, [{ minBalance: 0 }, { minBalance: 10_000 }]),
    ...filtered("accounts.statement", ask.accounts.statement, [{ accountId: account?.accountId ?? "none" }]),
    ...filtered("payments.findings", ask.payments.findings, [
      {},
      ...STATUSES.findings.map((status) => ({ status })),
      ...KINDS.map((kind) => ({ kind })),
      { orderId: order.orderId },
    ]),
  ];
}

function filtered<const Filter extends Readonly<Record<string, unknown>>>(
  name: string,
  read: (input: Filter & Page) => Promise<Answer>,
  filters: readonly Filter[],
): List[] {
  return filters.map((filter) => ({ name, filter: { ...filter }, read: (page) => read({ ...filter, ...page }) }));
}

/** What takes no input: counts, groups, figures and short lists, by its procedure. */
export function countsOf(ask: Caller): Readonly<Record<string, () => Promise<unknown>>> {
  return {
    "events.types": () => ask.events.types(),
    "schemas.list": () => ask.schemas.list(),
    "schemas.versionShare": () => ask.schemas.versionShare(),
    "sagas.counts": () => ask.sagas.counts(),
    "sagas.groups": () => ask.sagas.groups(),
    "projections.list": () => ask.projections.list(),
    "projections.trends": () => ask.projections.trends(),
    "projections.rebuilds": () => ask.projections.rebuilds(),
    "consumers.list": () => ask.consumers.list(),
    "workers.list": () => ask.workers.list(),
    "map.system": () => ask.map.system(),
    "alerts.health": () => ask.alerts.health(),
    "incidents.diagnose": () => ask.incidents.diagnose(),
    "outbox.status": () => ask.outbox.status(),
    "outbox.setAside": () => ask.outbox.setAside(),
    "deadLetters.counts": () => ask.deadLetters.counts(),
    "deadLetters.groups": () => ask.deadLetters.groups(),
    "deadLetters.retries": () => ask.deadLetters.retries(),
    "catalogue.choices": () => ask.catalogue.choices(),
    "analytics.heartbeat": () => ask.analytics.heartbeat(),
    "analytics.salesByDay": () => ask.analytics.salesByDay(),
    "analytics.funnelByDay": () => ask.analytics.funnelByDay(),
    "mail.list": () => ask.mail.list(),
    "payments.status": () => ask.payments.status(),
    "payments.webhooks": () => ask.payments.webhooks(),
  };
}
