/** Units of an order, paid back by themselves: what moves, what is said, and that no cent or unit goes back twice. */
import { sql } from "@tillstream/runtime";
import { TRPCError } from "@trpc/server";
import { errorData } from "@tillstream/trpc";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { commandAccount } from "../account/index.ts";
import { orderStreamId } from "../order/index.ts";
import { PaymentUnavailableError } from "../payment/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { createFulfilment, payment, refundedByHand, shopper, SKUS } from "../testing/index.ts";
import type { Fulfilment } from "../testing/index.ts";
import type { RefundOfLines } from "./refund-lines.ts";

const RUNS = 25;
const lines = [
  { sku: SKUS.mug, quantity: 3 },
  { sku: SKUS.lamp, quantity: 1 },
];
const TOTAL = 3 * 1_200 + 8_900;
const oneMug = [{ sku: SKUS.mug, quantity: 1 }];

let fulfilment: Fulfilment;
beforeAll(async () => {
  fulfilment = await createFulfilment();
  const open = { type: "open", accountId: shopper.id, currency: "USD" } as const;
  const deposit = { type: "deposit", amount: 900_000, currency: "USD" } as const;
  const { shop } = fulfilment;
  await commandAccount(shop.context({ user: shopper }), shopper.id, open, open);
  await commandAccount(shop.context({ user: shopper }), shopper.id, deposit, deposit);
});
afterAll(() => fulfilment[Symbol.asyncDispose]());

const refund = (orderId: string, more: Partial<RefundOfLines> = {}, key?: string) =>
  fulfilment.operator(key).orders.refundLines({
    orderId,
    restock: true,
    to: "card",
    reason: "chipped",
    ...more,
    lines: [...(more.lines ?? oneMug)],
  });

const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  return error instanceof TRPCError ? errorData(error) : expect.fail("it was not refused");
};

/** What the gateway gave back of the order. */
const givenBack = (orderId: string) =>
  [...fulfilment.gateway.ledger.values()].find((entry) => entry.orderId === orderId)?.refunded ?? 0;

async function query<Row extends object>(statement: ReturnType<typeof sql>): Promise<Row> {
  const [row] = await fulfilment.shop.database.query<Row>(statement);
  return row ?? expect.fail("nothing there");
}

const balance = async () =>
  (await query<{ balance: number }>(sql`SELECT balance FROM account_view WHERE account_id = ${shopper.id}`)).balance;

const mugs = () =>
  query<Record<"available" | "reserved" | "sold", number>>(
    sql`SELECT available, reserved, sold FROM stock_view WHERE sku = ${SKUS.mug}`,
  );

const sales = () =>
  query<{ refunds: number; refunded: string }>(sql`
    SELECT coalesce(sum(refunds), 0)::int AS refunds, coalesce(sum(refunded), 0)::text AS refunded FROM sales_by_day`);

async function retryAll(): Promise<void> {
  const { shop, gateway } = fulfilment;
  const retrying = sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying' RETURNING id`;
  while ((await shop.database.query(retrying)).length > 0) await shop.settle(gateway);
}

it("one of three comes back: its price to the card, the unit to the shelf, a mail, a figure, and the rest is shipped", async () => {
  const { shop, gateway, confirmed, operator, orderOf, subjectsOf } = fulfilment;
  const orderId = await confirmed({ lines });
  const [before, soldBefore] = [await mugs(), await sales()];
  expect(await operator().orders.quoteRefund({ orderId, lines: oneMug })).toEqual({
    amount: { amount: 1_200, currency: "USD" },
    creditPart: null,
  });
  const { amount, refundId } = await refund(orderId);
  expect(amount).toEqual({ amount: 1_200, currency: "USD" });
  await shop.settle(gateway);
  expect(givenBack(orderId)).toBe(1_200);
  expect(await mugs()).toEqual({ ...before, available: before.available + 1, reserved: before.reserved - 1 });
  expect(await sales()).toEqual({
    refunds: soldBefore.refunds + 1,
    refunded: String(Number(soldBefore.refunded) + 1_200),
  });
  expect((await subjectsOf(orderId)).at(-1)).toMatch(
    /^A refund for your Fernhill order.*We returned \$12\.00 to the card.*\n\n {2}1 x Mug\n/s,
  );
  expect((await operator().orders.byId({ orderId })).order?.refunds).toMatchObject([
    { refundId, lines: [{ sku: SKUS.mug, name: "Mug", quantity: 1 }], to: "card", completedAt: expect.any(String) },
  ]);
  expect((await operator().orders.byId({ orderId })).refundedBy).toMatchObject([
    { refundId, actor: expect.stringMatching(/^user:/), reason: "chipped" },
  ]);
  await shop.ship(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "shipped", payment: "captured" });
  expect(await mugs()).toMatchObject({ reserved: before.reserved - 3, sold: before.sold + 2 });
});

