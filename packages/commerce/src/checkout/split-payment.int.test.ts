/** Card and store credit together: no card is charged without the credit, and each gets back its own, to the cent. */
import { beginRun, loadAggregate } from "@tillstream/eventing";
import { outcomeOf } from "@tillstream/eventing/testing";
import { sql } from "@tillstream/runtime";
import { createCallerFactory, errorData } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountAggregate, commandAccount } from "../account/index.ts";
import type { AccountCommand } from "../account/index.ts";
import { shopRouter } from "../routers.ts";
import { createFulfilment, orderInput, shopper, SKUS } from "../testing/index.ts";
import type { Fulfilment } from "../testing/index.ts";
import type { PlaceOrderInput } from "./input.ts";
import { placeOrder } from "./place-order.ts";
import { checkoutSagas } from "./saga.ts";

const lines = [
  { sku: SKUS.mug, quantity: 3 },
  { sku: SKUS.lamp, quantity: 1 },
];
const TOTAL = 3 * 1_200 + 8_900;
const CREDIT = 9_500;
const DEPOSIT = 900_000;

let fulfilment: Fulfilment;
beforeAll(async () => {
  fulfilment = await createFulfilment();
  await operate({ type: "open", accountId: shopper.id, currency: "USD" });
  await operate({ type: "deposit", amount: DEPOSIT, currency: "USD" });
});
afterAll(() => fulfilment[Symbol.asyncDispose]());

const operate = (command: AccountCommand) => {
  const context = fulfilment.shop.context({ user: shopper });
  return commandAccount(context, shopper.id, command, command);
};

const usd = (amount: number) => ({ amount, currency: "USD" as const });

const both = (amount: number, token = "tok_visa"): PlaceOrderInput["payment"] => ({
  method: "card",
  token,
  credit: usd(amount),
});

const place = (overrides: Partial<PlaceOrderInput> = {}) =>
  placeOrder(fulfilment.shop.context({ user: shopper }), orderInput({ lines, payment: both(CREDIT), ...overrides }));

const placing = (input: PlaceOrderInput, key?: string, user: typeof shopper | null = shopper) => {
  const context = fulfilment.shop.context({ user, ...(key !== undefined && { idempotencyKey: key }) });
  return createCallerFactory(shopRouter)(context).checkout.placeOrder(input);
};

const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  return error instanceof TRPCError ? errorData(error) : expect.fail("it was not refused");
};

async function account() {
  const streamId = accountAggregate.streamId(shopper.id);
  const { state } = await loadAggregate(fulfilment.shop.database, accountAggregate, streamId);
  const held = Object.values(state.holds).reduce((sum, hold) => (hold.status === "held" ? sum + hold.amount : sum), 0);
  return { balance: state.balance, held };
}

const chargeOf = (orderId: string) =>
  [...fulfilment.gateway.ledger.values()].find((entry) => entry.orderId === orderId);

const stepsOf = async (orderId: string) => {
  const rows = await fulfilment.shop.database.query<{ step: string }>(sql`
    SELECT step || CASE kind WHEN 'action' THEN '' ELSE ' undone' END AS step FROM saga_steps
    WHERE saga_id = ${`checkout:${orderId}`} ORDER BY kind, ordinal`);
  return rows.map(({ step }) => step);
};

const refund = (orderId: string, units: readonly { sku: string; quantity: number }[], to: "card" | "credit" = "card") =>
  fulfilment.operator().orders.refundLines({ orderId, lines: [...units], restock: true, to, reason: "chipped" });

it("the card pays what credit does not, and order, mail, books and run say so", async () => {
  const { shop, gateway, operator, subjectsOf } = fulfilment;
  const before = await account();
  const { orderId } = await place();
  expect(chargeOf(orderId)).toBeUndefined();
  await shop.settle(gateway);
  expect(chargeOf(orderId)).toMatchObject({ amount: TOTAL - CREDIT, refunded: 0 });
  expect(await account()).toEqual({ balance: before.balance - CREDIT, held: 0 });
  expect(await stepsOf(orderId)).toEqual(["createOrder", "holdCredit", "charge", "reserveStock", "confirm"]);
  const { order } = await operator().orders.byId({ orderId });
  expect(order).toMatchObject({ status: "confirmed", total: usd(TOTAL), creditPart: usd(CREDIT) });
  expect((await subjectsOf(orderId)).join()).toContain("You paid $95.00 with your store credit and $30.00 by card.");
});

it("an order that is paid one way has no step for the credit, and nothing more than before", async () => {
  const { confirmed, operator } = fulfilment;
  for (const payment of [{ method: "card", token: "tok_visa" } as const, { method: "account" } as const]) {
    const orderId = await confirmed({ lines, payment });
    expect(await stepsOf(orderId)).toEqual(["createOrder", "charge", "reserveStock", "confirm"]);
    expect((await operator().orders.byId({ orderId })).order?.creditPart).toBeNull();
  }
});

