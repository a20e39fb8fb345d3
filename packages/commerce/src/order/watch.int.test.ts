import type { ChangeNotice } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import type { ChangeFeed } from "@tillstream/eventing";
import type { SessionUser } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { watchAll } from "./watch-all.ts";
import { watchOrders } from "./watch.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

/** A change feed whose notices the test sends. */
function testFeed(): ChangeFeed & {
  readonly listeners: Set<(notice: ChangeNotice) => void>;
  announce(keys: string[]): void;
} {
  const listeners = new Set<(notice: ChangeNotice) => void>();
  return {
    listeners,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce: (keys) => listeners.forEach((listener) => listener({ projection: "order_view", keys })),
  };
}

async function placeFor(user: SessionUser | null): Promise<{ orderId: string; accessToken: string }> {
  const answer = await placeOrder(shop.context({ user }), orderInput());
  return { orderId: answer.orderId, accessToken: answer.accessToken };
}

const placed = async (): Promise<string> => (await placeFor(shopper)).orderId;

const NEVER_MS = 600_000;

function watch(orderId: string, changes: ChangeFeed, { afterVersion = -1, pollMs = NEVER_MS } = {}) {
  const stop = new AbortController();
  return {
    stop,
    pages: watchOrders({
      db: shop.database,
      changes,
      seen: new Map([[orderId, afterVersion]]),
      signal: stop.signal,
      pollMs,
    }),
  };
}

it("the order is shown at once, again when a notice tells of it, and the end leaves nobody listening", async () => {
  const orderId = await placed();
  const feed = testFeed();
  const { pages, stop } = watch(orderId, feed);
  expect((await pages.next()).value).toMatchObject({ orderId, version: 0, status: "pending" });
  const next = pages.next();
  await shop.settle(createTestGateway());
  feed.announce(["another order"]);
  feed.announce([orderId]);
  expect((await next).value).toMatchObject({ orderId, version: 4, status: "confirmed" });
  const last = pages.next();
  stop.abort();
  expect(await last).toEqual({ done: true, value: undefined });
  expect(feed.listeners.size).toBe(0);
});

it("with every notice lost the poll still finds the change", async () => {
  const orderId = await placed();
  const { pages, stop } = watch(orderId, testFeed(), { pollMs: 5 });
  await pages.next();
  const settled = shop.settle(createTestGateway());
  for await (const page of pages) if (page.status === "confirmed") break;
  await settled;
  stop.abort();
});

it("who comes back sees only what is newer than what was seen", async () => {
  const orderId = await placed();
  await shop.settle(createTestGateway());
  const again = watch(orderId, testFeed(), { afterVersion: 3 });
  expect((await again.pages.next()).value).toMatchObject({ version: 4 });
  again.stop.abort();
  const feed = testFeed();
  const upToDate = watch(orderId, feed, { afterVersion: 4 });
  const nothing = upToDate.pages.next();
  feed.announce([orderId]);
  upToDate.stop.abort();
  expect(await nothing).toEqual({ done: true, value: undefined });
});

it("an order that rests is asked for once a minute, one beside it that is under way all the time", async () => {
  const resting = await placed();
  await shop.settle(createTestGateway());
  const moving = await placed();
  const asked = new Map<string, number>();
  const db: SqlExecutor = {
    query(statement) {
      const orderId = [resting, moving].find((id) => JSON.stringify(statement.values).includes(id)) ?? "";
      asked.set(orderId, (asked.get(orderId) ?? 0) + 1);
      return shop.database.query(statement);
    },
  };
  const stop = new AbortController();
  const seen = new Map([resting, moving].map((orderId) => [orderId, -1]));
  const pages = watchOrders({
    db,
    changes: testFeed(),
    seen,
    signal: stop.signal,
    pollMs: 1,
    restingPollMs: NEVER_MS,
  });
  await pages.next();
  await pages.next();
  const further = pages.next();
  await expect.poll(() => asked.get(moving)).toBeGreaterThan(20);
  expect(asked.get(resting)).toBe(1);
  stop.abort();
  await further;
});

it("several orders come over one stream, each from what was seen of it, and one that is refused breaks no other", async () => {
  const before = await placeFor(null);
  await shop.settle(createTestGateway());
  const [known, missed] = [await placeFor(null), await placeFor(null)];
  const feed = testFeed();
  const stop = new AbortController();
  const news = watchAll(
    { ...shop.context({ user: null }), changes: feed },
    [
      { ...before, afterVersion: 4 },
      { ...known, afterVersion: 0 },
      { ...missed, accessToken: known.accessToken },
      { ...before, accessToken: known.accessToken },
    ],
    stop.signal,
  );
  expect((await news.next()).value).toEqual({ orderId: missed.orderId, page: null, refused: "ORDER_NOT_FOUND" });
  const settled = shop.settle(createTestGateway()).then(() => {
    for (const { orderId } of [before, missed, known]) feed.announce([orderId]);
  });
  for await (const { orderId, page, refused } of news) {
    expect([orderId, refused]).toEqual([known.orderId, null]);
    if (page?.status === "confirmed") break;
  }
  await settled;
  stop.abort();
  expect(feed.listeners.size).toBe(0);
});

it("the orders of one browser are read in one question", async () => {
  const orderIds = [await placed(), await placed(), await placed()];
  await shop.settle(createTestGateway());
  let questions = 0;
  const db: SqlExecutor = {
    query(statement) {
      questions += 1;
      return shop.database.query(statement);
    },
  };
  const stop = new AbortController();
  const seen = new Map(orderIds.map((orderId) => [orderId, -1]));
  const pages = watchOrders({ db, changes: testFeed(), seen, signal: stop.signal, pollMs: NEVER_MS });
  for (const orderId of orderIds) expect((await pages.next()).value).toMatchObject({ orderId, status: "confirmed" });
  expect(questions).toBe(1);
  stop.abort();
  await pages.next();
});
