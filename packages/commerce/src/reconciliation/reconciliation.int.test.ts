import { createLogger, sql, systemClock, TimeoutError, uuidGenerator } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { expect, it, vi } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { PaymentUnavailableError } from "../payment/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { adminRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { listFindings } from "./findings.ts";
import { carryOut } from "./reconcile.ts";
import { finishRun, requestRun, scheduleRun, startOf, takeRun } from "./runs.ts";

async function order(shop: TestShop): Promise<string> {
  const placed = await placeOrder(shop.context(), orderInput());
  return placed.orderId;
}

/** One run, as a worker carries it out. */
async function reconcile(shop: TestShop, gateway: PaymentGateway, graceMs = 0) {
  await requestRun(shop.database, uuidGenerator.next(), "user:operator");
  const run = await takeRun(shop.database);
  if (run === undefined) throw new Error("no run waits");
  const logger = createLogger("test", "silent");
  const signal = new AbortController().signal;
  return carryOut({ db: shop.database, gateway, clock: systemClock, graceMs, logger, signal }, run);
}

const findings = (shop: TestShop) => listFindings(shop.database, { limit: 50 });
const historyOf = async (shop: TestShop, orderId: string) => {
  const rows = await shop.database.query<{ type: string }>(sql`
    SELECT type FROM events WHERE stream_id = ${`order-${orderId}`} ORDER BY version`);
  return rows.map(({ type }) => type);
};

/** An order whose run asked for a charge, heard nothing, found nothing and gave up. The capture arrives afterwards. */
async function lateCapture(shop: TestShop, gateway: ReturnType<typeof createTestGateway>): Promise<string> {
  const orderId = await order(shop);
  await shop.settle({ ...gateway, charge: () => Promise.reject(new TimeoutError("no answer")) });
  const charge = {
    orderId,
    amount: 2_400,
    currency: "USD",
    token: "tok_visa",
    idempotencyKey: `checkout:${orderId}:charge:action`,
  };
  await gateway.charge(charge, new AbortController().signal);
  return orderId;
}

it("a capture that lands after its run was undone is given back once, by however many workers, and the history says so", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await lateCapture(shop, gateway);
  const keys: string[] = [];
  const watched: PaymentGateway = {
    ...gateway,
    refund(input, signal) {
      keys.push(input.idempotencyKey);
      return gateway.refund(input, signal);
    },
  };
  await Promise.all([reconcile(shop, watched), reconcile(shop, watched)]);
  expect([...gateway.ledger.values()]).toMatchObject([{ orderId, amount: 2_400, refunded: 2_400 }]);
  expect(new Set(keys)).toEqual(new Set([`reconcile:ch_${orderId}`]));
  expect(await historyOf(shop, orderId)).toEqual([
    "OrderCreated",
    "OrderCancelled",
    "PaymentCaptured",
    "PaymentRefunded",
  ]);
  expect(await findings(shop)).toMatchObject([
    { kind: "unclaimed_capture", orderId, amount: 2_400, status: "repaired", resolvedAt: expect.any(Date) },
  ]);
  expect(await reconcile(shop, watched)).toMatchObject({ captures: 1, found: 0 });
});

it("a refund whose worker died before it was written down is written down by the next run, and not given again", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await lateCapture(shop, gateway);
  const dying: PaymentGateway = {
    ...gateway,
    async refund(input, signal) {
      await gateway.refund(input, signal);
      throw new Error("killed");
    },
  };
  await reconcile(shop, dying);
  expect(await historyOf(shop, orderId)).not.toContain("PaymentRefunded");
  expect(await reconcile(shop, gateway)).toMatchObject({ found: 1, repaired: 1 });
  expect([...gateway.ledger.values()]).toMatchObject([{ refunded: 2_400 }]);
  expect((await historyOf(shop, orderId)).slice(-2)).toEqual(["PaymentCaptured", "PaymentRefunded"]);
  expect(await findings(shop)).toMatchObject([{ kind: "refund_unrecorded", amount: 2_400, status: "repaired" }]);
  expect(await reconcile(shop, gateway)).toMatchObject({ found: 0 });
});