it("a declined card leaves the credit free, and an item that is gone leaves both", async () => {
  const { confirmed, orderOf, subjectsOf } = fulfilment;
  const before = await account();
  const declined = await confirmed({ lines, payment: both(CREDIT, "tok_chargeDeclined") });
  expect(await orderOf(declined)).toMatchObject({ status: "cancelled", payment: "none", reason: "CARD_DECLINED" });
  expect(await account()).toEqual(before);
  expect(await stepsOf(declined)).toEqual(expect.arrayContaining(["holdCredit undone", "createOrder undone"]));
  expect((await subjectsOf(declined)).join()).toContain("You were not charged. Your store credit is all there.");
  const [first, second] = await Promise.all(
    [1, 2].map(() => place({ lines: [{ sku: SKUS.rare, quantity: 2 }], payment: both(400) })),
  );
  await fulfilment.shop.settle(fulfilment.gateway);
  const ends = await Promise.all(
    [first, second].map(async (placed) => ({ ...placed, ...(await orderOf(placed?.orderId ?? "")) })),
  );
  const lost = ends.find(({ status }) => status === "cancelled") ?? expect.fail("both had it");
  expect(lost).toMatchObject({ payment: "refunded", reason: "OUT_OF_STOCK" });
  expect(chargeOf(lost.orderId ?? "")).toMatchObject({ amount: 600, refunded: 600 });
  expect(await account()).toEqual({ ...before, balance: before.balance - 400 });
  expect((await subjectsOf(lost.orderId ?? "")).join()).toContain(
    "We returned $6.00 to where it came from. Your store credit is all there.",
  );
});

it("where the credit went before the checkout got to it, the card is not charged", async () => {
  const { shop, gateway, orderOf, subjectsOf } = fulfilment;
  const { orderId } = await place();
  const { balance } = await account();
  await operate({ type: "withdraw", amount: balance - CREDIT + 1, currency: "USD" });
  await shop.settle(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "cancelled", payment: "none", reason: "CREDIT_GONE" });
  expect(chargeOf(orderId)).toBeUndefined();
  expect((await subjectsOf(orderId)).join()).toContain("The store credit that was to pay a part of it");
  await operate({ type: "deposit", amount: balance - CREDIT + 1, currency: "USD" });
  expect(await account()).toEqual({ balance, held: 0 });
});

it("a cancellation and a return give each its own", async () => {
  const { shop, gateway, confirmed, operator, orderOf, subjectsOf } = fulfilment;
  const before = await account();
  const cancelled = await confirmed({ lines, payment: both(CREDIT) });
  await operator().orders.cancel({ orderId: cancelled, reason: "sold out after all" });
  const returned = await confirmed({ lines, payment: both(CREDIT) });
  await shop.settle(gateway);
  await shop.ship(gateway);
  await operator().orders.receiveReturn({ orderId: returned, reason: "changed their mind" });
  await shop.settle(gateway);
  for (const orderId of [cancelled, returned]) {
    expect(await orderOf(orderId)).toMatchObject({ status: "cancelled", payment: "refunded" });
    expect(chargeOf(orderId)).toMatchObject({ amount: TOTAL - CREDIT, refunded: TOTAL - CREDIT });
  }
  expect(await account()).toEqual(before);
  expect((await subjectsOf(returned)).join()).toContain(
    "We are returning $30.00 to the card that you paid with and $95.00 to your store credit.",
  );
});

it("parts go to the card up to what it paid, then to the credit, and the rest follows", async () => {
  const { shop, gateway, confirmed, operator, subjectsOf } = fulfilment;
  const before = await account();
  const orderId = await confirmed({ lines, payment: both(CREDIT) });
  await shop.ship(gateway);
  const mugs = (quantity: number) => [{ sku: SKUS.mug, quantity }];
  expect(await operator().orders.quoteRefund({ orderId, lines: mugs(3) })).toEqual({
    amount: usd(3_600),
    creditPart: usd(600),
  });
  await refund(orderId, mugs(2));
  await refund(orderId, mugs(1));
  await shop.settle(gateway);
  expect(chargeOf(orderId)?.refunded).toBe(3_000);
  expect((await account()).balance).toBe(before.balance - CREDIT + 600);
  const { order } = await operator().orders.byId({ orderId });
  expect(order?.refunds).toMatchObject([
    { amount: usd(2_400), to: "card", creditPart: null },
    { amount: usd(1_200), to: "card", creditPart: usd(600) },
  ]);
  expect((await subjectsOf(orderId)).join()).toContain(
    "We returned $6.00 to the card that you paid with and $6.00 to your store credit, for this part",
  );
  // The card has all of its own back: from here on everything is credit, whatever was asked for.
  await refund(orderId, [{ sku: SKUS.lamp, quantity: 1 }]);
  await shop.settle(gateway);
  expect((await operator().orders.byId({ orderId })).order?.refunds.at(-1)).toMatchObject({ to: "credit" });
  expect(await account()).toEqual(before);
  await operator().orders.receiveReturn({ orderId, reason: "all of it" });
  await shop.settle(gateway);
  expect([chargeOf(orderId)?.refunded, await account()]).toEqual([3_000, before]);
});

