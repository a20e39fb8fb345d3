import { createCallerFactory } from "@tillstream/trpc";
import type { Role } from "@tillstream/trpc";
import { createLogger, sql, systemClock } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { createTestGateway, createTestShop, orderInput } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { carryOut } from "./reconcile.ts";
import { paymentsRouter } from "./router.ts";
import { takeRun } from "./runs.ts";

const createCaller = createCallerFactory(paymentsRouter);
const callerOf = (shop: TestShop, role: Role) =>
  createCaller(shop.context({ user: { id: role, email: `${role}@example.com`, name: role, role } }));

it("an operator asks for a run and reads how it went; a viewer reads only", async () => {
  await using shop = await createTestShop();
  const [operator, viewer] = [callerOf(shop, "operator"), callerOf(shop, "viewer")];
  await expect(viewer.reconcile({ reason: "a test" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await viewer.status()).toEqual({ open: 0, attention: 0, quietSince: null, lastRun: null });
  const { runId } = await operator.reconcile({ reason: "a test" });
  expect(await viewer.run({ runId })).toMatchObject({
    requestedBy: "user:operator",
    startedAt: null,
    finishedAt: null,
  });

  const gateway = createTestGateway();
  const stray = { chargeId: "ch_1", orderId: "nobody", amount: 700, refunded: 0, currency: "USD", at: new Date() };
  gateway.ledger.set("stray", stray);
  const run = await takeRun(shop.database);
  const logger = createLogger("test", "silent");
  const { signal } = new AbortController();
  const options = { db: shop.database, gateway, clock: systemClock, graceMs: 0, logger, signal };
  if (run !== undefined) await carryOut(options, run);

  expect(await viewer.run({ runId })).toMatchObject({ captures: 1, found: 1, repaired: 1, error: null });
  expect(await viewer.run({ runId: "another" })).toBeNull();
  const money = { amount: 700, currency: "USD" };
  const finding = {
    kind: "unknown_order",
    orderId: "nobody",
    orderNumber: null,
    chargeId: "ch_1",
    amount: money,
    status: "repaired",
  };
  expect((await viewer.findings()).items).toMatchObject([finding]);
  expect(await viewer.status()).toMatchObject({ open: 0, lastRun: { runId, repaired: 1 } });
});

it("findings are filtered and paged, each shown once", async () => {
  await using shop = await createTestShop();
  await shop.database.query(sql`
    INSERT INTO reconciliation_findings (kind, subject, order_id, charge_id, amount, currency, status, detail)
    SELECT CASE WHEN at % 2 = 0 THEN 'missing_capture' ELSE 'amount_mismatch' END, 'ch_' || at, 'o' || at, 'ch_' || at, 100, 'USD',
           CASE WHEN at <= 5 THEN 'attention' ELSE 'open' END, ''
    FROM generate_series(1, 9) AS at`);
  const viewer = callerOf(shop, "viewer");
  const seen: (string | null)[] = [];
  let cursor: string | undefined;
  do {
    const page = await viewer.findings({ limit: 4, cursor });
    seen.push(...page.items.map(({ chargeId }) => chargeId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(Array.from({ length: 9 }, (_, at) => `ch_${9 - at}`));
  const attention = await viewer.findings({ status: "attention", kind: "missing_capture" });
  expect(attention.items.map(({ chargeId }) => chargeId)).toEqual(["ch_4", "ch_2"]);
  expect((await viewer.findings({ orderId: "o3" })).items).toHaveLength(1);
  const { orderId, number } = await placeOrder(shop.context(), orderInput());
  await shop.database.query(sql`UPDATE reconciliation_findings SET order_id = ${orderId} WHERE order_id = 'o3'`);
  expect((await viewer.findings({ orderId })).items).toMatchObject([{ orderNumber: number, chargeId: "ch_3" }]);
  expect(await viewer.status()).toMatchObject({ open: 4, attention: 5 });
  await expect(viewer.findings({ cursor: "x" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
