/** A small shop for tests: a database with a few items, a context for commands, and a way to run sagas to their end. */
import { createDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import type { TestDatabase } from "@tillstream/db/testing";
import { assemble, createSagaEngine, workOnce } from "@tillstream/eventing";
import type { Saga, SagaEngine, StepRef } from "@tillstream/eventing";
import { createLogger, empty, sql, systemScheduler, uuidGenerator } from "@tillstream/runtime";
import type { Database, Sql } from "@tillstream/runtime";
import { commandContext, inProcessServices } from "@tillstream/trpc";
import type { Commander, Context, Services, SessionUser } from "@tillstream/trpc";
import { localInbox, openMails, sendOrderLinks } from "../mail/index.ts";
import type { KeptMail, Mailer } from "../mail/index.ts";
import { idlePorts } from "../describe-deployment.ts";
import { modules } from "../modules.ts";
import type { OrderLinks } from "../order/index.ts";
import type { PlaceOrderInput } from "../checkout/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { readShopFacts } from "../settings.ts";
import { startDueShipments } from "../shipping/index.ts";

export const SKUS = { mug: "MUG", lamp: "LAMP", rare: "RARE" } as const;

export interface TestShop extends AsyncDisposable {
  readonly test: TestDatabase;
  readonly database: Database;
  readonly services: Services;
  context(overrides?: Partial<Context>): Context & Commander & { idempotencyKey: string };
  /** Publishes, lets every subscription read, and runs every due saga step, until nothing is left to do. */
  settle(gateway: PaymentGateway, mailer?: Mailer, options?: SettleOptions): Promise<void>;
  /** Lets everything leave that is due; `settle` alone ships nothing. */
  ship(gateway: PaymentGateway): Promise<void>;
  /** What went out, the oldest first. */
  mails(where?: Sql): Promise<readonly KeptMail[]>;
}

/** How the worker that settles differs from one in good health. */
export interface SettleOptions {
  readonly stepTimeoutMs?: number;
  /** Each saga as this worker has it. */
  readonly alter?: (saga: Saga) => Saga;
  /** Runs one due step half; by default `engineOn(database).runStep(ref)`. */
  readonly run?: (ref: StepRef, engineOn: (db: Database) => SagaEngine) => Promise<void>;
}

export const shopper: SessionUser = { id: "shopper-1", email: "sam@example.com", name: "Sam", role: "shopper" };

/** @param options.serverUrl a server that holds the template; by default the one of the integration tests */
export async function createTestShop(options: { readonly serverUrl?: string } = {}): Promise<TestShop> {
  const test = await createTestDatabase(options);
  const { database } = test;
  await stockShelves(database);
  const db = createDatabase({ url: test.appUrl, max: 12, applicationName: "test", connectTimeoutMs: 20_000 }, database);
  const services = inProcessServices({
    db,
    secret: "a secret of the tests",
    shop: readShopFacts(),
    logger: createLogger("test", "silent"),
  });
  return {
    test,
    database,
    services,
    context: (overrides = {}) =>
      commandContext({
        ...services,
        user: null,
        correlationId: uuidGenerator.next(),
        ...overrides,
        idempotencyKey: overrides.idempotencyKey ?? uuidGenerator.next(),
      }),
    settle: (gateway, mailer = localInbox(services.keyring), options = {}) =>
      settle(services, database, gateway, mailer, options),
    async ship(gateway) {
      while ((await startDueShipments(database)) > 0);
      await settle(services, database, gateway, localInbox(services.keyring), {});
    },
    mails: (where = empty) => openMails(database, services.keyring, sql`${where} ORDER BY id`),
    async [Symbol.asyncDispose]() {
      await db.close();
      await test[Symbol.asyncDispose]();
    },
  };
}

async function stockShelves(db: Database): Promise<void> {
  await db.query(
    sql`INSERT INTO categories (slug, name, summary, image, ordinal) VALUES ('things', 'Things', '', '', 0)`,
  );
  await db.query(sql`
    INSERT INTO products (id, slug, name, category, summary, description, details, image, ordinal, price_from, currency)
    SELECT lower(sku), lower(sku), initcap(sku), 'things', 'a ' || lower(sku), 'Good for tests.', ARRAY['made of tests'], '', ordinal, price, 'USD'
    FROM (VALUES ('MUG', 1, 1200), ('LAMP', 2, 8900), ('RARE', 3, 500)) AS item(sku, ordinal, price)`);
  await db.query(sql`
    INSERT INTO product_variants (sku, product_id, name, options, price, currency, image, ordinal)
    SELECT upper(id), id, '', '{}', price_from, 'USD', '', 0 FROM products`);
  // As a migration leaves a shop that is older than its stock's events: a test counts the events that it makes itself.
  await db.query(sql`
    WITH shelf(sku, quantity) AS (VALUES ('MUG', 1000), ('LAMP', 1000), ('RARE', 3)), moved AS (
      INSERT INTO stock_movements (sku, kind, quantity) SELECT sku, 'received', quantity FROM shelf
    ), viewed AS (INSERT INTO stock_view (sku, available) SELECT sku, quantity FROM shelf)
    INSERT INTO stock (sku, available) SELECT sku, quantity FROM shelf`);
}

export function orderInput(overrides: Partial<PlaceOrderInput> = {}): PlaceOrderInput {
  return {
    lines: [{ sku: SKUS.mug, quantity: 2 }],
    email: "ines@example.com",
    shippingAddress: { name: "Ines", line1: "1 Street", city: "Town", postalCode: "12345", country: "US" },
    payment: { method: "card", token: "tok_visa" },
    ...overrides,
  };
}

/** Store credit pays so much of `total`, a card the rest. */
export function payment(onCredit: number, total: number): PlaceOrderInput["payment"] {
  if (onCredit === total) return { method: "account" };
  const card = { method: "card", token: "tok_visa" } as const;
  return onCredit === 0 ? card : { ...card, credit: { amount: onCredit, currency: "USD" } };
}

async function settle(
  links: OrderLinks,
  db: Database,
  gateway: PaymentGateway,
  mailer: Mailer,
  { stepTimeoutMs, alter = (saga) => saga, run }: SettleOptions,
): Promise<void> {
  const ports = { ...idlePorts(), db, gateway, mailer, links, snapshotEveryAccount: 5 };
  const altered = modules.map((module) => ({
    ...module,
    sagas: (given: typeof ports) => module.sagas(given).map(alter),
  }));
  const { sagas, subscriptions } = assemble(altered, ports);
  const logger = createLogger("test", "silent");
  const { signal } = new AbortController();
  const engineOn = (on: Database) =>
    createSagaEngine({
      db: on,
      logger,
      scheduler: systemScheduler,
      sagas,
      ...(stepTimeoutMs !== undefined && { stepTimeoutMs }),
    });
  const engine = engineOn(db);
  const runStep = (ref: StepRef) => (run === undefined ? engine.runStep(ref) : run(ref, engineOn));
  for (;;) {
    const done = await workOnce(subscriptions, runStep, { db, logger, scheduler: systemScheduler, signal });
    const sent = await sendOrderLinks({ db, logger, mailer, links });
    if (done + sent === 0) return;
  }
}