it("where credit is chosen the card keeps what it paid, and never gets more than that", async () => {
  const { shop, gateway, confirmed, operator } = fulfilment;
  const before = await account();
  const orderId = await confirmed({ lines, payment: both(1_000) });
  await refund(orderId, [{ sku: SKUS.mug, quantity: 2 }], "credit");
  await operator().orders.cancel({ orderId, reason: "sold out after all" });
  await shop.settle(gateway);
  expect(chargeOf(orderId)).toMatchObject({ amount: TOTAL - 1_000, refunded: TOTAL - 2_400 });
  expect(await account()).toEqual({ ...before, balance: before.balance - 1_000 + 2_400 });
});

it("what cannot be is refused with the field, and the same key with another part is another request", async () => {
  const input = orderInput({ lines, payment: both(CREDIT) });
  expect(await refusalOf(placing(input, undefined, null))).toMatchObject({ reason: "SIGNED_OUT" });
  expect(await refusalOf(placing({ ...input, payment: both(TOTAL) }))).toMatchObject({
    reason: "CREDIT_PART_TOO_LARGE",
    fields: [{ field: "payment.credit.amount", rule: `< ${TOTAL}` }],
  });
  for (const amount of [0, -1, 1.5])
    expect((await refusalOf(placing({ ...input, payment: both(amount) }))).fields).toMatchObject([
      { field: "payment.credit.amount" },
    ]);
  const { balance } = await account();
  expect(await refusalOf(placing({ ...input, payment: both(balance + 1) }))).toMatchObject({
    reason: "INSUFFICIENT_FUNDS",
    fields: [{ field: "payment.credit.amount", rule: `<= ${balance}` }],
  });
  const placed = await placing(input, "one-key");
  expect((await placing(input, "one-key")).orderId).toBe(placed.orderId);
  const other = { ...input, payment: both(CREDIT - 1) };
  expect(await refusalOf(placing(other, "one-key"))).toMatchObject({ reason: "IDEMPOTENCY_KEY_REUSED" });
  await fulfilment.shop.settle(fulfilment.gateway);
});

it("a run of version 1 ends under it, and takes no money for an order that credit was to pay in part", async () => {
  const { shop, gateway, orderOf } = fulfilment;
  const [first = expect.fail("no version 1")] = checkoutSagas({ db: shop.database, gateway });
  const before = await account();
  const card = await place({ payment: { method: "card", token: "tok_visa" } });
  const split = await place();
  for (const { orderId } of [card, split])
    await shop.database.transaction((tx) =>
      beginRun(tx, first, { subject: orderId, input: { orderId }, correlationId: orderId }),
    );
  await shop.settle(gateway);
  expect(await orderOf(card.orderId)).toMatchObject({ status: "confirmed" });
  expect(await orderOf(split.orderId)).toMatchObject({ status: "cancelled", payment: "refunded" });
  expect(chargeOf(split.orderId)).toMatchObject({ amount: TOTAL - CREDIT, refunded: TOTAL - CREDIT });
  expect(await account()).toEqual(before);
});

it("fifty at once from one account never take more than is there, and no card is charged for one that got none", async () => {
  const { shop, gateway, orderOf } = fulfilment;
  const { balance } = await account();
  // Enough for twenty of them.
  await operate({ type: "withdraw", amount: balance - 20 * 1_000, currency: "USD" });
  const mug = [{ sku: SKUS.mug, quantity: 1 }];
  const tries = await Promise.all(
    Array.from({ length: 50 }, () => outcomeOf(place({ lines: mug, payment: both(1_000) }))),
  );
  const placed = tries.flatMap((one) => ("orderId" in one ? [String(one.orderId)] : []));
  await shop.settle(gateway);
  const orders = await Promise.all(placed.map(async (orderId) => ({ orderId, ...(await orderOf(orderId)) })));
  const sold = orders.filter(({ status }) => status === "confirmed");
  expect(sold).toHaveLength(20);
  expect(orders.filter(({ status }) => status !== "confirmed").every(({ reason }) => reason === "CREDIT_GONE")).toBe(
    true,
  );
  expect(placed.filter((orderId) => chargeOf(orderId) !== undefined)).toHaveLength(20);
  expect(await account()).toEqual({ balance: 0, held: 0 });
  await operate({ type: "deposit", amount: balance, currency: "USD" });
});
