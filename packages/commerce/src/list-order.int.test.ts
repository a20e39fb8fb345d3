/** The lists by time, page by page, from either end. */
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeOrder } from "./checkout/index.ts";
import { adminRouter } from "./routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "./testing/index.ts";
import type { TestShop } from "./testing/index.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  for (let order = 0; order < 5; order++) await placeOrder(shop.context(), orderInput());
  await shop.settle(createTestGateway());
  // Of one instant, so that only their ids tell them apart.
  await shop.database.query(
    sql`UPDATE sagas SET created_at = '2026-01-01' WHERE saga_id > (SELECT min(saga_id) FROM sagas)`,
  );
  await shop.database.query(sql`
    UPDATE order_view SET placed_at = '2026-01-01' WHERE order_id > (SELECT min(order_id) FROM order_view)`);
  await shop.database.query(sql`
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, attempts)
    SELECT 'analytics', event_id, type, stream_id, 1, 'it broke', 5 FROM events WHERE version = 1`);
  for (let pause = 0; pause < 5; pause++) await admin().projections.pause({ name: "order_view", reason: "a test" });
});
afterAll(() => shop[Symbol.asyncDispose]());

const admin = () => createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "admin" } }));

interface Page {
  readonly cursor?: string;
  readonly limit: number;
  readonly order: "newest" | "oldest";
}
interface Answer<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

const lists = {
  "events.list": (page: Page) => admin().events.list(page),
  "events.list of a payload": (page: Page) => admin().events.list({ ...page, payload: "currency=USD" }),
  "orders.list": (page: Page) => admin().orders.list(page),
  "orders.list of a status": (page: Page) => admin().orders.list({ ...page, status: "confirmed" }),
  "sagas.list": (page: Page) => admin().sagas.list(page),
  "deadLetters.list": (page: Page) => admin().deadLetters.list(page),
  "audit.list": (page: Page) => admin().audit.list(page),
} satisfies Record<string, (page: Page) => Promise<Answer<unknown>>>;

async function pagesOf(list: (page: Page) => Promise<Answer<unknown>>, order: Page["order"]): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await list({ order, limit: 2, ...(cursor !== undefined && { cursor }) });
    expect(page.items.length).toBeLessThanOrEqual(2);
    seen.push(...page.items);
    cursor = page.nextCursor;
  }
  return seen;
}

it.each(Object.entries(lists))(
  "%s has each row once from either end, one the reverse of the other",
  async (_, list) => {
    const newest = await pagesOf(list, "newest");
    expect(newest.length).toBeGreaterThanOrEqual(5);
    expect(new Set(newest.map((row) => JSON.stringify(row))).size).toBe(newest.length);
    expect(await pagesOf(list, "oldest")).toEqual(newest.toReversed());
    expect((await list({ order: "newest", limit: 100 })).items).toEqual(newest);
  },
);

it("orders say who ordered as long as that is kept, and runs and the audit name orders by their numbers and customers by name", async () => {
  const { items } = await admin().orders.list({});
  const [first = expect.fail("no order")] = items;
  const { email, shippingAddress } = orderInput();
  const customer = { name: shippingAddress.name, email };
  expect(items.map((order) => order.customer)).toEqual(items.map(() => customer));
  await shop.database.query(
    sql`UPDATE orders SET email = NULL, shipping_address = '{}' WHERE id = ${items[1]?.orderId ?? ""}`,
  );
  expect((await admin().orders.list({})).items.map((order) => order.customer)).toContain(null);
  await admin().orders.flagAttention({ orderId: first.orderId, reason: "a look at it" });
  const [change] = (await admin().audit.list({ subject: first.orderId })).items;
  expect(change).toMatchObject({ subject: first.orderId, subjectName: first.number });
  const recorded = sql`INSERT INTO audit (actor, action, subject, reason, correlation_id) VALUES ('system', 'customers.erase', 'ida-1', 'asked', 'c')`;
  await shop.database.query(sql`INSERT INTO customers (id, email, name) VALUES ('ida-1', 'ida@example.com', 'Ida')`);
  await shop.database.query(recorded);
  const ofIda = async () => (await admin().audit.list({ subject: "ida-1" })).items[0]?.subjectName;
  expect(await ofIda()).toBe("Ida");
  await shop.database.query(sql`DELETE FROM customers WHERE id = 'ida-1'`);
  expect(await ofIda()).toBeNull();
  expect((await admin().audit.list({ subject: "order_view" })).items[0]).toMatchObject({ subjectName: null });
  const runs = (await admin().sagas.list({ subject: first.orderId })).items;
  expect(runs).toMatchObject([{ subjectName: first.number }]);
});

it("a search through payloads from the oldest event on goes on where a page's part of the log ends", async () => {
  await using far = await createTestShop();
  await far.database.query(sql`
    WITH old AS (
      INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata)
      SELECT 'far-' || n || ':1', 'far-' || n, 'far', 1, 'Far', 1, jsonb_build_object('n', n), '{}' FROM generate_series(1, 30000) n
      RETURNING event_id, stream_id, type, recorded_at)
    INSERT INTO event_log (position, event_id, stream_id, type, recorded_at)
    SELECT split_part(split_part(event_id, ':', 1), '-', 2)::int, event_id, stream_id, type, recorded_at FROM old`);
  const { events } = createCallerFactory(adminRouter)(far.context({ user: { ...shopper, role: "viewer" } }));
  const first = await events.list({ payload: "n=20001", order: "oldest" });
  expect(first).toEqual({ items: [], nextCursor: expect.any(String) });
  const second = await events.list({ payload: "n=20001", order: "oldest", cursor: first.nextCursor ?? undefined });
  expect([second.items.map(({ position }) => position), second.nextCursor]).toEqual([[20_001], null]);
});
