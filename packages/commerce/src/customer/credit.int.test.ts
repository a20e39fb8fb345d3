import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { adminRouter, shopRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

const gateway = createTestGateway();
const reason = "the parcel came late";
const dollars = (amount: number) => ({ amount, currency: "USD" });

let shop: TestShop;
let customerId: string;
beforeAll(async () => {
  shop = await createTestShop();
  await shop.database.query(sql`
    INSERT INTO auth_users (id, name, email, role) VALUES ('olga', 'Olga', 'olga@example.com', 'operator')`);
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(async () => {
  customerId = shop.services.ids.next();
  await shop.database.query(sql`
    INSERT INTO customers (id, email, name) VALUES (${customerId}, ${`${customerId}@example.com`}, 'Ada Okafor')`);
});

const olga = (idempotencyKey?: string) =>
  createCallerFactory(adminRouter)(
    shop.context({
      user: { id: "olga", email: "olga@example.com", name: "Olga", role: "operator" },
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    }),
  );

const theirs = () =>
  createCallerFactory(shopRouter)(
    shop.context({ user: { id: customerId, email: `${customerId}@example.com`, name: "Ada Okafor", role: "shopper" } }),
  ).account;

it("a customer without an account gets one with the credit in it, and can pay with it", async () => {
  expect(await olga().customers.credit({ customerId, amount: dollars(5_000), reason })).toEqual({
    customerId,
    version: 2,
  });
  await shop.settle(gateway);
  expect(await theirs().balance()).toMatchObject({ available: dollars(5_000) });
  const { items } = await theirs().statement();
  expect(items).toMatchObject([
    { type: "credit", amount: dollars(5_000), balance: dollars(5_000) },
    { type: "opened" },
  ]);
  expect((await theirs().months()).items).toMatchObject([{ granted: 5_000, deposited: 0, closing: 5_000 }]);
  const user = { id: customerId, email: "ada@example.com", name: "Ada", role: "shopper" } as const;
  await placeOrder(shop.context({ user }), orderInput({ payment: { method: "account" } }));
  await shop.settle(gateway);
  expect(await theirs().balance()).toMatchObject({ balance: dollars(5_000 - 2_400) });
  await theirs().withdraw({ amount: dollars(2_600) });
});

it("credit is given once for its key, however often and however much at once it is asked for", async () => {
  const ask = () => olga(`late-${customerId}`).customers.credit({ customerId, amount: dollars(700), reason });
  const first = await ask();
  const answers = await Promise.allSettled(Array.from({ length: 8 }, ask));
  for (const answer of answers)
    expect(answer).toMatchObject(
      answer.status === "fulfilled" ? { value: first } : { reason: { cause: { code: "IDEMPOTENCY_IN_PROGRESS" } } },
    );
  const other = olga(`late-${customerId}`).customers.credit({ customerId, amount: dollars(800), reason });
  await expect(other).rejects.toMatchObject({ cause: { code: "IDEMPOTENCY_KEY_REUSED" } });
  await Promise.all(
    Array.from({ length: 8 }, () => olga().customers.credit({ customerId, amount: dollars(100), reason })),
  );
  await shop.settle(gateway);
  expect(await theirs().balance()).toMatchObject({ balance: dollars(700 + 8 * 100) });
  expect((await olga().accounts.search({ minBalance: 1_500 })).items.map(({ accountId }) => accountId)).toEqual([
    customerId,
  ]);
});

it("credit for an account that has moved since one looked at it is not given", async () => {
  const give = (expectedVersion: number) =>
    olga().customers.credit({ customerId, amount: dollars(300), reason, expectedVersion });
  await expect(give(1)).rejects.toMatchObject({ code: "CONFLICT", cause: { code: "ACCOUNT_CHANGED" } });
  expect(await give(0)).toMatchObject({ version: 2 });
  await expect(give(0)).rejects.toMatchObject({ cause: { code: "ACCOUNT_CHANGED" } });
  expect(await give(2)).toMatchObject({ version: 3 });
});

it("the merchant's statement has who gave it and why, without the customer, and comes page by page", async () => {
  const { version } = await olga().customers.credit({
    customerId,
    amount: dollars(1_000),
    reason: "Ms Okafor waited for three weeks",
  });
  const waiting = olga().accounts.statement({ accountId: customerId, minVersion: version });
  await shop.settle(gateway);
  expect(await waiting).toMatchObject({ upToDate: true, items: [{ version: 2 }, { version: 1 }] });
  await theirs().deposit({ amount: dollars(50) });
  await shop.settle(gateway);
  const statement = (input: object) => olga().accounts.statement({ accountId: customerId, ...input });
  const { items } = await statement({});
  expect(items).toMatchObject([
    { type: "deposit", amount: dollars(50), balance: dollars(1_050), reason: null },
    {
      type: "credit",
      amount: dollars(1_000),
      by: "Olga",
      reason: "Ms [customer] waited for three weeks",
      eventId: `account-${customerId}:2`,
    },
    { type: "opened", by: "Olga", reason: null },
  ]);
  const first = await statement({ limit: 2 });
  const rest = await statement({ limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...rest.items]).toEqual(items);
  const [row] = (await olga().audit.list({ subject: customerId, limit: 1 })).items;
  expect(row).toMatchObject({ action: "customers.credit", before: null, after: { balance: 1_000, currency: "USD" } });
  expect((await olga().accounts.statement({ accountId: "nobody" })).items).toEqual([]);
});

it.each([
  [{ amount: dollars(0) }, "amount.amount"],
  [{ amount: dollars(1.5) }, "amount.amount"],
  [{ amount: dollars(1_000_001) }, "amount.amount"],
  [{ amount: { amount: 5, currency: "EUR" } }, "amount.currency"],
  [{ reason: " " }, "reason"],
])("%j is refused by its field", async (wrong, field) => {
  const refused = expect(olga().customers.credit({ customerId, amount: dollars(5), reason, ...wrong })).rejects;
  await refused.toMatchObject({ code: "BAD_REQUEST" });
  await refused.toSatisfy((error: unknown) => JSON.stringify(error).includes(field) || String(error).includes(field));
});

it("a guest gets none, and is told how to get one", async () => {
  const placed = await placeOrder(shop.context(), orderInput());
  await expect(
    olga().customers.credit({ customerId: `guest-${placed.orderId}`, amount: dollars(5), reason }),
  ).rejects.toMatchObject({ code: "CONFLICT", cause: { code: "GUEST_HAS_NO_ACCOUNT" } });
});