it("a confirmed order without a capture waits for a person, until the capture is there", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  await shop.settle(gateway);
  const [key = "", row] = [...gateway.ledger.entries()][0] ?? [];
  gateway.ledger.clear();
  expect(await reconcile(shop, gateway)).toMatchObject({ found: 1, repaired: 0 });
  expect(await findings(shop)).toMatchObject([
    { kind: "missing_capture", orderId, amount: 2_400, status: "attention", resolvedAt: null },
  ]);
  expect(await historyOf(shop, orderId)).toContain("OrderNeedsAttention");
  if (row !== undefined) gateway.ledger.set(key, row);
  expect(await reconcile(shop, gateway)).toMatchObject({ found: 0 });
  expect(await findings(shop)).toMatchObject([{ kind: "missing_capture", resolvedAt: expect.any(Date) }]);
  expect((await historyOf(shop, orderId)).at(-1)).toBe("AttentionResolved");
});

it("an order that an operator holds stays held when the books that had differed agree again", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  await shop.settle(gateway);
  const operator = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "operator" } }));
  await operator.orders.flagAttention({ orderId, reason: "the address looks wrong" });
  const [[key, row] = expect.fail("no charge")] = gateway.ledger.entries();
  gateway.ledger.clear();
  await reconcile(shop, gateway);
  await shop.settle(gateway);
  expect((await operator.orders.byId({ orderId })).attention).toEqual(["HELD_BY_OPERATOR", "PAYMENT_MISSING"]);
  gateway.ledger.set(key, row);
  await reconcile(shop, gateway);
  await shop.ship(gateway);
  expect(await operator.orders.byId({ orderId })).toMatchObject({
    attention: ["HELD_BY_OPERATOR"],
    order: { status: "attention" },
  });
  expect(await historyOf(shop, orderId)).not.toContain("ShippingStarted");
});

it("a refund that was recorded here and that the gateway does not have is given again", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  await shop.database.query(sql`UPDATE stock SET available = 0 WHERE sku = 'MUG'`);
  await shop.settle({ ...gateway, refund: async () => ({ kind: "refunded", refundId: "re_lost" }) });
  expect([...gateway.ledger.values()]).toMatchObject([{ orderId, refunded: 0 }]);
  expect(await reconcile(shop, gateway)).toMatchObject({ found: 1, repaired: 1 });
  expect([...gateway.ledger.values()]).toMatchObject([{ orderId, refunded: 2_400 }]);
  expect(await findings(shop)).toMatchObject([{ kind: "refund_missing", orderId, status: "repaired" }]);
});

it("another amount than the order's waits for a person, and nothing is given back", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  await shop.settle(gateway);
  for (const row of gateway.ledger.values()) row.amount = 2_399;
  await reconcile(shop, gateway);
  await reconcile(shop, gateway);
  expect(await findings(shop)).toMatchObject([{ kind: "amount_mismatch", orderId, status: "attention" }]);
  expect([...gateway.ledger.values()]).toMatchObject([{ refunded: 0 }]);
  expect((await historyOf(shop, orderId)).filter((type) => type === "OrderNeedsAttention")).toHaveLength(1);
});

it("what an operator has resolved is not asked again each minute, and a difference that is accepted is over until it is another", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  await shop.settle(gateway);
  const as = (role: "operator" | "viewer") =>
    createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role } }));
  const asked = async () => (await historyOf(shop, orderId)).filter((type) => type === "OrderNeedsAttention").length;
  const [charge = expect.fail("no charge")] = gateway.ledger.values();
  charge.refunded = 400; // goodwill, given at the gateway
  await reconcile(shop, gateway);
  expect(await asked()).toBe(1);
  await as("operator").orders.resolveAttention({ orderId, note: "goodwill" });
  await reconcile(shop, gateway);
  await reconcile(shop, gateway);
  expect(await asked()).toBe(1);
  const [{ id: findingId } = expect.fail("no finding")] = await findings(shop);
  await expect(as("viewer").payments.accept({ findingId, reason: "goodwill" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await as("operator").payments.accept({ findingId, reason: "goodwill" })).toEqual({ findingId });
  await expect(as("operator").payments.accept({ findingId, reason: "again" })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  expect(await reconcile(shop, gateway)).toMatchObject({ found: 0 });
  expect(await as("viewer").payments.status()).toMatchObject({ open: 0, attention: 0 });
  expect((await as("viewer").payments.findings({ status: "accepted" })).items).toMatchObject([
    { acceptedBy: `user:${shopper.id}`, acceptedReason: "goodwill", resolvedAt: expect.any(String) },
  ]);
  charge.refunded = 500;
  expect(await reconcile(shop, gateway)).toMatchObject({ found: 1 });
  expect(await asked()).toBe(2);
  expect(await findings(shop)).toMatchObject([{ status: "attention", acceptedBy: null, resolvedAt: null }]);
});

it("accepting a difference answers what its order was asked, and a difference that comes back is asked again", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  await shop.settle(gateway);
  const operator = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "operator" } }));
  const attention = async () => {
    await shop.settle(gateway);
    return (await operator.orders.byId({ orderId })).attention;
  };
  const [charge = expect.fail("no charge")] = gateway.ledger.values();
  charge.refunded = 1;
  await reconcile(shop, gateway);
  expect(await attention()).toEqual(["PAYMENT_MISMATCH"]);
  charge.refunded = 0;
  await reconcile(shop, gateway);
  expect(await attention()).toEqual([]);
  charge.refunded = 1;
  await reconcile(shop, gateway);
  expect(await attention()).toEqual(["PAYMENT_MISMATCH"]);
  const [{ id: findingId } = expect.fail("no finding")] = await findings(shop);
  await operator.payments.accept({ findingId, reason: "a cent less" });
  expect(await attention()).toEqual([]);
});

