import { appendEvents } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { adminRouter } from "./routers.ts";
import { createTestShop, shopper } from "./testing/index.ts";
import type { TestShop } from "./testing/index.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

const viewer = () => createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } }));
const metadata = { correlationId: "c", causationId: "c", actor: "system" };
const append = (type: string, streamId: string, schemaVersion: number) =>
  appendEvents(shop.database, {
    streamId,
    streamType: "order",
    expectedVersion: "new",
    events: [{ type, schemaVersion, data: { orderId: streamId, total: 1 } }],
    metadata,
  });
const orderCreated = async () => (await viewer().schemas.versionShare()).find(({ type }) => type === "OrderCreated");

it("lists each version with its schema, what changed and what the upcaster fills in", async () => {
  const listed = (await viewer().schemas.list()).find(({ type }) => type === "OrderCreated");
  expect(listed).toMatchObject({
    latestVersion: 3,
    versions: [
      { version: 1, upcaster: null, changes: [], schema: { properties: { orderId: { type: "string" } } } },
      { version: 2, upcaster: "OrderCreated v1 to v2", addedDefaults: { currency: "USD" } },
      { version: 3, upcaster: "OrderCreated v2 to v3", addedDefaults: { price: null } },
    ],
  });
  expect(listed?.versions[1]?.changes).toContainEqual({ field: "currency", change: "added" });
});

it("says of every version how much of the history it is, and whether it can be dropped and why", async () => {
  expect((await orderCreated())?.versions).toMatchObject([
    { schemaVersion: 1, count: 0, lastSeen: null, drop: { safe: true } },
    { schemaVersion: 2, count: 0, drop: { safe: true } },
    { schemaVersion: 3, count: 0, drop: { safe: false, reason: "v3 is the version that is written." } },
  ]);
  await append("OrderCreated", "order-1", 1);
  for (const streamId of ["order-2", "order-3", "order-4"]) await append("OrderCreated", streamId, 3);
  expect((await orderCreated())?.versions).toMatchObject([
    {
      schemaVersion: 1,
      count: 1,
      share: 0.25,
      countLastDay: 1,
      shareLastDay: 0.25,
      lastSeen: expect.any(String),
      drop: { safe: false },
    },
    { schemaVersion: 2, count: 0 },
    { schemaVersion: 3, count: 3, share: 0.75 },
  ]);
});

it("shows what is stored and cannot be read: a version newer than this code, a type that nobody defines", async () => {
  await append("OrderCreated", "order-5", 4);
  await append("Unheard", "order-6", 1);
  expect((await orderCreated())?.versions[3]).toMatchObject({ schemaVersion: 4, known: false, count: 1, drop: null });
  const unheard = (await viewer().schemas.versionShare()).find(({ type }) => type === "Unheard");
  expect(unheard).toMatchObject({ latestVersion: 0, versions: [{ known: false, count: 1 }] });
  expect(await shop.database.query(sql`SELECT FROM event_versions`)).toEqual([]); // nobody has followed: all of it was counted when asked
});
