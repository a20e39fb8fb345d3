/** Every change that a person makes at the console is in the audit, whole: each mutation of the admin router, from its own list. */
import { recordAudit } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import type { Context, SessionUser } from "@tillstream/trpc";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { placeOrder } from "./checkout/index.ts";
import { referTo } from "./order/index.ts";
import { adminRouter, shopRouter } from "./routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper, SKUS } from "./testing/index.ts";
import type { TestShop } from "./testing/index.ts";
import { proceduresOf } from "./testing/procedures.ts";

/** May do everything. */
const omar: SessionUser = { id: "omar", email: "omar@example.com", name: "Omar", role: "admin" };
const reason = "because it must be";

type Input = Record<string, unknown>;
type Call = (input: Input) => Promise<unknown>;

let shop: TestShop;
const gateway = createTestGateway();
beforeAll(async () => {
  shop = await createTestShop();
  await shop.database.query(sql`
    INSERT INTO auth_users (id, name, email, role) VALUES (${omar.id}, ${omar.name}, ${omar.email}, 'admin')`);
  await shop.settle(gateway); // registers every projection and consumer
  vi.stubEnv("TILLSTREAM_LOCAL", "true"); // where faults can be switched on
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await shop[Symbol.asyncDispose]();
});

const callerOf = (overrides: Partial<Context> = {}) =>
  createCallerFactory(adminRouter)(shop.context({ user: omar, ...overrides }));

const call = (path: string, input: Input, overrides?: Partial<Context>): Promise<unknown> => {
  const [group = "", name = ""] = path.split(".");
  const caller = callerOf(overrides) as unknown as Record<string, Record<string, Call>>;
  return caller[group]?.[name]?.(input) ?? expect.fail(`there is no ${path}`);
};

const rows = async () => (await callerOf().audit.list({ limit: 200 })).items;

/** A confirmed order, which has left on its way with `shipped`. */
async function anOrder({ shipped = false } = {}): Promise<string> {
  const placed = await placeOrder(shop.context(), orderInput());
  await shop.settle(gateway);
  if (shipped) await shop.ship(gateway);
  return placed.orderId;
}

async function idFrom(statement: ReturnType<typeof sql>): Promise<string> {
  const [row] = await shop.database.query<{ id: number }>(statement);
  return String(row?.id);
}

const aLetter = async () =>
  idFrom(sql`
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, attempts)
    SELECT 'analytics', event_id, type, stream_id, 1, 'it broke', 5 FROM events WHERE stream_id = ${`order-${await anOrder()}`} AND version = 1
    RETURNING id`);

/** Of a checkout that is halted at its last step. */
async function aRun(status: string, stepStatus: string): Promise<string> {
  const orderId = await anOrder();
  const sagaId = `checkout:${orderId}`;
  await shop.database.query(sql`UPDATE orders SET status = 'pending' WHERE id = ${orderId}`);
  await shop.database.query(sql`UPDATE sagas SET status = ${status}, point_of_no_return = 9 WHERE saga_id = ${sagaId}`);
  await shop.database.query(sql`
    UPDATE saga_steps SET status = ${stepStatus} WHERE saga_id = ${sagaId} AND step = 'confirm'`);
  return sagaId;
}

async function aWorker(): Promise<string> {
  const id = `worker-${shop.services.ids.next()}`;
  await shop.database.query(sql`
    INSERT INTO workers (id, version, host, pid, runs) VALUES (${id}, '1', 'here', 1, '{relay}')`);
  return id;
}

interface Case {
  readonly input: Input;
  readonly subject: string;
  /** Where it is not the person's own. */
  readonly reason?: string;
}

const named = async (name: string): Promise<Case> => ({ input: { name, reason }, subject: name });
const on = (key: string, subject: string, more: Input = { reason }): Case => ({
  input: { [key]: subject, ...more },
  subject,
});

const aBowl = (name: string) => ({
  variant: { sku: name.toUpperCase(), name, price: { amount: 4_000, currency: "USD" }, image: "" },
  texts: { name: "Bowl", category: "things", summary: "A bowl.", description: "Of oak.", details: [] },
});