it("a second capture of a paid order is given back, and the order stays paid", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const orderId = await order(shop);
  await shop.settle(gateway);
  const second = { chargeId: "ch_second", orderId, amount: 2_400, refunded: 0, currency: "USD", at: new Date() };
  gateway.ledger.set("another key", second);
  expect(await reconcile(shop, gateway)).toMatchObject({ found: 1, repaired: 1 });
  expect(second.refunded).toBe(2_400);
  expect(gateway.ledger.get(`checkout:${orderId}:charge:action`)).toMatchObject({ refunded: 0 });
  expect(await historyOf(shop, orderId)).not.toContain("PaymentRefunded");
});

it("a capture for an order that nobody knows is given back after the grace period, not before", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const stray = { chargeId: "ch_stray", orderId: "nobody", amount: 700, refunded: 0, currency: "USD", at: new Date() };
  gateway.ledger.set("stray", stray);
  expect(await reconcile(shop, gateway, 60_000)).toMatchObject({ captures: 1, found: 0 });
  expect(stray.refunded).toBe(0);
  stray.at = new Date(Date.now() - 61_000);
  expect(await reconcile(shop, gateway, 60_000)).toMatchObject({ found: 1, repaired: 1 });
  expect(stray.refunded).toBe(700);
  expect(await findings(shop)).toMatchObject([{ kind: "unknown_order", chargeId: "ch_stray", status: "repaired" }]);
});

it("a gateway full of orders that are not in this database is not refunded: it is the wrong database", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  for (let at = 0; at < 51; at += 1) {
    const stray = { orderId: `nobody-${at}`, amount: 700, refunded: 0, currency: "USD", at: new Date() };
    gateway.ledger.set(`stray-${at}`, { ...stray, chargeId: `ch_${at}` });
  }
  const late = await lateCapture(shop, gateway);
  expect(await reconcile(shop, gateway)).toMatchObject({
    captures: 52,
    repaired: 1,
    error: expect.stringContaining("51"),
  });
  const refunded = [...gateway.ledger.values()].filter((row) => row.refunded > 0);
  expect(refunded).toMatchObject([{ orderId: late }]);
});

it("a run under way is left alone", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  await order(shop);
  let between: { found: number } | undefined;
  await shop.settle({
    ...gateway,
    async charge(input, signal) {
      const outcome = await gateway.charge(input, signal);
      between = await reconcile(shop, gateway);
      return outcome;
    },
  });
  expect(between).toMatchObject({ captures: 1, found: 0 });
  expect([...gateway.ledger.values()]).toMatchObject([{ refunded: 0 }]);
  expect(await reconcile(shop, gateway)).toMatchObject({ captures: 1, found: 0 });
});

it("a gateway that is away ends the run with its reason, and a refund without an answer is tried again under its key", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  await lateCapture(shop, gateway);
  const away = () => Promise.reject(new PaymentUnavailableError("the gateway did not answer"));
  expect(await reconcile(shop, { ...gateway, listCaptures: away })).toMatchObject({
    found: 0,
    error: "the gateway did not answer",
  });
  expect(await reconcile(shop, { ...gateway, refund: away })).toMatchObject({ found: 1, repaired: 0 });
  expect(await findings(shop)).toMatchObject([{ status: "open", resolvedAt: null }]);
  expect(await reconcile(shop, gateway)).toMatchObject({ found: 1, repaired: 1 });
  expect(await findings(shop)).toMatchObject([{ status: "repaired" }]);
});