it("the return after it pays back the rest and takes in the rest, in parts as a whole to the cent", async () => {
  const { shop, gateway, confirmed, operator, orderOf, subjectsOf } = fulfilment;
  const orderId = await confirmed({ lines });
  const [before, credit] = [await mugs(), await balance()];
  await shop.ship(gateway);
  await refund(orderId, { restock: false });
  await refund(orderId, { to: "credit" });
  await shop.settle(gateway);
  expect(await balance()).toBe(credit + 1_200);
  await operator().orders.receiveReturn({ orderId, reason: "changed their mind" });
  await shop.settle(gateway);
  expect(givenBack(orderId)).toBe(TOTAL - 1_200);
  expect(await orderOf(orderId)).toMatchObject({ payment: "refunded", stock: "returned" });
  // One of the three is written off.
  expect(await mugs()).toEqual({ ...before, available: before.available + 2, reserved: before.reserved - 3 });
  expect((await subjectsOf(orderId)).at(-1)).toMatch(
    /returning \$101\.00 to the card.*had \$24\.00 of it back before/s,
  );
  expect((await refusalOf(refund(orderId))).reason).toBe("ORDER_CANCELLED");
});

it("a cancellation after it pays back the rest, also of an order that store credit paid", async () => {
  const { shop, gateway, confirmed, operator, orderOf } = fulfilment;
  const before = await balance();
  const shelf = await mugs();
  const orderId = await confirmed({ lines, payment: { method: "account" } });
  expect((await refusalOf(refund(orderId))).fields).toMatchObject([{ field: "to" }]);
  await refund(orderId, { to: "credit" });
  // Asked for before, carried out after: neither takes the other's money.
  await operator().orders.cancel({ orderId, reason: "sold out after all" });
  expect((await refusalOf(refund(orderId, { to: "credit" }))).reason).toBe("ORDER_CANCELLED");
  await shop.settle(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "cancelled", payment: "refunded" });
  expect([await balance(), await mugs()]).toEqual([before, shelf]);
});

it("everything in parts and then a return: nothing is left to give back, and the order is over", async () => {
  const { shop, gateway, confirmed, operator, orderOf } = fulfilment;
  for (const method of ["card", "account"] as const) {
    const paid = payment(method === "card" ? 0 : 1_200, 1_200);
    const orderId = await confirmed({ lines: oneMug, payment: paid });
    await shop.ship(gateway);
    await refund(orderId, { to: method === "card" ? "card" : "credit" });
    const figures = async () => Number((await sales()).refunds);
    await shop.settle(gateway);
    const before = await figures();
    await operator().orders.receiveReturn({ orderId, reason: "changed their mind" });
    await shop.settle(gateway);
    expect(await orderOf(orderId)).toMatchObject({ payment: "refunded", stock: "returned" });
    expect(await figures()).toBe(before);
  }
});