/** Of a shipped order: a mug is announced to come back. */
async function aReturn(): Promise<{ readonly orderId: string; readonly returnId: string }> {
  const orderId = await anOrder({ shipped: true });
  const lines = [{ sku: SKUS.mug, quantity: 1, reason: "OTHER" as const }];
  const access = { orderId, accessToken: referTo(shop.services, orderId).accessToken };
  const { returnId } = await createCallerFactory(shopRouter)(shop.context()).orders.requestReturn({
    ...access,
    lines,
    to: "card",
  });
  return { orderId, returnId };
}

/** For each mutation something that it changes. */
const CASES: Readonly<Record<string, () => Promise<Case>>> = {
  "alerts.giveBack": async () => {
    const id = await idFrom(sql`
      INSERT INTO projection_alerts (projection, status, threshold_seconds, peak_lag_seconds, pending_at, acknowledged_by, acknowledged_at)
      VALUES (${shop.services.ids.next()}, 'pending', 5, 9, now(), ${`user:${omar.id}`}, now()) RETURNING id`);
    return { input: { id: Number(id), reason }, subject: `alert ${id}` };
  },
  "alerts.acknowledge": async () => {
    const id = await idFrom(sql`
      INSERT INTO projection_alerts (projection, status, threshold_seconds, peak_lag_seconds, pending_at)
      VALUES (${shop.services.ids.next()}, 'pending', 5, 9, now()) RETURNING id`);
    return { input: { id: Number(id), reason }, subject: `alert ${id}` };
  },
  "projections.rebuild": () => named("order_view"),
  "projections.rebuildStream": async () => {
    const orderId = await anOrder();
    await shop.settle(gateway);
    await shop.database.query(sql`UPDATE order_view SET total = total + 1 WHERE order_id = ${orderId}`);
    const streamId = `order-${orderId}`;
    return { input: { name: "order_view", streamId, reason }, subject: `order_view of ${streamId}` };
  },
  "projections.pause": () => named("order_view"),
  "projections.resume": async () => {
    await shop.database.query(
      sql`UPDATE projection_checkpoints SET status = 'paused' WHERE projection = 'sales_by_day'`,
    );
    return named("sales_by_day");
  },
  "consumers.pause": () => named("shipping"),
  "consumers.resume": async () => {
    await shop.database.query(sql`UPDATE consumer_checkpoints SET status = 'paused' WHERE consumer = 'mail'`);
    return named("mail");
  },
  "workers.drain": async () => on("worker", await aWorker(), { reason, last: true }),
  "workers.resume": async () => {
    const worker = await aWorker();
    await shop.database.query(sql`
      UPDATE workers SET drained_by = 'Ona', drain_reason = 'a new disk', drain_asked_at = now() WHERE id = ${worker}`);
    return on("worker", worker);
  },
  "sagas.retryStep": async () => on("sagaId", await aRun("failed", "failed")),
  "sagas.retryHalted": async () => {
    await aRun("failed", "failed");
    const kind = { name: "checkout", step: "confirm", kind: "action", code: "" };
    return { input: { ...kind, reason }, subject: "checkout confirm" };
  },
  "sagas.fork": async () => on("sagaId", await aRun("failed", "failed"), { fromStep: "confirm", reason }),
  "sagas.forkHalted": async () => {
    await aRun("failed", "failed");
    const kind = { name: "checkout", step: "confirm", kind: "action", code: "" };
    return { input: { ...kind, reason }, subject: "checkout confirm" };
  },
  "sagas.compensate": async () => on("sagaId", await aRun("running", "running")),
  "sagas.resolve": async () => on("sagaId", await aRun("failed", "failed")),
  "deadLetters.retry": async () => on("id", await aLetter()),
  "deadLetters.stopRetry": async () =>
    on(
      "retryId",
      await idFrom(sql`
        INSERT INTO dead_letter_retries (actor, reason, per_second, stop_on_failure) VALUES ('user:x', 'x', 1, true) RETURNING id`),
    ),
  "deadLetters.discard": async () => on("id", await aLetter()),
  "deadLetters.editAndRetry": async () => {
    const id = await aLetter();
    const [event] = await shop.database.query<{ data: unknown }>(sql`
      SELECT data FROM events JOIN dead_letters USING (event_id) WHERE dead_letters.id = ${Number(id)}`);
    return on("id", id, { reason, data: event?.data });
  },
  "payments.accept": async () =>
    on(
      "findingId",
      await idFrom(sql`
        INSERT INTO reconciliation_findings (kind, subject, amount, currency, status, detail)
        VALUES ('refund_unknown_here', ${shop.services.ids.next()}, 5, 'USD', 'attention', '') RETURNING id`),
    ),
  "payments.reconcile": async () => ({ input: { reason }, subject: "reconciliation" }),
  "orders.flagAttention": async () => on("orderId", await anOrder()),
  "orders.resolveAttention": async () => {
    const orderId = await anOrder();
    await callerOf().orders.flagAttention({ orderId, reason: "look at it" });
    return on("orderId", orderId, { note: reason });
  },
  "orders.cancel": async () => on("orderId", await anOrder()),
  "orders.correctAddress": async () =>
    on("orderId", await anOrder(), { shippingAddress: { ...orderInput().shippingAddress, city: "Elsewhere" }, reason }),
  "orders.addNote": async () => ({
    ...on("orderId", await anOrder(), { text: "Ines of 1 Street called" }),
    reason: "a note was added",
  }),
  "orders.removeNote": async () => {
    const orderId = await anOrder();
    const { noteId } = await callerOf().orders.addNote({ orderId, text: "wrong order" });
    return { ...on("orderId", orderId, { noteId }), reason: "a note was taken back" };
  },
  "orders.refundLines": async () =>
    on("orderId", await anOrder(), { lines: [{ sku: SKUS.mug, quantity: 1 }], restock: true, to: "card", reason }),
  "orders.receiveReturnedLines": async () => {
    const { orderId, returnId } = await aReturn();
    const received = { returnId, lines: [{ sku: SKUS.mug, quantity: 1, restock: true }] };
    return { ...on("orderId", orderId, received), reason: "announced lines came back" };
  },
  "orders.closeReturn": async () => {
    const { orderId, returnId } = await aReturn();
    return on("orderId", orderId, { returnId, reason });
  },
  "orders.receiveReturn": async () => on("orderId", await anOrder({ shipped: true })),
  "customers.credit": async () => {
    await shop.database.query(sql`
      INSERT INTO customers (id, email, name) VALUES ('cleo', 'cleo@example.com', 'Cleo Ames') ON CONFLICT DO NOTHING`);
    return on("customerId", "cleo", { amount: { amount: 500, currency: "USD" }, reason });
  },
  "customers.erase": async () => on("customerId", `guest-${await anOrder()}`),
  "catalogue.updateProduct": async () => {
    const { updatedAt, updatedBy, variants, categories, ...product } = await callerOf().catalogue.bySlug({
      slug: "mug",
    });
    return on("slug", "mug", { ...product, name: `Mug ${product.version + 1}`, reason });
  },
  "catalogue.setPrice": async () => {
    const { items } = await callerOf().catalogue.priceHistory({ sku: SKUS.lamp });
    return on("sku", SKUS.lamp, { price: { amount: 5_000 + items.length, currency: "USD" }, reason });
  },
  "catalogue.createProduct": async () => {
    const name = `bowl-${(await rows()).length}`;
    const { variant, texts } = aBowl(name);
    return on("slug", name, { ...texts, variant, reason });
  },
  "catalogue.addVariant": async () => {
    const { variant } = aBowl(`mug-${(await rows()).length}`);
    return { input: { slug: "mug", variant, reason }, subject: variant.sku };
  },
  "discounts.create": async () => {
    const code = `SPRING-${(await rows()).length}`;
    return on("code", code, { kind: "percent", value: 10, reason });
  },
  "discounts.setEnd": async () => {
    const code = `AUTUMN-${(await rows()).length}`;
    await callerOf().discounts.create({ code, kind: "amount", value: 500, reason });
    return on("code", code, { endsAt: "2999-01-31T10:00:00Z", reason });
  },
  "faults.set": async () => ({ input: { relayPaused: true, reason }, subject: "faults" }),
  "faults.play": async () => ({ input: { scenario: "gatewayAway", reason }, subject: "scenario gatewayAway" }),
  "stock.receive": async () => on("sku", SKUS.lamp, { quantity: 5, reason }),
  "stock.count": async () => {
    const { available } = await callerOf().stock.bySku({ sku: SKUS.rare });
    return on("sku", SKUS.rare, { counted: available + 100, reason });
  },
};

