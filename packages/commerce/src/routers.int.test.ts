import { readLog } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeOrder } from "./checkout/index.ts";
import { adminRouter } from "./routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "./testing/index.ts";
import type { TestShop } from "./testing/index.ts";

let shop: TestShop;
let orderId: string;
beforeAll(async () => {
  shop = await createTestShop();
  const gateway = createTestGateway();
  for (const token of ["tok_visa", "tok_chargeDeclined", "tok_visa"]) {
    const placed = await placeOrder(
      shop.context({ correlationId: `trace-${token}` }),
      orderInput({ payment: { method: "card", token } }),
    );
    orderId = placed.orderId;
  }
  await shop.settle(gateway);
});
afterAll(() => shop[Symbol.asyncDispose]());

const as = (role: SessionUser["role"]) =>
  createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, id: role, role } }));

describe("the history", () => {
  it("comes newest first, page by page, each event once", async () => {
    const log = await readLog(shop.database, 0, 1_000);
    const seen: number[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await as("viewer").events.list({ limit: 4, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map(({ position }) => position));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(log.map(({ position }) => position).toReversed());
  });

  it("is filtered by each of its fields", async () => {
    const all = (await as("viewer").events.list({ limit: 200, withData: true })).items;
    const of = async (filter: Parameters<ReturnType<typeof as>["events"]["list"]>[0]) =>
      (await as("viewer").events.list({ limit: 200, ...filter })).items.map(({ eventId }) => eventId);
    const ids = (matches: (entry: (typeof all)[number]) => boolean) =>
      all.filter(matches).map(({ eventId }) => eventId);
    expect(await of({ type: "OrderCancelled" })).toEqual(ids(({ type }) => type === "OrderCancelled"));
    expect(await of({ streamId: `order-${orderId}` })).toEqual(ids(({ streamId }) => streamId === `order-${orderId}`));
    expect(await of({ correlationId: "trace-tok_visa" })).toEqual(
      ids(({ metadata }) => metadata.correlationId === "trace-tok_visa"),
    );
    expect(await of({ actor: "saga:checkout" })).toEqual(ids(({ metadata }) => metadata.actor === "saga:checkout"));
    const middle = all[3]?.recordedAt ?? expect.fail();
    expect([...(await of({ from: middle })), ...(await of({ to: middle }))].length).toBe(all.length);
    expect(await of({ type: "Nothing" })).toEqual([]);
    expect(await of({ type: "OrderCancelled,OrderConfirmed" })).toEqual(
      ids(({ type }) => type === "OrderCancelled" || type === "OrderConfirmed"),
    );
    expect(await of({ payload: `orderId=${orderId}` })).toEqual(
      ids(({ data }) => (data as { orderId?: string }).orderId === orderId),
    );
    expect(await of({ payload: "total=none" })).toEqual([]);
  });

  it("is searched for a field of the payload in parts, and says from where to go on", async () => {
    await using far = await createTestShop();
    await far.database.query(sql`
      WITH old AS (
        INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata)
        SELECT 'far-' || n || ':1', 'far-' || n, 'far', 1, 'Far', 1, jsonb_build_object('n', n), '{}' FROM generate_series(1, 30000) n
        RETURNING event_id, stream_id, type, recorded_at)
      INSERT INTO event_log (position, event_id, stream_id, type, recorded_at)
      SELECT split_part(split_part(event_id, ':', 1), '-', 2)::int, event_id, stream_id, type, recorded_at FROM old`);
    const admin = createCallerFactory(adminRouter)(far.context({ user: { ...shopper, role: "viewer" } }));
    const first = await admin.events.list({ payload: "n=7" });
    expect(first).toEqual({ items: [], nextCursor: expect.any(String) });
    const second = await admin.events.list({ payload: "n=7", cursor: first.nextCursor ?? undefined });
    expect(second.items.map(({ position }) => position)).toEqual([7]);
    expect(second.nextCursor).toBeNull();
    expect((await admin.events.newer({ payload: "n=7", after: 0 })).count).toBe(0);
  });

  it("shows an old event as the latest version reads it, beside what was written", async () => {
    await shop.database.query(sql`
      INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata)
      VALUES ('order-old:1', 'order-old', 'order', 1, 'OrderCreated', 1, '{"orderId":"old","total":5}', '{}'),
             ('order-new:1', 'order-new', 'order', 1, 'OrderCreated', 9, '{}', '{}')`);
    const old = await as("viewer").events.byId({ eventId: "order-old:1" });
    expect(old).toMatchObject({
      schemaVersion: 1,
      data: { orderId: "old", total: 5 },
      latestVersion: 3,
      upcastData: { orderId: "old", total: 5, currency: "USD", lines: [] },
    });
    const future = await as("viewer").events.byId({ eventId: "order-new:1" });
    expect(future).toMatchObject({ upcastData: null, upcastError: expect.stringContaining("v9 is not known here") });
  });
});

describe("a stream", () => {
  it("has its state at every version, which is what its row came to", async () => {
    const streamId = `order-${orderId}`;
    const statuses = [];
    for (const version of [1, 2, 3, 4])
      statuses.push((await as("viewer").streams.stateAt({ streamId, version })).state);
    expect(statuses).toMatchObject([
      { status: "pending", payment: { status: "none" } },
      { payment: { status: "captured" }, stock: "none" },
      { stock: "reserved" },
      { status: "confirmed" },
    ]);
    expect(await as("viewer").streams.firstWhere({ streamId, where: "stock = 'reserved'" })).toMatchObject({
      step: { version: 3 },
    });
    expect(
      await as("viewer").streams.firstWhere({ streamId, where: "stock = 'reserved'", afterVersion: 3 }),
    ).toMatchObject({ step: { version: 4 } });
    await expect(as("viewer").streams.firstWhere({ streamId, where: "stock = (" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    await expect(as("viewer").streams.stateAt({ streamId: "nothing" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("the runs", () => {
  it("are listed by status, counted, and shown with their steps", async () => {
    const { items } = await as("viewer").sagas.list({ status: "compensated" });
    expect(items).toMatchObject([{ name: "checkout", failure: { step: "charge", code: "CARD_DECLINED" } }]);
    expect(await as("viewer").sagas.counts()).toMatchObject({
      byStatus: { completed: 2, compensated: 1, running: 0 },
      stuck: 0,
    });
    const run = await as("viewer").sagas.byId({ sagaId: `checkout:${orderId}` });
    expect(run.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      "createOrder completed",
      "charge completed",
      "reserveStock completed",
      "confirm completed",
    ]);
  });

  it("are paged by when they began, also those that began at one instant", async () => {
    await shop.database.query(sql`UPDATE sagas SET created_at = '2026-01-01'`);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await as("viewer").sagas.list({ limit: 1, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map(({ sagaId }) => sagaId));
      cursor = page.nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([3, 3]);
  });
});

describe("a projection", () => {
  it("is stepped, compared and shown at a version by a viewer, and mended by an operator", async () => {
    const streamId = `order-${orderId}`;
    const viewer = as("viewer").projections;
    const { steps } = await viewer.step({ name: "order_view", streamId });
    expect(steps.map(({ event, rows }) => [event.version, rows.length])).toEqual([1, 2, 3, 4].map((one) => [one, 1]));
    await shop.database.query(sql`UPDATE order_view SET total = 1 WHERE order_id = ${orderId}`);
    const parted = { key: { order_id: orderId }, stored: { total: 1 }, parts: [{ column: "total", version: 1 }] };
    for (const scope of [{ streamId }, { key: orderId }, { all: true }] as const)
      expect(await viewer.compare({ name: "order_view", ...scope })).toMatchObject({ agrees: false, rows: [parted] });
    const { models } = await viewer.at({ streamId, version: 1 });
    expect(models.map(({ projection, shared, rows }) => [projection, shared, rows.length])).toEqual([
      ["order_view", false, 1],
      ["sales_by_day", true, 1],
    ]);
    expect(models[0]?.rows[0]).toMatchObject({ past: { status: "pending" }, now: { status: "confirmed", total: 1 } });
    const mend = { streamId, reason: "a test" };
    await expect(viewer.rebuildStream({ name: "order_view", ...mend })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await as("operator").projections.rebuildStream({ name: "order_view", ...mend })).toMatchObject({ rows: 1 });
    expect(await viewer.compare({ name: "order_view", all: true })).toMatchObject({ agrees: true });
  });

  it.each([
    ["step", { name: "nothing", streamId: "x" }, "NOT_FOUND"],
    ["step", { name: "order_view", fromPosition: 2, toPosition: 1 }, "BAD_REQUEST"],
    ["compare", { name: "sales_by_day", key: "no day" }, "BAD_REQUEST"],
    ["compare", { name: "order_view", streamId: "nothing" }, "NOT_FOUND"],
    ["rebuildStream", { name: "sales_by_day", streamId: "order-x", reason: "a test" }, "UNPROCESSABLE_CONTENT"],
  ] as const)("%s of %j is refused: %s", async (procedure, input, code) => {
    const call = as("operator").projections[procedure] as (input: unknown) => Promise<unknown>;
    await expect(call(input)).rejects.toMatchObject({ code });
  });
});

it("a projection is paused and resumed by an operator, and a name that is none is refused", async () => {
  const status = async () => (await as("viewer").projections.list()).find(({ name }) => name === "order_view")?.status;
  await as("operator").projections.pause({ name: "order_view", reason: "a test" });
  expect(await status()).toBe("paused");
  await as("operator").projections.resume({ name: "order_view", reason: "a test" });
  expect(await status()).toBe("running");
  await expect(as("operator").projections.pause({ name: "nothing", reason: "a test" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
