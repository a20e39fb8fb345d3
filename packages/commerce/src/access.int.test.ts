/**
 * Who may call what: every procedure of both routers, from the routers' own lists, as everybody who may come. A procedure that
 * is not in the table fails. Asked over HTTP, so that a column may also be about the request.
 */
import { createHttpHandler, ROLES } from "@tillstream/trpc";
import type { Role } from "@tillstream/trpc";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminRouter, shopRouter } from "./routers.ts";
import { createTestShop, shopper } from "./testing/index.ts";
import type { TestShop } from "./testing/index.ts";
import { examples, proceduresOf } from "./testing/procedures.ts";
import type { Procedure } from "./testing/procedures.ts";

/** Who may, at least. What is a shopper's own, such as an order, is looked at once more by the procedure. */
type Rule = "anyone" | Role;

const RULES: Readonly<Record<"shop" | "console", Readonly<Record<string, Rule>>>> = {
  shop: {
    "account.balance": "shopper",
    "account.balanceAt": "shopper",
    "account.balanceIfOpen": "shopper",
    "account.deposit": "shopper",
    "account.months": "shopper",
    "account.open": "shopper",
    "account.statement": "shopper",
    "account.withdraw": "shopper",
    "cart.acceptPrices": "anyone",
    "cart.claim": "shopper",
    "cart.get": "anyone",
    "cart.quote": "anyone",
    "cart.setQuantity": "anyone",
    "cart.add": "anyone",
    "catalogue.addresses": "anyone",
    "catalogue.bestSellers": "anyone",
    "catalogue.bySlug": "anyone",
    "catalogue.cards": "anyone",
    "catalogue.categories": "anyone",
    "catalogue.companions": "anyone",
    "catalogue.count": "anyone",
    "catalogue.list": "anyone",
    "catalogue.suggest": "anyone",
    "catalogue.stock": "anyone",
    "checkout.placeOrder": "anyone",
    "checkout.quote": "anyone",
    "orders.aftercare": "anyone",
    "orders.byId": "anyone",
    "orders.cancel": "anyone",
    "orders.correctAddress": "anyone",
    "orders.find": "anyone",
    "orders.mine": "shopper",
    "orders.reorder": "anyone",
    "orders.quoteReturn": "anyone",
    "orders.requestReturn": "anyone",
    "orders.sendLink": "anyone",
    "orders.watch": "anyone",
    "orders.watchAll": "anyone",
    "orders.withdrawReturn": "anyone",
    "addresses.list": "shopper",
    "addresses.remove": "shopper",
    "addresses.save": "shopper",
    "profile.beforeErasure": "shopper",
    "profile.changeEmail": "shopper",
    "profile.confirmEmail": "shopper",
    "profile.erase": "shopper",
    "profile.get": "shopper",
    "profile.newEmail": "shopper",
    "profile.update": "shopper",
  },
  console: {
    "accounts.search": "viewer",
    "accounts.statement": "viewer",
    "alerts.acknowledge": "operator",
    "alerts.giveBack": "operator",
    "alerts.health": "viewer",
    "alerts.list": "viewer",
    "analytics.funnelByDay": "viewer",
    "analytics.heartbeat": "viewer",
    "analytics.salesByDay": "viewer",
    "audit.list": "viewer",
    "catalogue.addVariant": "operator",
    "catalogue.bySlug": "viewer",
    "catalogue.choices": "viewer",
    "catalogue.createProduct": "operator",
    "catalogue.list": "viewer",
    "catalogue.priceHistory": "viewer",
    "catalogue.setPrice": "operator",
    "catalogue.updateProduct": "operator",
    "discounts.create": "operator",
    "discounts.list": "viewer",
    "discounts.setEnd": "operator",
    "customers.list": "viewer",
    "customers.byId": "viewer",
    "customers.credit": "operator",
    "customers.export": "admin",
    "customers.erase": "admin",
    "consumers.list": "viewer",
    "consumers.pause": "operator",
    "consumers.resume": "operator",
    "deadLetters.byId": "viewer",
    "deadLetters.counts": "viewer",
    "deadLetters.discard": "operator",
    "deadLetters.editAndRetry": "operator",
    "deadLetters.groups": "viewer",
    "deadLetters.list": "viewer",
    "deadLetters.retries": "viewer",
    "deadLetters.retry": "operator",
    "deadLetters.stopRetry": "operator",
    "events.byId": "viewer",
    "events.list": "viewer",
    "events.newer": "viewer",
    "events.types": "viewer",
    "faults.get": "viewer",
    "faults.play": "operator",
    "faults.set": "operator",
    "flow.byCorrelation": "viewer",
    "incidents.byId": "viewer",
    "incidents.diagnose": "viewer",
    "live.watch": "viewer",
    "mail.list": "viewer",
    "mail.html": "viewer",
    "map.system": "viewer",
    "orders.addNote": "operator",
    "orders.announcedReturns": "viewer",
    "orders.byId": "viewer",
    "orders.cancel": "operator",
    "orders.closeReturn": "operator",
    "orders.correctAddress": "operator",
    "orders.flagAttention": "operator",
    "orders.list": "viewer",
    "orders.quoteRefund": "viewer",
    "orders.receiveReturn": "operator",
    "orders.receiveReturnedLines": "operator",
    "orders.refundLines": "operator",
    "orders.removeNote": "operator",
    "orders.resolveAttention": "operator",
    "orders.returns": "viewer",
    "orders.shipment": "viewer",
    "outbox.setAside": "viewer",
    "outbox.status": "viewer",
    "payments.accept": "operator",
    "payments.findings": "viewer",
    "payments.reconcile": "operator",
    "payments.run": "viewer",
    "payments.status": "viewer",
    "payments.webhooks": "viewer",
    "projections.at": "viewer",
    "projections.compare": "viewer",
    "projections.list": "viewer",
    "projections.pause": "operator",
    "projections.rebuild": "operator",
    "projections.rebuilds": "viewer",
    "projections.rebuildStream": "operator",
    "projections.resume": "operator",
    "projections.step": "viewer",
    "projections.trends": "viewer",
    "sagas.byId": "viewer",
    "sagas.compensate": "operator",
    "sagas.counts": "viewer",
    "sagas.fork": "operator",
    "sagas.forkHalted": "operator",
    "sagas.groups": "viewer",
    "sagas.list": "viewer",
    "sagas.resolve": "operator",
    "sagas.retryHalted": "operator",
    "sagas.retryStep": "operator",
    "schemas.list": "viewer",
    "schemas.versionShare": "viewer",
    "search.find": "viewer",
    "session.me": "viewer",
    "stock.bySku": "viewer",
    "stock.count": "operator",
    "stock.ledger": "viewer",
    "stock.list": "viewer",
    "stock.receive": "operator",
    "streams.changes": "viewer",
    "streams.compare": "viewer",
    "streams.firstWhere": "viewer",
    "streams.point": "viewer",
    "streams.read": "viewer",
    "streams.replay": "viewer",
    "streams.stateAt": "viewer",
    "workers.drain": "operator",
    "workers.list": "viewer",
    "workers.resume": "operator",
  },
};

