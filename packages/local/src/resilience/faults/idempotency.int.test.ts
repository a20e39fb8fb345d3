import { placeOrder } from "@tillstream/commerce";
import { createTestShop, orderInput } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { databaseIdentity } from "@tillstream/db";
import { fingerprintOf, Refusal } from "@tillstream/eventing";
import { createLogger, createMemoryCache, createNamespacedCache, createRedisCache, sql } from "@tillstream/runtime";
import type { Cache } from "@tillstream/runtime";
import { refusalOf } from "@tillstream/trpc";
import { describe, expect, inject, it, vi } from "vitest";
import { startTcpProxy } from "./tcp-proxy.ts";

const redisUrl = inject("testRedisUrl");
const KEY = "the-key";
const ENTRY = `idempotency:checkout.placeOrder:${KEY}`;
const logger = createLogger("test", "silent");

interface CacheInState extends AsyncDisposable {
  readonly cache: Cache;
  /** Between two commands. */
  disturb?(): Promise<void>;
}

async function redis(url: string): Promise<Cache> {
  const cache = createRedisCache(url, logger);
  await vi.waitUntil(async () => (await cache.health()) === "ok");
  return cache;
}

const closing = (shop: TestShop, cache: Cache, ...more: AsyncDisposable[]): CacheInState => ({
  cache: createNamespacedCache(cache, () => databaseIdentity(shop.database)),
  async [Symbol.asyncDispose]() {
    await cache.close();
    for (const each of more) await each[Symbol.asyncDispose]();
  },
});

/** Each state that Redis may be in; all but the last two need a server. */
const STATES: Readonly<Record<string, { readonly needsRedis: boolean; open(shop: TestShop): Promise<CacheInState> }>> =
  {
    on: { needsRedis: true, open: async (shop) => closing(shop, await redis(redisUrl ?? "")) },
    "flushed mid-run": {
      needsRedis: true,
      async open(shop) {
        const state = closing(shop, await redis(redisUrl ?? ""));
        return { ...state, disturb: () => state.cache.delete(ENTRY) };
      },
    },
    "holding a stale entry": {
      needsRedis: true,
      async open(shop) {
        const state = closing(shop, await redis(redisUrl ?? ""));
        const stale = { fingerprint: fingerprintOf({ another: "input" }), response: { orderId: "of-another-time" } };
        await state.cache.set(ENTRY, JSON.stringify(stale), 60);
        return state;
      },
    },
    slow: {
      needsRedis: true,
      async open(shop) {
        const { hostname: host, port } = new URL(redisUrl ?? "");
        const proxy = await startTcpProxy({ host, port: Number(port) });
        const cache = await redis(`redis://127.0.0.1:${proxy.port}`);
        proxy.hold();
        return closing(shop, cache, proxy);
      },
    },
    off: { needsRedis: false, open: async (shop) => closing(shop, createRedisCache("redis://127.0.0.1:9", logger)) },
    absent: { needsRedis: false, open: async (shop) => closing(shop, createMemoryCache()) },
  };

const STATUS_OF: Readonly<Record<string, number>> = { conflict: 409, unprocessable: 422 };

interface Answer {
  readonly status: number;
  readonly orderId?: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** The command with the status that its procedure answers with; an error that is not a refusal is thrown. */
async function send(shop: TestShop, cache: Cache, quantity = 1): Promise<Answer> {
  const input = orderInput({ lines: [{ sku: "MUG", quantity }] });
  const answer = await placeOrder(shop.context({ cache, idempotencyKey: KEY }), input).catch((error: unknown) => {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return refusal;
  });
  if (!(answer instanceof Refusal)) return { status: 200, orderId: answer.orderId };
  return { status: STATUS_OF[answer.kind] ?? 0, retryAfterSeconds: answer.retryAfterSeconds };
}

const ordersIn = async (shop: TestShop) => (await shop.database.query(sql`SELECT FROM orders`)).length;

/** Says what every state of Redis must leave true. */
function commandsHappenOnce(open: (shop: TestShop) => Promise<CacheInState>): void {
  it("the same key and input give the same answer and one order", async () => {
    await using shop = await createTestShop();
    await using state = await open(shop);
    const first = await send(shop, state.cache);
    await state.disturb?.();
    const again = await send(shop, state.cache);
    expect(first.status).toBe(200);
    expect(again).toEqual(first);
    expect(await ordersIn(shop)).toBe(1);
  });

  it("idempotency key reused with another body: 422, and the first answer stands", async () => {
    await using shop = await createTestShop();
    await using state = await open(shop);
    const first = await send(shop, state.cache);
    await state.disturb?.();
    expect((await send(shop, state.cache, 2)).status).toBe(422);
    expect(await send(shop, state.cache)).toEqual(first);
    expect(await ordersIn(shop)).toBe(1);
  });

  it("duplicates in flight: every answer is the one order's or 409, and it is placed once", async () => {
    await using shop = await createTestShop();
    await using state = await open(shop);
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(shop, state.cache)));
    const placed = answers.filter(({ status }) => status === 200).map(({ orderId }) => orderId);
    expect(new Set(placed).size).toBe(1);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect(await ordersIn(shop)).toBe(1);
  });

  it("a duplicate while the first holds its key: 409 with a time to come back", async () => {
    await using shop = await createTestShop();
    await using state = await open(shop);
    await shop.database.transaction(async (tx) => {
      await tx.query(sql`
        INSERT INTO idempotency_keys (scope, key, fingerprint, status, expires_at)
        VALUES ('checkout.placeOrder', ${KEY}, 'whatever', 'in_progress', now() + interval '1 day')`);
      expect(await send(shop, state.cache)).toEqual({ status: 409, retryAfterSeconds: 1 });
    });
    expect(await ordersIn(shop)).toBe(0);
  });

  it("a crash before the answer: nothing is written, and the same key then places the order", async () => {
    await using shop = await createTestShop();
    await using state = await open(shop);
    await shop.database.query(sql`ALTER TABLE order_lines ADD CONSTRAINT crash CHECK (quantity = 0)`);
    await expect(send(shop, state.cache)).rejects.toThrow();
    expect(await ordersIn(shop)).toBe(0);
    await shop.database.query(sql`ALTER TABLE order_lines DROP CONSTRAINT crash`);
    await state.disturb?.();
    expect((await send(shop, state.cache)).status).toBe(200);
    expect(await ordersIn(shop)).toBe(1);
  });

  it("after its expiry a key is free for another command", async () => {
    await using shop = await createTestShop();
    await using state = await open(shop);
    await send(shop, state.cache);
    await shop.database.query(sql`UPDATE idempotency_keys SET expires_at = now() - interval '1 second'`);
    await state.cache.delete(ENTRY);
    const other = await send(shop, state.cache, 2);
    expect(other.status).toBe(200);
    expect(await ordersIn(shop)).toBe(2);
  });
}

for (const [state, { needsRedis, open }] of Object.entries(STATES)) {
  describe.skipIf(needsRedis && redisUrl === undefined)(`with Redis ${state}`, () => {
    commandsHappenOnce(open);
  });
}
