/** Every list that is read page by page: its cursors are good for it alone, in the order and with the filters that gave them out. */
import { sql } from "@tillstream/runtime";
import { createCallerFactory, errorData } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeOrder } from "./checkout/index.ts";
import { adminRouter, shopRouter } from "./routers.ts";
import { createFulfilment, orderInput, proceduresOf, shopper, SKUS } from "./testing/index.ts";
import type { Fulfilment } from "./testing/index.ts";

let fulfilment: Fulfilment;
/** By its list: of a second page, which each of them has. */
const cursors = new Map<string, string>();

beforeAll(async () => {
  fulfilment = await createFulfilment();
  const { shop, gateway, confirmed, operator } = fulfilment;
  const parcels = [await confirmed(), await confirmed()];
  await shop.ship(gateway);
  for (const orderId of parcels) await operator(orderId).orders.receiveReturn({ orderId, reason: "too bright" });
  for (const email of ["ada@example.com", "ben@example.com"]) await placeOrder(shop.context(), orderInput({ email }));
  for (const code of ["SPRING-10", "AUTUMN-10"])
    await operator(code).discounts.create({ code, kind: "percent", value: 10, reason: "a test" });
  await shopOf("open").account.open({});
  for (const key of ["one", "two"]) await shopOf(key).account.deposit({ amount: { amount: 100, currency: "USD" } });
  await shop.settle(gateway);
  const db = shop.database;
  await db.query(sql`
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, attempts)
    SELECT 'analytics', event_id, type, stream_id, 1, 'it broke', 5 FROM events WHERE version = 1`);
  await db.query(sql`
    INSERT INTO reconciliation_findings (kind, subject, order_id, charge_id, amount, currency, status, detail)
    SELECT 'missing_capture', 'ch_' || at, 'o' || at, 'ch_' || at, 100, 'USD', 'open', '' FROM generate_series(1, 2) AS at`);
  await db.query(sql`
    INSERT INTO projection_alerts (projection, status, threshold_seconds, peak_lag_seconds, pending_at, fired_at)
    VALUES ('order_view', 'firing', 5, 9, now(), now()), ('stock_view', 'firing', 5, 9, now(), now())`);
  await db.query(sql`
    INSERT INTO order_returns (return_id, order_id, ordinal, version, status, lines, refund_to)
    SELECT 'r' || at, ${parcels[0]}, at, 1, 'requested', '[]', 'card' FROM generate_series(1, 2) AS at`);
  await db.query(sql`
    INSERT INTO account_view (account_id, currency, balance, held, available, version, opened_at, updated_at)
    SELECT 'another', currency, balance, held, available, version, opened_at, updated_at FROM account_view LIMIT 1`);
  for (const { name, call } of lists) {
    const { nextCursor } = (await call({ limit: 1 })) as { nextCursor: string | null };
    cursors.set(name, nextCursor ?? expect.fail(`${name} has one row only`));
  }
});
afterAll(() => fulfilment[Symbol.asyncDispose]());

const shopOf = (idempotencyKey: string) =>
  createCallerFactory(shopRouter)(fulfilment.shop.context({ user: shopper, idempotencyKey }));

/** What each list has to be asked with. */
const NEEDED: Readonly<Record<string, object>> = {
  "stock.ledger": { sku: SKUS.mug },
  "accounts.statement": { accountId: shopper.id },
};
/** What narrows each list, or turns it. */
const OTHERWISE: Readonly<Record<string, readonly object[]>> = {
  "audit.list": [{ order: "oldest" }, { action: "discounts.create" }, { from: "2020-01-01T00:00:00Z" }],
  "deadLetters.list": [{ order: "oldest" }, { status: "all" }],
  "events.list": [{ order: "oldest" }, { type: "OrderPlaced" }, { to: "9999-01-01T00:00:00Z" }],
  "orders.list": [{ order: "oldest" }, { status: "cancelled" }, { search: "lamp" }],
  "sagas.list": [{ order: "oldest" }, { stuck: true }, { status: "completed" }],
  "accounts.search": [{ minBalance: 1 }],
  "catalogue.list": [{ search: "lamp" }],
  "customers.list": [{ search: "ada" }],
  "orders.announcedReturns": [{ status: "requested" }],
  "payments.findings": [{ kind: "missing_capture" }],
  "stock.list": [{ availableMax: 5 }, { search: "lamp" }],
  "stock.ledger": [{ sku: SKUS.lamp }],
  "accounts.statement": [{ accountId: "another" }],
};

type Call = (input: object) => Promise<unknown>;

function listsOf(of: "shop" | "console") {
  const router = of === "shop" ? shopRouter : adminRouter;
  return proceduresOf(router)
    .filter(({ schema }) => Object.hasOwn(schema.properties ?? {}, "cursor"))
    .map(({ path }) => {
      const [group = "", name = ""] = path.split(".");
      const call: Call = async (input) => {
        const caller: unknown = of === "shop" ? shopOf("none") : fulfilment.operator();
        return (caller as Record<string, Record<string, Call>>)[group]?.[name]?.({ ...NEEDED[path], ...input });
      };
      return { name: `${path} of the ${of}`, otherwise: of === "console" ? (OTHERWISE[path] ?? []) : [], call };
    });
}

const lists = [...listsOf("shop"), ...listsOf("console")];

async function refused(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(() => "taken").catch((cause: unknown) => cause);
  return error instanceof TRPCError ? errorData(error).fields?.map(({ field }) => field) : error;
}

const partsOf = (cursor: string) => JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
const cursorOf = (parts: readonly unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");

describe.each(lists)("$name", ({ name, otherwise, call }) => {
  it("takes its own cursor, and none of another list", async () => {
    expect(await refused(call({ cursor: cursors.get(name) }))).toBe("taken");
    const others = [...cursors].filter(([other]) => other !== name);
    expect(others.length).toBe(lists.length - 1);
    for (const [other, cursor] of others) expect(await refused(call({ cursor })), other).toEqual(["cursor"]);
  });

  it.each([2 ** 31, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1, 0, -1, 1.5])(
    "answers a cursor with %j for each number of its own",
    async (forged) => {
      const parts = partsOf(cursors.get(name) ?? "");
      const cursor = cursorOf(parts.map((part) => (typeof part === "number" ? forged : part)));
      expect([["cursor"], "taken"]).toContainEqual(await refused(call({ cursor })));
    },
  );

  it.each(otherwise)("with %j takes none that it gave out without", async (narrowed) => {
    expect(await refused(call({ ...narrowed, cursor: cursors.get(name) }))).toEqual(["cursor"]);
  });
});

it.each(["account.statement of the shop", "accounts.statement of the console"])(
  "%s takes no version that a stream cannot have",
  async (name) => {
    const list = lists.find((one) => one.name === name) ?? expect.fail();
    const [, ...mark] = partsOf(cursors.get(name) ?? "");
    const at = (version: number) => refused(list.call({ cursor: cursorOf([version, ...mark]) }));
    expect([await at(2 ** 31 - 1), await at(2 ** 31), await at(0)]).toEqual(["taken", ["cursor"], ["cursor"]]);
  },
);

it("no list with an order or a filter is left out", () => {
  const narrowed = proceduresOf(adminRouter).filter(
    ({ schema: { properties = {} } }) =>
      Object.hasOwn(properties, "cursor") &&
      Object.keys(properties).some((field) => !["cursor", "limit"].includes(field)),
  );
  expect(narrowed.map(({ path }) => path).toSorted()).toEqual(Object.keys(OTHERWISE).toSorted());
});