interface Caller {
  readonly role: Role | null;
  /** What a page of another site can make a browser of somebody who is signed in send. */
  readonly trick?: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly bodyType?: string;
    readonly ends: Outcome;
  };
}

/** The columns. */
const CALLERS: Readonly<Record<string, Caller>> = {
  "no session": { role: null },
  ...Object.fromEntries(ROLES.map((role) => [role, { role }])),
  "other site": { role: "admin", trick: { headers: { "sec-fetch-site": "cross-site" }, ends: "from another site" } },
  "other origin": { role: "admin", trick: { headers: { origin: "https://evil.test" }, ends: "from another site" } },
  multipart: { role: "admin", trick: { bodyType: "multipart/form-data; boundary=x", ends: "no JSON" } },
  form: { role: "admin", trick: { bodyType: "application/x-www-form-urlencoded", ends: "no JSON" } },
  text: { role: "admin", trick: { bodyType: "text/plain", ends: "no JSON" } },
};

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

function requestOf({ path, schema, ...procedure }: Procedure, { role, trick }: Caller): Request {
  const byPost = procedure.byPost || trick?.bodyType !== undefined;
  const [input = "{}"] = examples(schema).map((example) => JSON.stringify(example));
  const url = new URL(`http://shop.test/api/trpc/${path}`);
  if (!byPost) url.searchParams.set("input", input);
  return new Request(url, {
    method: byPost ? "POST" : "GET",
    headers: {
      "content-type": trick?.bodyType ?? "application/json",
      "idempotency-key": shop.services.ids.next(),
      host: "shop.test",
      ...trick?.headers,
      ...(role !== null && { cookie: `role=${role}` }),
    },
    ...(byPost && { body: input }),
  });
}

