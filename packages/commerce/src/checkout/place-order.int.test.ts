import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { expect, it } from "vitest";
import { shopRouter } from "../routers.ts";
import { createTestShop, orderInput, SKUS } from "../testing/index.ts";
import { placeOrder } from "./place-order.ts";

async function counts(db: Database): Promise<Record<string, number>> {
  const rows = await db.query<Record<string, number>>(sql`
    SELECT (SELECT count(*)::int FROM orders) AS orders, (SELECT count(*)::int FROM order_lines) AS lines,
           (SELECT count(*)::int FROM events WHERE type = 'OrderCreated') AS events, (SELECT count(*)::int FROM outbox_events) AS outbox,
           (SELECT count(*)::int FROM idempotency_keys) AS keys`);
  return rows[0] ?? {};
}

const NOTHING = { orders: 0, lines: 0, events: 0, outbox: 0, keys: 0 };
const ONE = { orders: 1, lines: 1, events: 1, outbox: 1, keys: 1 };

it("writes order, lines, event, outbox row and idempotency record together, with the server's prices", async () => {
  await using shop = await createTestShop();
  const placed = await placeOrder(
    shop.context(),
    orderInput({
      lines: [
        { sku: SKUS.mug, quantity: 1 },
        { sku: SKUS.mug, quantity: 1 },
      ],
    }),
  );
  expect(placed).toMatchObject({ status: "pending", total: { amount: 2_400, currency: "USD" } });
  expect(await counts(shop.database)).toEqual(ONE);
  const [event] = await shop.database.query<{ data: unknown; schema_version: number }>(
    sql`SELECT data, schema_version FROM events`,
  );
  expect(event).toMatchObject({
    schema_version: 3,
    data: { total: 2_400, currency: "USD", lines: [{ sku: "MUG", quantity: 2, unitPrice: 1_200 }] },
  });
  expect(JSON.stringify(event)).not.toContain("example.com");
});

it("of a card, brand and last four digits are told to who may see the order, and no event has them", async () => {
  await using shop = await createTestShop();
  const card = { brand: "Visa", lastFour: "4242" } as const;
  const payment = { method: "card", token: "tok_visa", card } as const;
  const { orderId, accessToken } = await placeOrder(shop.context(), orderInput({ payment }));
  const { orders } = createCallerFactory(shopRouter)(shop.context());
  expect(await orders.aftercare({ orderId, accessToken })).toMatchObject({ paidWith: "card", card });
  expect(JSON.stringify(await shop.database.query(sql`SELECT data, metadata FROM events`))).not.toContain("lastFour");
});

it("one of the writes failing leaves none of them", async () => {
  await using shop = await createTestShop();
  await shop.database.query(sql`ALTER TABLE outbox_events ADD CONSTRAINT broken CHECK (event_type <> 'OrderCreated')`);
  await expect(placeOrder(shop.context(), orderInput())).rejects.toThrow();
  expect(await counts(shop.database)).toEqual(NOTHING);
});

it("the same request ten times at once, and again later, is one order with one answer", async () => {
  await using shop = await createTestShop();
  const idempotencyKey = "k1";
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => placeOrder(shop.context({ idempotencyKey }), orderInput())),
  );
  answers.push(await placeOrder(shop.context({ idempotencyKey }), orderInput()));
  expect(
    new Set(answers.map((answer) => JSON.stringify(answer, ["orderId", "accessToken", "status", "total", "amount"])))
      .size,
  ).toBe(1);
  expect(await counts(shop.database)).toEqual(ONE);
});

it("the same key with another input is refused", async () => {
  await using shop = await createTestShop();
  const idempotencyKey = "k1";
  await placeOrder(shop.context({ idempotencyKey }), orderInput());
  const other = placeOrder(shop.context({ idempotencyKey }), orderInput({ email: "other@example.com" }));
  await expect(other).rejects.toMatchObject({ kind: "unprocessable", code: "IDEMPOTENCY_KEY_REUSED" });
  expect(await counts(shop.database)).toEqual(ONE);
});

it("the answer is the same without the cache, and whatever somebody planted in it", async () => {
  await using shop = await createTestShop();
  const idempotencyKey = "k1";
  const first = await placeOrder(shop.context({ idempotencyKey }), orderInput());
  const nowhere = { ...shop.services.cache, get: async () => undefined };
  const planted = {
    ...shop.services.cache,
    get: async () => JSON.stringify({ fingerprint: "another", response: "planted" }),
  };
  for (const cache of [nowhere, planted]) {
    expect(await placeOrder(shop.context({ idempotencyKey, cache }), orderInput())).toEqual(first);
  }
  expect(await counts(shop.database)).toEqual(ONE);
});

it("an expired key may be used again", async () => {
  await using shop = await createTestShop();
  const idempotencyKey = "k1";
  const cache = { ...shop.services.cache, get: async () => undefined };
  const first = await placeOrder(shop.context({ idempotencyKey, cache }), orderInput());
  await shop.database.query(sql`UPDATE idempotency_keys SET expires_at = now() - interval '1 second'`);
  const second = await placeOrder(shop.context({ idempotencyKey, cache }), orderInput({ email: "other@example.com" }));
  expect(second).not.toEqual(first);
  expect((await counts(shop.database)).orders).toBe(2);
});

it("an item that was withdrawn does not change the answer to a request that was carried out", async () => {
  await using shop = await createTestShop();
  const cache = { ...shop.services.cache, get: async () => undefined };
  const first = await placeOrder(shop.context({ idempotencyKey: "k1", cache }), orderInput());
  await shop.database.query(sql`UPDATE product_variants SET sku = 'GONE' WHERE sku = 'LAMP'`).catch(() => undefined);
  await shop.database.query(sql`DELETE FROM stock WHERE sku = 'MUG'`);
  await shop.database.query(sql`DELETE FROM product_variants WHERE sku = 'MUG'`);
  expect(await placeOrder(shop.context({ idempotencyKey: "k1", cache }), orderInput())).toEqual(first);
  await expect(placeOrder(shop.context({ idempotencyKey: "k2", cache }), orderInput())).rejects.toMatchObject({
    code: "UNKNOWN_SKU",
  });
});

it("a total that is not what the shopper saw is not ordered", async () => {
  await using shop = await createTestShop();
  const changed = placeOrder(shop.context(), orderInput({ expectedTotal: { amount: 1, currency: "USD" } }));
  await expect(changed).rejects.toMatchObject({
    code: "PRICE_CHANGED",
    fields: [
      { field: "expectedTotal.amount", rule: "= 2400", message: expect.stringContaining("is now $24.00, not $0.01.") },
    ],
  });
  expect(await counts(shop.database)).toEqual(NOTHING);
});
