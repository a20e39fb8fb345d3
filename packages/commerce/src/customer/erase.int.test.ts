/** Somebody who is forgotten is nowhere any more; what everybody else sees, and every figure, is as it was. */
import { catalogueOf, executeIn, rebuildNext, requestRebuild } from "@tillstream/eventing";
import { sql, uuidGenerator } from "@tillstream/runtime";
import { createAuth, createCallerFactory } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountAggregate } from "../account/index.ts";
import { placeOrder } from "../checkout/index.ts";
import type { PlaceOrderInput } from "../checkout/index.ts";
import { modules, personalData } from "../modules.ts";
import { adminRouter, shopRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { finishErasures } from "./erase.ts";
import { registerCustomer } from "./index.ts";

/** The code as a word: in the hex of what is sealed, and in ids, any five digits turn up now and then. */
const CANARY = /canary|kanarienweg|\b90210\b/i;
const EMAIL = "canary@birds.example";
const ADDRESS = {
  name: "Conny Canary",
  line1: "Kanarienweg 7",
  city: "Canary Wharf",
  region: "CA",
  postalCode: "90210",
  country: "US",
};
const reason = "Ms CANARY of Kanarienweg 7 asked for it in a letter from canary@birds.example";
const admin: SessionUser = { id: "ada", email: "ada@shop.example", name: "Ada", role: "admin" };

let shop: TestShop;
const gateway = createTestGateway();
beforeEach(async () => {
  shop = await createTestShop();
});
afterEach(() => shop[Symbol.asyncDispose]());

const console_ = () => createCallerFactory(adminRouter)(shop.context({ user: admin })).customers;

async function place(user: SessionUser | null, changes: Partial<PlaceOrderInput> = {}): Promise<string> {
  const placed = await placeOrder(
    shop.context({ user, callerAddress: "203.0.113.7" }),
    orderInput({ email: EMAIL, shippingAddress: ADDRESS, ...changes }),
  );
  return placed.orderId;
}

async function settleAndShip(): Promise<void> {
  await shop.settle(gateway);
  await shop.ship(gateway);
}

/** A shopper with a login, a session, credit, an order paid with it and a note about that, a cart, and a link that they asked for. */
async function aCustomer(): Promise<SessionUser> {
  const auth = createAuth({
    pool: shop.test.pool,
    secret: "a secret of the tests that is long enough",
    cookiePrefix: "shop",
    signUp: true,
    ids: uuidGenerator,
    onUserCreated: (user) => registerCustomer(shop.database, user),
  });
  const { user } = await auth.api.signUpEmail({
    body: { name: ADDRESS.name, email: EMAIL, password: "a password of theirs" },
    headers: new Headers({ "user-agent": "Canary Browser" }),
  });
  const customer: SessionUser = { id: user.id, email: user.email, name: user.name, role: "shopper" };
  const as = () => createCallerFactory(shopRouter)(shop.context({ user: customer }));
  await shop.test.pool.query("UPDATE auth_users SET email_verified = true WHERE id = $1", [user.id]);
  const metadata = { correlationId: "credit", causationId: "credit", actor: `user:${user.id}` };
  for (const command of [
    { type: "open", accountId: user.id, currency: "USD" },
    { type: "deposit", amount: 50_000, currency: "USD" },
  ] as const)
    await executeIn(shop.database, accountAggregate, user.id, command, metadata);
  await shop.settle(gateway);
  await place(customer, { payment: { method: "account" } });
  await place(customer, { payment: { method: "card", token: "tok_chargeDeclined" } });
  await settleAndShip();
  await shop.database.query(sql`
    INSERT INTO order_notes (order_id, text, written_by)
    SELECT id, ${`${ADDRESS.name} called`}, 'user:ada' FROM orders WHERE customer_id = ${user.id} AND status = 'shipped'`);
  await as().cart.setQuantity({ sku: "LAMP", quantity: 1 });
  return customer;
}

/** Every row of every table that says `pattern`, as `table: row`. */
async function rowsThatSay(pattern: RegExp): Promise<string[]> {
  const tables = await shop.database.query<{ name: string }>(sql`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`);
  const { rows: samples } = await shop.test.pool.query<{ row: string }>("SELECT pg_stats::text AS row FROM pg_stats");
  const found = samples.map(({ row }) => `pg_stats ${row}`).filter((row) => pattern.test(row));
  for (const { name } of tables) {
    const { rows } = await shop.test.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    found.push(...rows.map(({ row }) => `${name}: ${row}`).filter((row) => pattern.test(row)));
  }
  return found;
}

/** What the shop's books say, and every row of every read model. */
async function figures(): Promise<Record<string, unknown[]>> {
  const read: Record<string, unknown[]> = {};
  for (const table of modules.flatMap(({ projections }) => projections.flatMap((one) => one.tables)))
    read[table] = (await shop.test.pool.query(`SELECT t::text AS row FROM ${table} t ORDER BY 1`)).rows;
  read["orders"] = await shop.database.query(sql`
    SELECT id, number, status, total, payment_status, stock_status, charge_id FROM orders ORDER BY id`);
  read["stock"] = await shop.database.query(sql`SELECT sku, available FROM stock ORDER BY sku`);
  return read;
}

async function rebuildEverything(): Promise<void> {
  const { database: db } = shop;
  const projections = modules.flatMap((module) => module.projections);
  for (const projection of projections) {
    await requestRebuild(db, projections, projection.name, "user:ada");
    while ((await rebuildNext(db, projection, catalogueOf(projection), 100))?.swapped === false);
  }
}

async function letTimePass(): Promise<void> {
  await shop.database.query(sql`UPDATE erasures SET requested_at = requested_at - interval '5 minutes'`);
}

describe("a customer with everything that one can have", () => {
  it("is in no table any more, nor in the planner's samples, and history replays to the same figures", async () => {
    const { id } = await aCustomer();
    await place(null, {
      email: "bystander@example.com",
      shippingAddress: { ...ADDRESS, name: "By", line1: "1", city: "C", postalCode: "10001" },
    });
    await settleAndShip();
    const before = await figures();
    // A sample that was replaced stays in its file for a while.
    await shop.test.pool.query("ANALYZE");
    const said = await rowsThatSay(CANARY);
    expect(said.filter((row) => row.startsWith("pg_stats"))).toEqual([]);
    const tables = new Set(said.map((row) => row.split(":")[0]));
    for (const table of ["auth_sessions", "auth_users", "customers", "order_notes", "orders"])
      expect(tables).toContain(`public.${table}`);

    const erasure = await console_().erase({ customerId: id, reason });
    await shop.settle(gateway);
    await shop.test.pool.query("ANALYZE");

    expect(erasure).toMatchObject({ customerId: id, finishedAt: null, waitingFor: 0 });
    expect(erasure.erased).toEqual({
      savedAddresses: 0,
      orders: 2,
      orderNotes: 1,
      linkRequests: 0,
      storeCredit: 0,
      mails: 3,
      carts: 1,
      profile: 1,
      login: 1,
    });
    expect(await rowsThatSay(CANARY)).toEqual([]);
    expect(await figures()).toEqual(before);
    await rebuildEverything();
    expect(await figures()).toEqual(before);
    expect(await shop.mails()).toHaveLength(2); // the bystander's
  });

  it("is told of by a tombstone, and who did it and why is in the audit, without the address", async () => {
    const { id } = await aCustomer();
    await console_().erase({ customerId: id, reason });
    await shop.settle(gateway);
    const events = await shop.database.query(sql`
      SELECT events.type, data, metadata ->> 'actor' AS actor FROM event_log JOIN events USING (event_id) WHERE stream_type = 'customer'`);
    expect(events).toMatchObject([{ data: { customerId: id }, actor: "user:ada" }]);
    const rows = await shop.database.query(sql`SELECT action, subject, reason FROM audit`);
    expect(rows).toEqual([
      {
        action: "customers.erase",
        subject: id,
        reason: "Ms [customer] of [customer] asked for it in a letter from [e-mail]",
      },
    ]);
  });

  it("can have all that is kept of them first", async () => {
    const { id } = await aCustomer();
    const { data } = await console_().export({ customerId: id });
    const said = JSON.stringify(data);
    for (const detail of [
      EMAIL,
      ADDRESS.name,
      ADDRESS.line1,
      ADDRESS.postalCode,
      "Canary Browser",
      "is confirmed",
      "deposit",
      "LAMP",
    ])
      expect(said).toContain(detail);
    expect(Object.fromEntries(Object.entries(data).map(([name, rows]) => [name, rows.length]))).toEqual({
      ...(await console_().byId({ customerId: id })).kept,
    });
    expect(said).not.toContain("password");
    const [row] = await shop.database.query<{ after: unknown }>(sql`SELECT after FROM audit`);
    expect(JSON.stringify(row)).not.toMatch(CANARY);
  });

  it("is gone from the lists, and erasing them again is refused", async () => {
    const { id } = await aCustomer();
    expect((await console_().list({ search: EMAIL })).items).toMatchObject([
      { customerId: id, kind: "account", orders: 2 },
    ]);
    await console_().erase({ customerId: id, reason });
    expect((await console_().list()).items).toEqual([]);
    expect((await console_().byId({ customerId: id })).customer).toBeNull();
    await expect(console_().erase({ customerId: id, reason })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(console_().export({ customerId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

it("a guest goes with every order of the address, however it was written, and nobody else does", async () => {
  await place(null);
  await place(null, { email: "Canary@Birds.example" });
  const other = await place(null, {
    email: "other@example.com",
    shippingAddress: { ...ADDRESS, name: "Otto", line1: "2 Way", city: "Town", postalCode: "10001" },
  });
  await settleAndShip();
  const { items } = await console_().list({ search: EMAIL });
  expect(items).toMatchObject([{ kind: "guest", orders: 2, name: ADDRESS.name }]);
  const { erased } = await console_().erase({ customerId: items[0]?.customerId ?? "", reason });
  expect(erased).toMatchObject({ orders: 2, mails: 4, profile: 0, login: 0 });
  expect(await rowsThatSay(CANARY)).toEqual([]);
  expect(await shop.mails(sql`WHERE order_id = ${other}`)).toHaveLength(2);
});

it("an account goes with the orders that its owner placed as a guest", async () => {
  const { id } = await aCustomer();
  await place(null);
  await settleAndShip();
  expect((await console_().list()).items).toMatchObject([{ customerId: id, orders: 3 }]);
  await console_().erase({ customerId: id, reason });
  expect(await rowsThatSay(CANARY)).toEqual([]);
});

it("an order names its customer: the account that placed it or has its address, else the first of the guest's orders", async () => {
  const merchant = () => createCallerFactory(adminRouter)(shop.context({ user: admin })).orders;
  const first = await place(null);
  const second = await place(null);
  for (const orderId of [first, second])
    expect(await merchant().byId({ orderId })).toMatchObject({ customerId: `guest-${first}`, email: EMAIL });
  const { id } = await aCustomer();
  const own = await place({ id, email: EMAIL, name: ADDRESS.name, role: "shopper" });
  for (const orderId of [first, own]) expect(await merchant().byId({ orderId })).toMatchObject({ customerId: id });
  await expect(console_().byId({ customerId: `guest-${first}` })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(console_().erase({ customerId: `guest-${first}`, reason })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await settleAndShip();
  await console_().erase({ customerId: id, reason });
  expect(await merchant().byId({ orderId: own })).toMatchObject({ customerId: id, email: null });
  expect(await merchant().byId({ orderId: first })).toMatchObject({ customerId: null, email: null });
  const later = await place(null);
  await settleAndShip();
  await console_().erase({ customerId: `guest-${later}`, reason });
  expect(await merchant().byId({ orderId: later })).toMatchObject({ customerId: `guest-${later}`, email: null });
});

it("an account whose address nobody confirmed takes nothing of a guest who has it", async () => {
  const { id } = await aCustomer();
  await shop.test.pool.query("UPDATE auth_users SET email_verified = false WHERE id = $1", [id]);
  const guest = `guest-${await place(null, { shippingAddress: { ...ADDRESS, name: "Real Owner" } })}`;
  await settleAndShip();
  const seen = [];
  for (let cursor: string | undefined; ;) {
    const page = await console_().list({ limit: 1, ...(cursor !== undefined && { cursor }) });
    seen.push(...page.items.map(({ customerId, orders }) => [customerId, orders]));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual([
    [id, 2],
    [guest, 1],
  ]);
  expect(JSON.stringify(await console_().export({ customerId: id }))).not.toContain("Real Owner");
  await console_().erase({ customerId: id, reason });
  expect((await console_().list()).items).toMatchObject([{ customerId: guest, name: "Real Owner" }]);
});

describe("an order that is under way", () => {
  it("keeps its address until it has left, and not longer", async () => {
    const orderId = await place(null);
    const customerId = `guest-${orderId}`;
    await shop.settle(gateway);
    expect(await console_().byId({ customerId })).toMatchObject({ underWay: 1, erasure: null });
    expect(await console_().erase({ customerId, reason })).toMatchObject({ waitingFor: 1, erased: { orders: 0 } });
    await letTimePass();
    expect(await finishErasures(shop.database, personalData)).toBe(0);
    expect((await rowsThatSay(CANARY)).filter((row) => !row.startsWith("public.orders:"))).toEqual([]);
    await shop.ship(gateway);
    const [shipped] = await shop.database.query(sql`SELECT carrier FROM shipments WHERE order_id = ${orderId}`);
    expect(shipped).toMatchObject({ carrier: expect.any(String) });
    expect(await finishErasures(shop.database, personalData)).toBe(1);
    expect(await rowsThatSay(CANARY)).toEqual([]);
    expect((await console_().byId({ customerId })).erasure).toMatchObject({
      waitingFor: 0,
      erased: { orders: 1 },
      finishedAt: expect.any(String),
    });
  });
});

it("erasures that wait for orders which are held keep nobody else waiting", async () => {
  const held = [];
  for (let turn = 0; turn < 3; turn += 1) held.push(await place(null, { email: `held-${turn}@example.com` }));
  const later = await place(null);
  await shop.settle(gateway);
  for (const orderId of [...held, later]) await console_().erase({ customerId: `guest-${orderId}`, reason });
  await shop.database.query(
    sql`UPDATE shipments SET due_at = now() + interval '1 day' WHERE order_id = ANY(${held}::text[])`,
  );
  await letTimePass();
  await shop.ship(gateway);
  expect(await finishErasures(shop.database, personalData, 1)).toBe(1);
  expect((await console_().byId({ customerId: `guest-${later}` })).erasure).toMatchObject({
    finishedAt: expect.any(String),
  });
});

describe("what was being written while the erasure looked", () => {
  it.each([
    ["of an account", true],
    ["of a guest", false],
  ])("is found by a second look: an order %s", async (_, signedIn) => {
    const customer = signedIn ? await aCustomer() : null;
    const customerId = customer?.id ?? `guest-${await place(null)}`;
    await settleAndShip();
    let late = "";
    // The order's transaction began before, and commits after.
    await shop.database.transaction(async (tx) => {
      await tx.query(sql`SELECT now()`);
      await console_().erase({ customerId, reason });
      late = uuidGenerator.next();
      await tx.query(sql`
        INSERT INTO orders (id, number, version, status, customer_id, email, shipping_address, payment_method, total, currency, placed_at, updated_at)
        VALUES (${late}, order_number(${late}), 1, 'cancelled', ${customer?.id ?? null}, ${EMAIL}, ${JSON.stringify(ADDRESS)}::jsonb, 'card', 1, 'USD', now(), now())`);
    });
    expect(await rowsThatSay(CANARY)).not.toEqual([]);
    expect(await finishErasures(shop.database, personalData)).toBe(0);
    expect(await rowsThatSay(CANARY)).toEqual([]);
    await letTimePass();
    expect(await finishErasures(shop.database, personalData)).toBe(1);
  });

  it("is not what a guest of the same address orders afterwards", async () => {
    const customerId = `guest-${await place(null)}`;
    await settleAndShip();
    await console_().erase({ customerId, reason });
    await letTimePass();
    const again = await place(null);
    await settleAndShip();
    expect(await finishErasures(shop.database, personalData)).toBe(1);
    expect((await console_().list()).items).toMatchObject([{ customerId: `guest-${again}`, email: EMAIL, orders: 1 }]);
    expect(await shop.mails()).toHaveLength(2);
  });
});

it("two who erase one customer at once erase them once", async () => {
  const customerId = `guest-${await place(null)}`;
  await settleAndShip();
  const answers = await Promise.allSettled([1, 2, 3].map(() => console_().erase({ customerId, reason })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected", "rejected"]);
  expect(await shop.database.query(sql`SELECT FROM events WHERE stream_type = 'customer'`)).toHaveLength(1);
});

it("money that is moved while its owner is erased is moved before it, or not at all", async () => {
  const customer = await aCustomer();
  const account = () => createCallerFactory(shopRouter)(shop.context({ user: customer })).account;
  const deposit = async () => {
    const { amount } = { amount: { amount: 100, currency: "USD" as const } };
    return account()
      .deposit({ amount })
      .then(
        () => "moved",
        () => "refused",
      );
  };
  const deposits = Array.from({ length: 6 }, deposit);
  const erasing = console_().erase({ customerId: customer.id, reason: "asked for it" });
  deposits.push(...Array.from({ length: 6 }, deposit));
  await Promise.all([erasing, ...deposits]);
  expect(await deposit()).toBe("refused");
  await shop.settle(gateway);
  const late = await shop.database.query(sql`
    SELECT late.type FROM event_log log JOIN events late USING (event_id)
    WHERE late.stream_id = ${accountAggregate.streamId(customer.id)}
      AND log.position > (SELECT position FROM event_log erased JOIN events event USING (event_id) WHERE event.type = 'CustomerErased')`);
  expect(late).toEqual([]);
});

it("nobody who works in the console is erased as a customer", async () => {
  const { id } = await aCustomer();
  await shop.test.pool.query("UPDATE auth_users SET role = 'viewer' WHERE id = $1", [id]);
  const kept = await rowsThatSay(CANARY);
  await expect(console_().erase({ customerId: id, reason })).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await rowsThatSay(CANARY)).toEqual(kept);
});
