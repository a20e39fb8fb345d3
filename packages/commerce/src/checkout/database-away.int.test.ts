import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { createDb, prismaDatabase, prismaExecutor } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import { createHttpHandler, refusalOf } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { shopRouter } from "../routers.ts";
import { createTestShop, orderInput } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

/** An address where nobody listens. */
async function nowhere(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `postgresql://nobody:nothing@127.0.0.1:${port}/nowhere`;
}

it("while the database is away every procedure says so with a 503, and not where it should have been", async () => {
  const prisma = createDb({ url: await nowhere(), max: 2, applicationName: "test" });
  const services = { ...shop.services, prisma, db: prismaDatabase(prisma) };
  const handle = createHttpHandler({ router: shopRouter, services, sessionOf: async () => null });
  const headers = { "content-type": "application/json", "idempotency-key": "k" };
  const requests = [
    new Request("http://shop.test/api/trpc/checkout.placeOrder", {
      method: "POST",
      headers,
      body: JSON.stringify(orderInput()),
    }),
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
  await prisma.$disconnect();
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

it("what Prisma says of a lock that was not to be had means that an earlier command still runs", async () => {
  await shop.database.query(sql`
    INSERT INTO idempotency_keys (scope, key, fingerprint, status, expires_at) VALUES ('s', 'k', 'f', 'in_progress', now())`);
  const running = Promise.withResolvers<void>();
  const holding = Promise.withResolvers<void>();
  const holder = shop.database.transaction(async (tx) => {
    await tx.query(sql`SELECT FROM idempotency_keys WHERE key = 'k' FOR UPDATE`);
    holding.resolve();
    await running.promise;
  });
  await holding.promise;
  const error: unknown = await shop.services.prisma
    .$transaction(async (tx) => {
      const executor = prismaExecutor(tx);
      await executor.query(sql`SELECT set_config('lock_timeout', '20ms', true)`);
      await executor.query(sql`SELECT FROM idempotency_keys WHERE key = 'k' FOR UPDATE`);
    })
    .catch((caught: unknown) => caught);
  expect(refusalOf(error)).toMatchObject({
    kind: "conflict",
    code: "IDEMPOTENCY_KEY_IN_PROGRESS",
    retryAfterSeconds: 1,
  });
  running.resolve();
  await holder;
});
