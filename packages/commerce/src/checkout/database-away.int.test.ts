import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { createDatabase } from "@tillstream/db";
import { raw, sql } from "@tillstream/runtime";
import { createHttpHandler } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { shopRouter } from "../routers.ts";
import { createTestShop, orderInput } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

function placing(key: string): Request {
  const headers = { "content-type": "application/json", "idempotency-key": key };
  return new Request("http://shop.test/api/trpc/checkout.placeOrder", {
    method: "POST",
    headers,
    body: JSON.stringify(orderInput()),
  });
}

/** An address at which no server listens. */
async function nowhere(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `postgresql://nobody:nothing@127.0.0.1:${port}/nowhere`;
}

it("while the database is away every procedure says so with a 503, and not where it should have been", async () => {
  const db = createDatabase({ url: await nowhere(), max: 2, applicationName: "test" });
  const services = { ...shop.services, db };
  const handle = createHttpHandler({ router: shopRouter, services, sessionOf: async () => null });
  const requests = [
    placing("k"),
    new Request("http://shop.test/api/trpc/catalogue.list"),
    new Request(`http://shop.test/api/trpc/catalogue.bySlug?input=${encodeURIComponent('{"slug":"mug"}')}`),
  ];
  for (const request of requests) {
    const response = await handle(request);
    const text = await response.text();
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(JSON.parse(text)).toMatchObject({
      error: { data: { code: "SERVICE_UNAVAILABLE", reason: "DATABASE_UNAVAILABLE" } },
    });
    expect(text).not.toMatch(/127\.0\.0\.1|nobody|prisma/i);
  }
  await db.close();
});

it("the same request succeeds when the database is back, by itself", async () => {
  const handle = createHttpHandler({ router: shopRouter, services: shop.services, sessionOf: async () => null });
  const list = async () => (await handle(new Request("http://shop.test/api/trpc/catalogue.list"))).status;
  expect(await list()).toBe(200);
  await shop.database.query(sql`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'tillstream_app'`);
  const statuses = [await list(), await list(), await list()];
  expect(statuses.at(-1)).toBe(200);
  expect(statuses.every((status) => status === 200 || status === 503)).toBe(true);
});

/** Holds the lock while `work` runs. */
async function locked<Result>(table: string, work: () => Promise<Result>): Promise<Result> {
  return shop.database.transaction(async (tx) => {
    await tx.query(sql`LOCK TABLE ${raw(table)} IN ACCESS EXCLUSIVE MODE`);
    return work();
  });
}

it.each([
  ["a read", "stock", () => new Request("http://shop.test/api/trpc/catalogue.list")],
  ["an order", "orders", () => placing("locked")],
])(
  "%s that waits too long for a table is told that the database is busy, and when to ask again",
  async (_, table, ask) => {
    const handle = createHttpHandler({ router: shopRouter, services: shop.services, sessionOf: async () => null });
    const response = await locked(table, () => handle(ask()));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await response.json()).toMatchObject({ error: { data: { reason: "DATABASE_BUSY" } } });
    expect((await handle(ask())).status).toBe(200);
  },
);

it("an order that waits for the first attempt of its own key is told that it still runs", async () => {
  const handle = createHttpHandler({ router: shopRouter, services: shop.services, sessionOf: async () => null });
  await shop.database.transaction(async (tx) => {
    await tx.query(sql`
      INSERT INTO idempotency_keys (scope, key, fingerprint, status, expires_at)
      VALUES ('checkout.placeOrder', 'running', 'f', 'in_progress', now() + interval '1 day')`);
    const response = await handle(placing("running"));
    expect([response.status, response.headers.get("retry-after")]).toEqual([409, "1"]);
    expect(await response.json()).toMatchObject({ error: { data: { reason: "IDEMPOTENCY_KEY_IN_PROGRESS" } } });
  });
});