it("workers that ask for the run of the same minute get one", async () => {
  await using shop = await createTestShop();
  await Promise.all(Array.from({ length: 4 }, () => scheduleRun(shop.database, uuidGenerator.next(), 60_000)));
  const taken = await Promise.all(Array.from({ length: 4 }, () => takeRun(shop.database)));
  expect(taken.filter((run) => run !== undefined)).toHaveLength(1);
});

it("runs from before the clock went back delay none: not the next one, nor the one that a dead worker took up", async () => {
  await using shop = await createTestShop();
  const { database } = shop;
  const schedule = () => scheduleRun(database, uuidGenerator.next(), 60_000);
  const hourAhead = () =>
    database.query(
      sql`UPDATE reconciliation_runs SET requested_at = now() + interval '1 hour', started_at = now() + interval '1 hour'`,
    );
  await schedule();
  const run = (await takeRun(database)) ?? expect.fail("no run was scheduled");
  await hourAhead();
  expect((await takeRun(database))?.id).toBe(run.id);
  await finishRun(database, run.id, { captures: 0, found: 0, repaired: 0 });
  await hourAhead();
  await schedule();
  const next = (await takeRun(database)) ?? expect.fail("no run was scheduled");
  expect((await startOf(database, next)).getTime()).toBeLessThan(Date.now());
});

it("parts that were refunded, to the card and as credit, and the rest after them, are no difference", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const { orderId } = await placeOrder(
    shop.context({ user: shopper }),
    orderInput({ lines: [{ sku: "MUG", quantity: 3 }] }),
  );
  await shop.settle(gateway);
  await shop.ship(gateway);
  const operator = () =>
    createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "operator" } })).orders;
  const part = { orderId, lines: [{ sku: "MUG", quantity: 1 }], restock: true, reason: "chipped" };
  await operator().refundLines({ ...part, to: "card" });
  expect(await reconcile(shop, gateway)).toMatchObject({ captures: 1, found: 0 });
  await operator().refundLines({ ...part, to: "credit" });
  await shop.settle(gateway);
  expect(await reconcile(shop, gateway)).toMatchObject({ captures: 1, found: 0 });
  await operator().receiveReturn({ orderId, reason: "too large" });
  await shop.settle(gateway);
  expect(await reconcile(shop, gateway)).toMatchObject({ captures: 1, found: 0 });
  expect([...gateway.ledger.values()]).toMatchObject([{ amount: 3_600, refunded: 2_400 }]);
  expect(await findings(shop)).toEqual([]);
});

it("a return that is being paid back is not paid back once more, also where the gateway would let it", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const { database: db } = shop;
  const { orderId } = await placeOrder(
    shop.context({ user: shopper }),
    orderInput({ lines: [{ sku: "MUG", quantity: 3 }] }),
  );
  await shop.settle(gateway);
  await shop.ship(gateway);
  const operator = () =>
    createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "operator" } })).orders;
  const lines = [{ sku: "MUG", quantity: 2 }];
  await operator().refundLines({ orderId, lines, restock: true, reason: "chipped", to: "credit" });
  await shop.settle(gateway);
  await db.query(sql`UPDATE consumer_checkpoints SET status = 'paused' WHERE consumer = 'payment-refund'`);
  await operator().receiveReturn({ orderId, reason: "too large" });
  await shop.settle(gateway);
  await db.query(sql`UPDATE consumer_checkpoints SET status = 'running' WHERE consumer = 'payment-refund'`);
  let racing: Promise<unknown> | undefined;
  const raced: PaymentGateway = {
    ...gateway,
    async refund(input, signal) {
      let isOver = false;
      racing ??= reconcile(shop, gateway).finally(() => (isOver = true));
      await vi.waitFor(async () => {
        const waits = await db.query(sql`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`);
        expect(isOver || waits.length > 0).toBe(true);
      });
      return gateway.refund(input, signal);
    },
  };
  await shop.settle(raced);
  await racing;
  expect([...gateway.ledger.values()]).toMatchObject([{ amount: 3_600, refunded: 1_200 }]);
  expect(await reconcile(shop, gateway)).toMatchObject({ found: 0 });
});