it("clicks at once and retries refund each unit once, and the one who was slower is told what the other did", async () => {
  const { shop, gateway, confirmed } = fulfilment;
  const orderId = await confirmed({ lines });
  const same = await Promise.all(Array.from({ length: 3 }, () => refund(orderId, {}, "one-key")));
  expect(new Set(same.map(({ refundId }) => refundId)).size).toBe(1);
  const clicks = await Promise.allSettled(Array.from({ length: 6 }, () => refund(orderId)));
  expect(clicks.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  expect(await refusalOf(refund(orderId))).toMatchObject({
    reason: "LINE_REFUNDED",
    fields: [{ field: "lines.0.quantity", rule: "<= 0" }],
  });
  const lamp = [{ sku: SKUS.lamp, quantity: 1 }];
  expect(await refusalOf(refund(orderId, { lines: lamp, expectedRefunded: 0 }))).toMatchObject({
    reason: "REFUND_CHANGED",
    fields: [
      {
        field: "expectedRefunded",
        rule: "= 3600",
        message: expect.stringMatching(/ refunded \$\d+\.00 at \d+ \w+ \d{4}, \d\d:\d\d UTC\. Look again/),
      },
    ],
  });
  expect(await refusalOf(refund(orderId, { lines: lamp }))).toMatchObject({ reason: "REFUND_OF_ALL" });
  await shop.settle(gateway);
  await shop.ship(gateway);
  await refund(orderId, { lines: lamp, expectedRefunded: 3_600 });
  await shop.settle(gateway);
  expect(givenBack(orderId)).toBe(TOTAL);
});

it("a worker that dies between the call and the record gives back nothing twice", async () => {
  const { shop, gateway, confirmed, operator } = fulfilment;
  const orderId = await confirmed({ lines });
  await refund(orderId);
  let calls = 0;
  const dying: PaymentGateway = {
    ...gateway,
    async refund(input, signal) {
      const outcome = await gateway.refund(input, signal);
      calls += 1;
      if (calls === 1) throw new PaymentUnavailableError("the answer was lost");
      return outcome;
    },
  };
  await shop.settle(dying);
  expect(calls).toBeGreaterThan(0);
  await retryAll();
  expect((await operator().orders.byId({ orderId })).order?.refunds).toMatchObject([
    { completedAt: expect.any(String) },
  ]);
  expect(givenBack(orderId)).toBe(1_200);
});

/** Delivers copies of the refund, on which the consumer failed. */
async function refundLetter(consumer: string, orderId: string) {
  const { id, data } = await query<{ id: number; data: object }>(sql`
    SELECT letter.id, event.data FROM dead_letters letter JOIN events event USING (event_id)
    WHERE letter.consumer = ${consumer} AND letter.stream_id = ${orderStreamId(orderId)} AND letter.status = 'retrying'`);
  const { deadLetters } = fulfilment.operator();
  expect(await deadLetters.byId({ id: String(id) })).toMatchObject({ fixedFields: ["orderId"] });
  return (change: object) =>
    fulfilment.operator().deadLetters.editAndRetry({
      id: String(id),
      data: { ...data, ...change },
      reason: "as a customer asked",
    });
}

it("an edited copy of a refund pays back what its order says, and is about no other order or refund", async () => {
  const { shop, gateway, confirmed } = fulfilment;
  const [orderId, other] = [await confirmed({ lines }), await confirmed({ lines })];
  const before = await balance();
  await refund(orderId);
  const away = () => Promise.reject(new PaymentUnavailableError("away"));
  await shop.settle({ ...gateway, refund: away });
  const edit = await refundLetter("payment-refund", orderId);
  expect(await refusalOf(edit({ orderId: other }))).toMatchObject({
    reason: "INVALID_EVENT_DATA",
    fields: [{ field: "data.orderId" }],
  });
  await edit({ refundId: "another", amount: 9_000 });
  await shop.settle(gateway);
  expect(givenBack(orderId)).toBe(0);
  await edit({ to: "credit", amount: 9_000 });
  await retryAll();
  expect([givenBack(orderId), givenBack(other), await balance()]).toEqual([1_200, 0, before]);
});

it("an edited copy of a refund moves the goods that its order says, to where the order says", async () => {
  const { shop, gateway, confirmed } = fulfilment;
  const orderId = await confirmed({ lines });
  const shelves = () =>
    shop.database.query(sql`
    SELECT view.sku, view.available, reserved, sold, shelf.available AS "onShelf" FROM stock_view view JOIN stock shelf USING (sku)
    WHERE sku <> ${SKUS.mug} ORDER BY sku`);
  const onShelf = async () =>
    (await query<{ available: number }>(sql`SELECT available FROM stock WHERE sku = ${SKUS.mug}`)).available;
  const [before, shelf, others] = [await mugs(), await onShelf(), await shelves()];
  await shop.database.query(sql`
    ALTER TABLE stock_view ADD CONSTRAINT mugs_are_away CHECK (sku <> 'MUG') NOT VALID`);
  await refund(orderId);
  await shop.settle(gateway);
  await shop.database.query(sql`ALTER TABLE stock_view DROP CONSTRAINT mugs_are_away`);
  const edit = await refundLetter("stock", orderId);
  await edit({ refundId: "another" });
  await shop.settle(gateway);
  expect([await mugs(), await onShelf()]).toEqual([before, shelf]);
  await edit({ restock: false, hadLeft: true, lines: [{ sku: SKUS.lamp, quantity: 3 }] });
  await retryAll();
  expect(await mugs()).toEqual({ ...before, available: before.available + 1, reserved: before.reserved - 1 });
  expect([await onShelf(), await shelves()]).toEqual([shelf + 1, others]);
});

it("money that somebody at the gateway gave back by hand is not given back again", async () => {
  const { shop, gateway, confirmed } = fulfilment;
  const orderId = await confirmed({ lines });
  await refund(orderId);
  await shop.settle(refundedByHand(gateway, TOTAL));
  expect(givenBack(orderId)).toBe(TOTAL);
  expect(
    await shop.database.query(sql`SELECT FROM dead_letters WHERE consumer = 'payment-refund' AND status <> 'resolved'`),
  ).toEqual([]);
});

it("only what can take it is credited, and only what was bought is refunded", async () => {
  const { confirmed, shop, gateway } = fulfilment;
  const orderId = await confirmed({ lines });
  expect(await refusalOf(refund(orderId, { lines: [{ sku: SKUS.rare, quantity: 1 }] }))).toMatchObject({
    reason: "UNKNOWN_LINE",
    fields: [{ field: "lines.0.sku" }],
  });
  expect((await refusalOf(refund(orderId, { lines: [...oneMug, ...oneMug] }))).fields).toMatchObject([
    { field: "lines" },
  ]);
  await shop.database.query(sql`UPDATE orders SET customer_id = NULL WHERE id = ${orderId}`);
  expect(await refusalOf(refund(orderId, { to: "credit" }))).toMatchObject({ reason: "REFUND_TARGET" });
  await shop.settle(gateway);
  expect(givenBack(orderId)).toBe(0);
});

type Act =
  | { readonly act: "cancel" | "return" | "ship" | "settle" }
  | ({ readonly act: "part" } & Pick<RefundOfLines, "lines" | "restock" | "to">);

const part = fc.record({
  act: fc.constant("part" as const),
  lines: fc.uniqueArray(
    fc.record({ sku: fc.constantFrom(SKUS.mug, SKUS.lamp), quantity: fc.integer({ min: 1, max: 3 }) }),
    {
      minLength: 1,
      selector: ({ sku }) => sku,
    },
  ),
  restock: fc.boolean(),
  to: fc.constantFrom("card" as const, "credit" as const),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: part },
  { weight: 2, arbitrary: fc.constantFrom<Act>({ act: "ship" }, { act: "settle" }) },
  { weight: 1, arbitrary: fc.constantFrom<Act>({ act: "cancel" }, { act: "return" }) },
);

/** Carried out, or refused. */
async function carryOut(orderId: string, { act: what, ...input }: Act): Promise<void> {
  const { shop, gateway, operator } = fulfilment;
  const orders = operator(shop.services.ids.next()).orders;
  const work = {
    part: () => refund(orderId, input),
    cancel: () => orders.cancel({ orderId, reason: "sold out" }),
    return: () => orders.receiveReturn({ orderId, reason: "too large" }),
    ship: () => shop.ship(gateway),
    settle: () => shop.settle(gateway),
  }[what];
  await work().catch((error: unknown) => expect(error).toBeInstanceOf(TRPCError));
}

it(
  "whatever parts, cancellations and returns meet: never more than was taken, and books, credit and shelf agree",
  { timeout: 120_000 },
  async () => {
    const { shop, gateway, confirmed, orderOf } = fulfilment;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
        // What store credit pays of it.
        fc.oneof(fc.constantFrom(0, TOTAL), fc.integer({ min: 1, max: TOTAL - 1 })),
        async (turns, onCredit) => {
          const [shelf, credit] = [await mugs(), await balance()];
          const orderId = await confirmed({ lines, payment: payment(onCredit, TOTAL) });
          for (const turn of turns) await Promise.all(turn.map((each) => carryOut(orderId, each)));
          await retryAll();
          await shop.settle(gateway);
          const sums = await query<Record<"all" | "toCard", number>>(sql`
        SELECT coalesce(sum(amount), 0)::int AS all,
               coalesce(sum(CASE WHEN "to" = 'credit' OR ${onCredit === TOTAL} THEN 0 ELSE amount - part END), 0)::int AS "toCard"
        FROM (SELECT (data ->> 'amount')::int AS amount, data ->> 'to' AS "to", (data ->> 'creditPart')::int AS part
              FROM events WHERE stream_id = ${`order-${orderId}`} AND type IN ('RefundCompleted', 'PaymentRefunded')) event`);
          const order = await orderOf(orderId);
          const isOver = order?.status === "cancelled";
          expect(sums.all).toBeLessThanOrEqual(TOTAL);
          if (isOver) expect(sums.all).toBe(TOTAL);
          expect(givenBack(orderId)).toBe(sums.toCard);
          expect(sums.toCard).toBeLessThanOrEqual(TOTAL - onCredit);
          expect(await balance()).toBe(credit - onCredit + sums.all - sums.toCard);
          const { ledger, writtenOff } = await query<Record<"ledger" | "writtenOff", number>>(sql`
        SELECT coalesce(sum(quantity), 0)::int AS ledger, (
                 SELECT coalesce(sum((line ->> 'quantity')::int), 0)::int
                 FROM events, jsonb_array_elements(data -> 'lines') line
                 WHERE stream_id = ${`order-${orderId}`} AND type = 'RefundRequested' AND line ->> 'sku' = ${SKUS.mug}
                   AND NOT (data ->> 'restock')::boolean AND NOT (data ->> 'hadLeft')::boolean) AS "writtenOff"
        FROM stock_movements WHERE order_id = ${orderId} AND sku = ${SKUS.mug}`);
          const now = await mugs();
          expect(now.available).toBe(shelf.available + ledger);
          expect(now.reserved + now.sold - shelf.reserved - shelf.sold).toBe(isOver ? 0 : 0 - ledger - writtenOff);
        },
      ),
      { numRuns: RUNS },
    );
  },
);