const mutations = proceduresOf(adminRouter).filter(({ type }) => type === "mutation");

describe.each(mutations)("$path", ({ path }) => {
  let prepared: Case;
  let earlier: number;
  beforeEach(async () => {
    const prepare = CASES[path] ?? expect.fail(`${path} has no case here: what does it change?`);
    await shop.database.query(sql`UPDATE consumer_checkpoints SET status = 'running'`);
    await shop.database.query(sql`UPDATE projection_checkpoints SET status = 'running'`);
    prepared = await prepare();
    earlier = (await rows()).length;
  });
  const written = async () => (await rows()).slice(0, (await rows()).length - earlier);

  it("leaves one row with who, what, why, before and after, however often it is sent with one key", async () => {
    const sent = { idempotencyKey: shop.services.ids.next(), correlationId: `of-${path}` };
    const answers = [await call(path, prepared.input, sent), await call(path, prepared.input, sent)];
    expect(answers[1]).toEqual(answers[0]);
    const [row, ...others] = await written();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      actor: "user:omar",
      actorName: "Omar",
      action: path,
      subject: prepared.subject,
      reason: prepared.reason ?? reason,
      correlationId: `of-${path}`,
    });
    expect(row?.after).toBeInstanceOf(Object);
    expect(row?.after).not.toEqual(row?.before);
  });

  it("does nothing when its row cannot be written", async () => {
    await shop.database.query(sql`ALTER TABLE audit ADD CONSTRAINT no_more CHECK (false) NOT VALID`);
    try {
      const key = { idempotencyKey: shop.services.ids.next() };
      await expect(call(path, prepared.input, key)).rejects.toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
    } finally {
      await shop.database.query(sql`ALTER TABLE audit DROP CONSTRAINT no_more`);
    }
    expect(await written()).toEqual([]);
    // It is still there to be done.
    await call(path, prepared.input);
    expect(await written()).toMatchObject([{ action: path }]);
  });
});

