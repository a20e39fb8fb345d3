import { loadAggregate, Refusal } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { createTestShop, orderInput, SKUS } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { orderAggregate } from "./order.ts";
import type { OrderCommand } from "./order.ts";
import { changeOrder, loadOrder, orderStreamId } from "./repository.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

const metadata = { correlationId: "c", causationId: "c", actor: "system" };
const line = { sku: SKUS.mug, quantity: 2 };
const pay: OrderCommand = { type: "recordPayment", chargeId: "ch" };
const reserve: OrderCommand = { type: "recordReservation", lines: [line] };
const cancel: OrderCommand = { type: "cancel", reason: { code: "X", message: "x" } };

async function placed(): Promise<string> {
  const answer = await placeOrder(shop.context(), orderInput());
  return answer.orderId;
}

const change = (orderId: string, command: OrderCommand) =>
  shop.database.transaction((tx) => changeOrder(tx, orderId, command, metadata));

/** The row as the decider would see it, beside what the history leads to. */
async function rowAndHistory(orderId: string) {
  const rows = await shop.database.query<Record<string, unknown>>(sql`
    SELECT version, jsonb_build_object('orderId', id, 'status', status, 'total', total, 'currency', currency, 'creditPart', credit_part, 'creditTaken', credit_taken, 'stock', stock_status, 'attention', attention_codes, 'refunds', refunds, 'fulfilment', fulfilment,
             'payment', jsonb_strip_nulls(jsonb_build_object('status', payment_status, 'chargeId', charge_id))) AS state
    FROM orders WHERE id = ${orderId}`);
  return { row: rows[0], history: await loadAggregate(shop.database, orderAggregate, orderStreamId(orderId)) };
}

const aPart = {
  type: "requestRefund",
  lines: [{ sku: SKUS.mug, quantity: 1 }],
  reason: "chipped",
  bought: [{ ...line, unitPrice: 1_200 }],
  cameBack: false,
} as const;

const command = fc.constantFrom<OrderCommand>(
  pay,
  reserve,
  cancel,
  { type: "recordAuthorization", chargeId: "hold" },
  { type: "recordVoid" },
  { type: "recordRefund", refundId: "re" },
  { type: "recordRelease" },
  { type: "confirm", units: 2 },
  { type: "startShipping" },
  { type: "recordShipment", shipmentId: "s", carrier: "Post", trackingNumber: "P1" },
  { type: "recordReturn", shipmentId: "s", reason: "too small" },
  { type: "requestCancellation", by: "customer", reason: "no", nothingHasLeft: false },
  { type: "requestCancellation", by: "merchant", reason: "no", nothingHasLeft: true },
  { type: "recordShippingFailure" },
  { ...aPart, to: "card", restock: true },
  { ...aPart, to: "credit", restock: false },
  { type: "flagAttention", code: "LEDGER", message: "the ledger says otherwise" },
  { type: "resolveAttention", note: "looked at it" },
);

it("after any commands, refused ones among them, the row is what its history leads to", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 12 }), async (commands) => {
      const orderId = await placed();
      for (const one of commands) {
        await change(orderId, one).catch((error: unknown) => expect(error).toBeInstanceOf(Refusal));
      }
      const { row, history } = await rowAndHistory(orderId);
      expect(row).toEqual(history);
    }),
    { numRuns: 20 },
  );
});

it("a refused change leaves row, history and outbox as they were", async () => {
  const orderId = await placed();
  await expect(change(orderId, { type: "confirm", units: 2 })).rejects.toMatchObject({
    code: "ORDER_NOT_PAID",
  });
  expect((await rowAndHistory(orderId)).row).toMatchObject({ version: 1, state: { status: "pending" } });
  const outbox = await shop.database.query(
    sql`SELECT event_type FROM outbox_events WHERE aggregate_id = ${orderStreamId(orderId)}`,
  );
  expect(outbox).toEqual([{ event_type: "OrderCreated" }]);
});

it("of many changes at once each is decided on what the one before left", async () => {
  const orderId = await placed();
  const attempts = Array.from({ length: 12 }, (_, index) => [pay, reserve, cancel][index % 3] ?? pay);
  const outcomes = await Promise.allSettled(attempts.map((one) => change(orderId, one)));
  const faults = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
  expect(faults.every((fault) => fault instanceof Refusal)).toBe(true);
  const { row, history } = await rowAndHistory(orderId);
  expect(row).toEqual(history);
  const events = await shop.database.query<{ type: string }>(
    sql`SELECT type FROM events WHERE stream_id = ${orderStreamId(orderId)}`,
  );
  expect(new Set(events.map(({ type }) => type)).size).toBe(events.length); // nothing happened twice
});

it("the reason of a cancellation stays with the order", async () => {
  const orderId = await placed();
  await change(orderId, cancel);
  await change(orderId, { type: "cancel", reason: { code: "Y", message: "y" } });
  expect(await shop.database.query(sql`SELECT cancel_reason FROM orders WHERE id = ${orderId}`)).toEqual([
    { cancel_reason: "X" },
  ]);
});

it("an order that is not there is a fault that names it", async () => {
  await expect(change("nowhere", pay)).rejects.toThrow("order nowhere has no row");
  await expect(loadOrder(shop.database, "nowhere")).rejects.toThrow("order nowhere has no row");
});
