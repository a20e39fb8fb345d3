import { sql } from "@tillstream/runtime";
import { createCallerFactory, errorData } from "@tillstream/trpc";
import { expect, it } from "vitest";
import type { PaymentGateway } from "../payment/index.ts";
import { adminRouter } from "../routers.ts";
import { requestCancellation } from "../shipping/index.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { placeOrder } from "./place-order.ts";

const reason = "the provider has sorted it out";
const REFUSED = { name: "cancellation", step: "refund", kind: "action", code: "REFUND_REFUSED" } as const;

/** What an operator does, each under a key of its own. */
const consoleOf = (shop: TestShop) =>
  createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "operator" } }));
const sagasOf = (shop: TestShop) => consoleOf(shop).sagas;

/** A gateway that may refuse refunds, and keeps a refusal for the key as it keeps any answer. */
function pinningGateway() {
  const gateway = createTestGateway();
  const pinned = new Set<string>();
  let refuses = true;
  const pinning: PaymentGateway = {
    ...gateway,
    async refund(input, signal) {
      if (refuses) pinned.add(input.idempotencyKey);
      if (pinned.has(input.idempotencyKey))
        return { kind: "refused", code: "charge_not_captured", message: "This charge is disputed." };
      return gateway.refund(input, signal);
    },
  };
  return { pinning, ledger: gateway.ledger, accept: () => (refuses = false) };
}

async function cancelledInVain(shop: TestShop, gateway: PaymentGateway): Promise<string> {
  const { orderId } = await placeOrder(shop.context({ user: shopper }), orderInput());
  await shop.settle(gateway);
  await requestCancellation(shop.context({ user: shopper }), orderId);
  await shop.settle(gateway);
  return orderId;
}

const booksOf = (shop: TestShop, orderId: string) =>
  shop.database.query(sql`
    SELECT status, payment_status AS payment, stock_status AS stock, attention_codes AS attention FROM orders WHERE id = ${orderId}`);

/** How often each part of the undoing is in the order's stream. */
async function toldOnce(shop: TestShop, orderId: string): Promise<Record<string, number>> {
  const rows = await shop.database.query<{ type: string; times: number }>(sql`
    SELECT type, count(*)::int AS times FROM events WHERE stream_id = ${`order-${orderId}`}
      AND type IN ('PaymentRefunded', 'StockReleased', 'OrderCancelled') GROUP BY type`);
  return Object.fromEntries(rows.map(({ type, times }) => [type, times]));
}

const CANCELLED = [{ status: "cancelled", payment: "refunded", stock: "released", attention: [] }];

it("a refund whose refusal is pinned to its key is refused again by a retry, and made once by a fork", async () => {
  await using shop = await createTestShop();
  const { pinning, ledger, accept } = pinningGateway();
  const orderId = await cancelledInVain(shop, pinning);
  const sagaId = `cancellation:${orderId}`;
  const sagas = () => sagasOf(shop);
  accept();
  await sagas().retryStep({ sagaId, reason });
  await shop.settle(pinning);
  expect(await sagas().byId({ sagaId })).toMatchObject({
    status: "failed",
    forkableFrom: { step: "refund", whyNot: null },
    forks: [],
  });
  expect((await booksOf(shop, orderId))[0]).toMatchObject({ attention: ["CANCELLATION_FAILED"] });
  const stranger = { sagaId, fromStep: "refund", input: { orderId: "another" }, reason };
  await expect(sagas().fork(stranger)).rejects.toMatchObject({ message: expect.stringContaining(orderId) });
  const fork = () => sagas().fork({ sagaId, fromStep: "refund", reason });
  const forks = await Promise.allSettled([fork(), fork()]);
  expect(
    forks.map((one) => (one.status === "fulfilled" ? one.value.sagaId : errorData(one.reason).reason)).toSorted(),
  ).toEqual(["ALREADY_FORKED", `${sagaId}~2`]);
  await shop.settle(pinning);
  await expect(fork()).rejects.toMatchObject({ message: `This run goes on as ${sagaId}~2: act on that one.` });
  expect(await booksOf(shop, orderId)).toEqual(CANCELLED);
  expect(await toldOnce(shop, orderId)).toEqual({ PaymentRefunded: 1, StockReleased: 1, OrderCancelled: 1 });
  expect([...ledger.values()]).toMatchObject([{ amount: 2_400, refunded: 2_400 }]);
  const [origin, forked] = [await sagas().byId({ sagaId }), await sagas().byId({ sagaId: `${sagaId}~2` })];
  expect([origin.status, origin.forks, origin.forkableFrom]).toEqual(["resolved", [forked.sagaId], null]);
  expect([forked.status, forked.forkedFrom, forked.correlationId]).toEqual(["completed", sagaId, origin.correlationId]);
  expect(forked.steps.map(({ step, doneBy }) => [step, doneBy])).toEqual([
    ["acceptRequest", sagaId],
    ["refund", null],
    ["releaseStock", null],
    ["cancelOrder", null],
  ]);
  const { entries } = await consoleOf(shop).flow.byCorrelation({ correlationId: origin.correlationId });
  const told = entries.filter(({ id }) => id.startsWith(forked.sagaId)).map(({ title }) => title);
  expect(told).toEqual(["refund", "releaseStock", "cancelOrder"]); // what was taken over is told once
});

it("many refunds of which each was refused are forked at once, and each order is paid back once", async () => {
  await using shop = await createTestShop();
  const { pinning, ledger, accept } = pinningGateway();
  const orders = [];
  for (let order = 0; order < 5; order += 1) orders.push(await cancelledInVain(shop, pinning));
  accept();
  const sagas = () => sagasOf(shop);
  const all = { ...REFUSED, limit: 100, perSecond: 1_000, reason };
  await Promise.allSettled([sagas().forkHalted(all), sagas().forkHalted(all), sagas().retryHalted(all)]);
  await shop.settle(pinning);
  // Those that the retry got have their refusal pinned, and are forked now.
  await sagas()
    .forkHalted(all)
    .catch(() => undefined);
  await shop.settle(pinning);
  for (const orderId of orders) expect(await booksOf(shop, orderId)).toEqual(CANCELLED);
  expect([...ledger.values()].map(({ refunded }) => refunded)).toEqual(orders.map(() => 2_400));
});

it("a checkout that was undone is not forked: its order is cancelled, and is to be placed again", async () => {
  await using shop = await createTestShop();
  const payment = { method: "card", token: "tok_chargeDeclined" } as const;
  const { orderId } = await placeOrder(shop.context({ user: shopper }), orderInput({ payment }));
  await shop.settle(createTestGateway());
  const fork = sagasOf(shop).fork({ sagaId: `checkout:${orderId}`, fromStep: "createOrder", reason });
  await expect(fork).rejects.toMatchObject({ message: expect.stringContaining("Place it again") });
});