it("every case is still a mutation", () => {
  expect(Object.keys(CASES).toSorted()).toEqual(mutations.map(({ path }) => path).toSorted());
});

describe("what is said about an order is kept without its customer", () => {
  it.each([
    "sagas.compensate",
    "sagas.retryStep",
    "deadLetters.discard",
    "deadLetters.retry",
    "orders.flagAttention",
    "orders.cancel",
    "orders.closeReturn",
    "orders.correctAddress",
    "orders.refundLines",
  ])("%s", async (path) => {
    const { input } = (await CASES[path]?.()) ?? expect.fail();
    await call(path, { ...input, reason: "Ms In\u00e9s of 1 Street called, from ines@example.com" });
    expect((await rows())[0]).toMatchObject({
      action: path,
      reason: "Ms [customer] of [customer] called, from [e-mail]",
    });
  });
});

describe("a command that is refused leaves no row", () => {
  it.each([
    ["projections.pause", { name: "nothing", reason }],
    ["projections.rebuild", { name: "nothing", reason }],
    ["projections.rebuildStream", { name: "order_view", streamId: "nothing", reason }],
    ["sagas.resolve", { sagaId: "checkout:nothing", reason }],
    ["sagas.fork", { sagaId: "checkout:nothing", fromStep: "charge", reason }],
    ["sagas.forkHalted", { name: "checkout", step: "confirm", kind: "action", code: "NONE", reason }],
    ["sagas.retryHalted", { name: "checkout", step: "confirm", kind: "action", code: "NONE", reason }],
    ["deadLetters.retry", { ids: ["999"], reason }],
    ["deadLetters.discard", { id: "999", reason }],
    ["payments.accept", { findingId: "999", reason }],
    ["orders.cancel", { orderId: "nothing", reason }],
    ["orders.correctAddress", { orderId: "nothing", shippingAddress: orderInput().shippingAddress, reason }],
    ["orders.flagAttention", { orderId: "nothing", reason }],
    ["orders.receiveReturn", { orderId: "nothing", reason }],
    ["orders.closeReturn", { orderId: "nothing", returnId: "nothing-1", reason }],
    [
      "orders.receiveReturnedLines",
      { orderId: "nothing", returnId: "nothing-1", lines: [{ sku: SKUS.mug, quantity: 1, restock: true }] },
    ],
    ["workers.drain", { worker: "nobody", reason }],
    ["workers.resume", { worker: "nobody", reason }],
    ["stock.receive", { sku: "NOTHING", quantity: 1, reason }],
    ["catalogue.setPrice", { sku: "NOTHING", price: { amount: 1, currency: "USD" }, reason }],
    ["stock.receive", { sku: SKUS.mug, quantity: 1, reason, expectedVersion: 99 }],
    ["catalogue.createProduct", { slug: "mug", ...aBowl("bowl").texts, variant: aBowl("bowl").variant, reason }],
    ["catalogue.addVariant", { slug: "nothing", variant: aBowl("bowl").variant, reason }],
    ["customers.credit", { customerId: "nobody", amount: { amount: 1, currency: "USD" }, reason }],
    ["customers.credit", { customerId: "guest-nobody", amount: { amount: 1, currency: "USD" }, reason }],
    ["discounts.setEnd", { code: "NOTHING", endsAt: null, reason }],
    ["stock.count", { sku: "NOTHING", counted: 1, reason }],
    ["stock.count", { sku: SKUS.mug, counted: 1, expected: 99, reason }],
  ])("%s %j", async (path, input) => {
    const before = await rows();
    await expect(call(path, input)).rejects.toMatchObject({ code: expect.stringMatching(/NOT_FOUND|CONFLICT/) });
    expect(await rows()).toEqual(before);
  });

  it.each(["projections.pause", "consumers.resume", "deadLetters.stopRetry", "payments.reconcile"])(
    "%s without a reason",
    async (path) => {
      const { input } = (await CASES[path]?.()) ?? expect.fail();
      const { reason: _, ...unexplained } = input;
      await expect(call(path, unexplained)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    },
  );
});

it("of people who change one thing at once each begins where the one before ended", async () => {
  await shop.database.query(sql`UPDATE projection_checkpoints SET status = 'running'`);
  const earlier = (await rows()).length;
  await Promise.all(
    Array.from({ length: 12 }, (_, turn) =>
      callerOf({ idempotencyKey: null }).projections[turn % 2 === 0 ? "pause" : "resume"]({
        name: "order_view",
        reason,
      }),
    ),
  );
  const steps = (await rows()).toReversed().slice(earlier);
  expect(steps).toHaveLength(12);
  let status: unknown = { status: "running" };
  for (const { before, after } of steps) {
    expect(before).toEqual(status);
    status = after;
  }
});

describe("audit.list", () => {
  it("is read page by page, newest first, each row once, and filtered by each of its fields", async () => {
    const all = await rows();
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await callerOf().audit.list({ limit: 7, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(seen.map(Number)).toEqual(seen.map(Number).toSorted((left, right) => right - left));
    const found = async (filter: object) => (await callerOf().audit.list({ limit: 200, ...filter })).items;
    for (const actor of ["user:omar", "omar", "Omar", "omar@example.com"])
      expect(await found({ actor })).toEqual(all.filter((row) => row.actor === "user:omar"));
    expect(await found({ actor: shopper.name })).toEqual([]);
    expect(await found({ action: "stock.receive" })).toEqual(all.filter(({ action }) => action === "stock.receive"));
    expect(await found({ subject: SKUS.lamp })).toEqual(all.filter(({ subject }) => subject === SKUS.lamp));
    const ofProduct = await found({ subject: "lamp" });
    expect(ofProduct.map(({ subject }) => subject)).toContain(SKUS.lamp);
    expect(ofProduct).toEqual(all.filter(({ subject }) => ["lamp", SKUS.lamp].includes(subject)));
    const middle = all[3]?.at ?? expect.fail();
    const halves = [...(await found({ from: middle })), ...(await found({ to: middle }))];
    expect(halves.toSorted((left, right) => Number(right.id) - Number(left.id))).toEqual(all);
  });

  it("keeps the beginning of a state that is too long", async () => {
    const entry = {
      actor: "user:gone",
      action: "a.b",
      subject: "s".repeat(900),
      reason: "r".repeat(2_000),
      correlationId: "c",
    };
    await shop.database.transaction((tx) =>
      recordAudit(tx, { ...entry, before: "é".repeat(50_000), after: undefined }),
    );
    expect((await callerOf().audit.list({ limit: 1 })).items).toMatchObject([
      {
        actorName: null,
        subject: "s".repeat(400),
        reason: "r".repeat(1_000),
        before: { tooLong: 50_002, beginning: expect.stringMatching(/^"é+$/) },
        after: null,
      },
    ]);
  });
});
