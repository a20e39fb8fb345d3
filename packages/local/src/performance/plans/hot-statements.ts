/**
 * Every statement that orders ask on their way: recorded while a shop with all its background work takes some, ships them and cancels
 * those whose cards are declined.
 */
import { setTimeout as delay } from "node:timers/promises";
import { modules, publishedSagas, shopRouter } from "@tillstream/commerce";
import type { PlaceOrderInput } from "@tillstream/commerce";
import { readShopFacts } from "@tillstream/commerce/settings";
import { createDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { startModules } from "@tillstream/eventing";
import { createLogger } from "@tillstream/runtime";
import { createCallerFactory, inProcessServices } from "@tillstream/trpc";
import type { Services, SessionUser } from "@tillstream/trpc";
import pg from "pg";
import { createTestGateway } from "../../operations/verify/testing/test-gateway.ts";
import { portsOf } from "../../operations/verify/testing/settle.ts";
import { products } from "../../seed/catalogue/index.ts";
import { seedCatalogue } from "../../seed/catalogue-rows.ts";

const NEVER_MS = 86_400_000;
const LOOK_MS = 20;
/** Longer than any loop pauses that has to do with orders. */
const QUIET_MS = 1_100;
const OVER_MS_MAX = 60_000;
const SHOPPERS: readonly (SessionUser | null)[] = [
  null,
  { id: "shopper-1", email: "sam@example.com", name: "Sam", role: "shopper" },
];
/** Each twice: what is asked for a single one of them all is asked once in the life of a process. */
const TOKENS = ["tok_visa", "tok_chargeDeclined", "tok_visa", "tok_chargeDeclined"];
export const HOT_ORDERS = SHOPPERS.length * TOKENS.length;

/** Only these have a plan; what starts and ends transactions has none. */
const PLANNED = /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE|MERGE)\b/i;

/** How often each text was asked. */
type Calls = ReadonlyMap<string, number>;

interface Recording extends Disposable {
  /** What was asked since the last `take`. */
  take(): Calls;
}

/** Of all that this process asks meanwhile, by whichever handle: ours, Prisma's or the job queue's. */
function recordStatements(): Recording {
  let calls = new Map<string, number>();
  const client = pg.Client.prototype as { query: (...asked: unknown[]) => unknown };
  const { query } = client;
  client.query = function record(this: unknown, ...asked: unknown[]) {
    const [first] = asked as [string | { readonly text: string }];
    const text = typeof first === "string" ? first : first.text;
    if (PLANNED.test(text)) calls.set(text, (calls.get(text) ?? 0) + 1);
    return query.apply(this, asked);
  };
  return {
    take() {
      const taken = calls;
      calls = new Map();
      return taken;
    },
    [Symbol.dispose]: () => void (client.query = query),
  };
}

const createCaller = createCallerFactory(shopRouter);

/** A browser in this process: each of its commands has a key of its own, and it keeps the cookie of its cart. */
function browser(services: Services, user: SessionUser | null) {
  let cookie = "";
  return async <Answer>(ask: (shop: ReturnType<typeof createCaller>) => Promise<Answer>): Promise<Answer> => {
    const responseHeaders = new Headers();
    const shop = createCaller({
      ...services,
      user,
      correlationId: services.ids.next(),
      idempotencyKey: services.ids.next(),
      requestHeaders: new Headers({ cookie }),
      responseHeaders,
    });
    const answer = await ask(shop);
    cookie = responseHeaders.getSetCookie().at(-1)?.split(";")[0] ?? cookie;
    return answer;
  };
}

const [first, second] = products.flatMap(({ variants }) => variants.map(({ sku }) => sku));

async function buy(services: Services, user: SessionUser | null, token: string) {
  const visit = browser(services, user);
  await visit((shop) => shop.cart.setQuantity({ sku: first ?? "", quantity: 1 }));
  const cart = await visit((shop) => shop.cart.setQuantity({ sku: second ?? "", quantity: 2 }));
  await visit((shop) => shop.cart.quote({}));
  const input: PlaceOrderInput = {
    ...(cart.cartId !== null && { cartId: cart.cartId, cartVersion: cart.version }),
    email: "sam@example.com",
    shippingAddress: { name: "Sam", line1: "1 Street", city: "Town", postalCode: "12345", country: "US" },
    payment: { method: "card", token },
  };
  const { orderId, accessToken } = await visit((shop) => shop.checkout.placeOrder(input));
  return () => visit((shop) => shop.orders.byId({ orderId, accessToken }));
}

/** One after the other: an account has one cart at a time. */
async function buyAll(services: Services, onAppended: () => void): Promise<void> {
  const end = performance.now() + OVER_MS_MAX;
  for (const user of SHOPPERS)
    for (const token of TOKENS) {
      const look = await buy(services, user, token);
      onAppended();
      for (let status = "pending"; status !== "shipped" && status !== "cancelled"; await delay(LOOK_MS)) {
        ({ status } = await look());
        if (performance.now() > end) throw new Error(`an order is still ${status}`);
      }
    }
}

/** What the background asks once when it starts and then every now and then: until nothing new is asked. */
async function housekeeping(recording: Recording): Promise<Calls> {
  const asked = new Map<string, number>();
  for (let isNew = true; isNew;) {
    await delay(QUIET_MS);
    const texts = [...recording.take()];
    isNew = texts.some(([text]) => !asked.has(text));
    for (const [text, calls] of texts) asked.set(text, (asked.get(text) ?? 0) + calls);
  }
  return asked;
}

export interface HotStatements {
  readonly ofOrders: Calls;
  /** The rest of what the background asks. */
  readonly housekeeping: Calls;
}

/** @param serverUrl a server that holds the template; by default the one of the integration tests */
export async function hotStatements(serverUrl?: string): Promise<HotStatements> {
  await using stack = new AsyncDisposableStack();
  const test = stack.use(await createTestDatabase(serverUrl === undefined ? {} : { serverUrl }));
  const { database } = test;
  await seedCatalogue(database);
  const db = createDatabase({ url: test.appUrl, max: 4, applicationName: "plans" }, database);
  stack.defer(() => db.close());
  const logger = createLogger("plans", "silent");
  const services = inProcessServices({ db, secret: "a secret of the plans", shop: readShopFacts(), logger });
  const recording = stack.use(recordStatements());
  const ports = { ...portsOf(database, createTestGateway()), reconcileIntervalMs: NEVER_MS };
  const running = await startModules(modules, ports, { url: test.appUrl, publishedSagas });
  stack.defer(() => running.stop());
  const before = await housekeeping(recording);
  await buyAll(services, running.hintOutbox);
  const after = [...recording.take()];
  const ofOrders = new Map(after.filter(([, calls]) => calls > 1));
  const rest = [...before, ...after].filter(([text]) => !ofOrders.has(text));
  return { ofOrders, housekeeping: new Map(rest) };
}