type Outcome = "lets in" | "sign in" | "not this role" | "from another site" | "no JSON" | "broken";

async function outcomeOf(router: typeof shopRouter | typeof adminRouter, request: Request): Promise<Outcome> {
  const sessionOf = async (headers: Headers) => {
    const role = ROLES.find((each) => headers.get("cookie") === `role=${each}`);
    return role === undefined ? null : { ...shopper, role };
  };
  const response = await createHttpHandler({ router, services: shop.services, sessionOf })(request);
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  const { error } = (isStream ? { error: await refusalIn(response) } : await response.json()) as {
    error?: { data: { reason: string } };
  };
  if (error?.data.reason === "SIGNED_OUT") return "sign in";
  if (error?.data.reason === "ROLE_REQUIRED") return "not this role";
  if (error?.data.reason === "OTHER_SITE") return "from another site";
  if (response.status === 415) return "no JSON";
  return response.status < 500 ? "lets in" : "broken";
}

/** A subscription that is let in goes on for ever: what its first event says, when that is a refusal. */
async function refusalIn({ body }: Response): Promise<unknown> {
  let told = "";
  for await (const chunk of body ?? []) {
    told += new TextDecoder().decode(chunk);
    const first = told
      .split("\n\n")
      .slice(0, -1)
      .find((event) => !event.includes("event: connected"));
    if (first === undefined) continue;
    return first.includes("event: serialized-error")
      ? JSON.parse(/^data: (.*)$/m.exec(first)?.[1] ?? "null")
      : undefined;
  }
  return undefined;
}

function expected(rule: Rule | undefined, { role, trick }: Caller): Outcome | "no rule" {
  if (rule === undefined) return "no rule";
  if (trick !== undefined) return trick.ends;
  if (rule === "anyone") return "lets in";
  if (role === null) return "sign in";
  return ROLES.indexOf(role) < ROLES.indexOf(rule) ? "not this role" : "lets in";
}

describe.each([
  ["shop", shopRouter],
  ["console", adminRouter],
] as const)("%s", (name, router) => {
  const procedures = proceduresOf(router);
  const rules = RULES[name];

  it.each(procedures)("$path lets in whom its rule names, and nobody else", async (procedure) => {
    const rule = rules[procedure.path];
    const rows = Object.entries(CALLERS).map(async ([who, caller]) => {
      const outcome = await outcomeOf(router, requestOf(procedure, caller));
      return { who, outcome, expected: expected(rule, caller) };
    });
    for (const row of await Promise.all(rows)) expect(row).toMatchObject({ outcome: row.expected });
  });

  it("has no rule for what is not there", () => {
    expect(Object.keys(rules).filter((path) => !procedures.some((procedure) => procedure.path === path))).toEqual([]);
  });
});
