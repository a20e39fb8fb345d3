/** Discount codes: their limits hold under many orders at once, and a cancelled order has used none. */
import { sql } from "@tillstream/runtime";
import { Refusal } from "@tillstream/eventing";
import { createCallerFactory } from "@tillstream/trpc";
import { afterEach, beforeEach, expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import type { PlaceOrderInput } from "../checkout/index.ts";
import { adminRouter, shopRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper, SKUS } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { createDiscount, endDiscount } from "./codes.ts";
import type { NewDiscount } from "./codes.ts";

const SHOPPERS = 200;

let shop: TestShop;
beforeEach(async () => void (shop = await createTestShop()));
afterEach(() => shop[Symbol.asyncDispose]());

const make = (more: Partial<NewDiscount>) =>
  createDiscount(shop.database, {
    code: "SPRING",
    kind: "percent",
    value: 10,
    minimum: 0,
    usesMax: null,
    usesPerCustomerMax: 1,
    endsAt: null,
    ...more,
  });

const place = (more: Partial<PlaceOrderInput> = {}) =>
  placeOrder(shop.context(), orderInput({ discountCode: "SPRING", ...more }));

/** What became of each: the total of an order, or the code of a refusal. */
const outcomesOf = async (tries: readonly Promise<{ total: { amount: number } }>[]) =>
  (await Promise.allSettled(tries)).map((outcome) => {
    if (outcome.status === "fulfilled") return outcome.value.total.amount;
    return outcome.reason instanceof Refusal ? outcome.reason.code : expect.fail(String(outcome.reason));
  });

async function uses(): Promise<{ counted: number; rows: number; orders: number }> {
  const [row] = await shop.database.query<{ counted: number; rows: number; orders: number }>(sql`
    SELECT uses AS counted, (SELECT count(*)::int FROM discount_uses) AS rows,
           (SELECT count(*)::int FROM orders WHERE discount_code = 'SPRING' AND status <> 'cancelled') AS orders
    FROM discount_codes WHERE code = 'SPRING'`);
  return row ?? expect.fail("no code");
}

it("of 200 shoppers at once as many use a code as may, and the others are told before anything is charged", async () => {
  await make({ usesMax: 7 });
  const tries = Array.from({ length: SHOPPERS }, (_, at) => place({ email: `shopper-${at}@example.com` }));
  const outcomes = await outcomesOf(tries);
  expect(outcomes.filter((outcome) => outcome === 2_160)).toHaveLength(7);
  expect(new Set(outcomes)).toEqual(new Set([2_160, "DISCOUNT_USED_UP"]));
  expect(await uses()).toEqual({ counted: 7, rows: 7, orders: 7 });
});

it("of 60 orders of one customer at once as many use a code as one customer may, however the address is written", async () => {
  await make({ usesPerCustomerMax: 3 });
  const tries = Array.from({ length: 60 }, (_, at) =>
    place({ email: at % 2 ? "ines@example.com" : "Ines@Example.com" }),
  );
  const outcomes = await outcomesOf(tries);
  expect(outcomes.filter((outcome) => outcome === 2_160)).toHaveLength(3);
  expect(await uses()).toEqual({ counted: 3, rows: 3, orders: 3 });
  expect(await outcomesOf([place()])).toEqual(["DISCOUNT_USED"]);
});

it("an order that is cancelled gives its use back, and the customer may use the code again", async () => {
  await make({ usesMax: 1 });
  const gateway = createTestGateway();
  await place({ payment: { method: "card", token: "tok_chargeDeclined" } });
  expect(await outcomesOf([place({ email: "other@example.com" })])).toEqual(["DISCOUNT_USED_UP"]);
  await shop.settle(gateway);
  expect(await uses()).toEqual({ counted: 0, rows: 0, orders: 0 });
  await place();
  await shop.settle(gateway);
  expect(await uses()).toEqual({ counted: 1, rows: 1, orders: 1 });
});

it.each([
  ["DISCOUNT_UNKNOWN", {}, { discountCode: "SPRINT" }],
  ["DISCOUNT_EARLY", { startsAt: "2999-01-01T00:00:00.000Z" }, {}],
  ["DISCOUNT_MINIMUM", { minimum: 2_401 }, {}],
] satisfies [string, Partial<NewDiscount>, Partial<PlaceOrderInput>][])(
  "%s is told, and names its field",
  async (code, discount, input) => {
    await make(discount);
    const refusal = await place(input).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code, fields: [{ field: "discountCode" }] });
    expect(await uses()).toEqual({ counted: 0, rows: 0, orders: 0 });
  },
);

it("a code that has ended is told, one that would begin so is not made, and what is not seen in a code does not count", async () => {
  await expect(make({ endsAt: "2021-01-01T00:00:00.000Z" })).rejects.toMatchObject({ code: "DISCOUNT_OVER" });
  await make({ startsAt: "2020-01-01T00:00:00.000Z" });
  expect(await outcomesOf([place({ discountCode: " spr\u200bing " })])).toEqual([2_160]);
  await endDiscount(shop.database, { code: "SPRING", endsAt: "2021-01-01T00:00:00.000Z" });
  expect(await outcomesOf([place({ email: "other@example.com" })])).toEqual(["DISCOUNT_ENDED"]);
});

it("a code does not end before it starts, and may end as it starts, which is never", async () => {
  const startsAt = "2999-01-01T00:00:00.000Z";
  await make({ startsAt });
  await expect(
    endDiscount(shop.database, { code: "SPRING", endsAt: "2998-01-01T00:00:00.000Z" }),
  ).rejects.toMatchObject({
    code: "DISCOUNT_ENDS_FIRST",
    message: "This code starts at 1 Jan 2999, 00:00 UTC. Enter an end that is not before it.",
    fields: [{ field: "endsAt", rule: `>= ${startsAt}` }],
  });
  await endDiscount(shop.database, { code: "SPRING", endsAt: startsAt });
});

it("an end that somebody else set meanwhile is not overwritten, so that an undo takes back only its own", async () => {
  const admin = () =>
    createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "operator" } })).discounts;
  const [first, second] = ["2090-01-01T00:00:00.000Z", "2091-01-01T00:00:00.000Z"];
  await make({});
  await admin().setEnd({ code: "SPRING", endsAt: first, expectedEndsAt: null, reason: "It ends." });
  await admin().setEnd({ code: "SPRING", endsAt: second, reason: "Later." });
  const undo = {
    code: "SPRING",
    endsAt: null,
    expectedEndsAt: first,
    reason: "Undone (the reason given was: It ends.)",
  };
  await expect(admin().setEnd(undo)).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("it is 1 Jan 2091, 00:00 UTC now"),
  });
  await admin().setEnd({ ...undo, expectedEndsAt: second });
  expect((await admin().list()).items).toMatchObject([{ code: "SPRING", endsAt: null }]);
});

it("a customer is an address: a guest who signs up uses a code once, and a quote tells nobody who has used it", async () => {
  await make({});
  await place({ email: shopper.email });
  const asGuest = createCallerFactory(shopRouter)(shop.context());
  const { discountProblem } = await asGuest.checkout.quote({
    lines: [{ sku: SKUS.mug, quantity: 1 }],
    discountCode: "SPRING",
  });
  expect(discountProblem).toBeNull();
  const signedIn = placeOrder(shop.context({ user: shopper }), orderInput({ discountCode: "SPRING" }));
  expect(await outcomesOf([signedIn])).toEqual(["DISCOUNT_USED"]);
});

it("the whole price is in quote, order, event and charge alike, and another total than was seen is refused", async () => {
  await make({});
  const choices = { country: "DE", delivery: "express", discountCode: "spring" } as const;
  const lines = [{ sku: SKUS.mug, quantity: 2 }];
  const caller = createCallerFactory(shopRouter)(shop.context());
  const { price } = await caller.checkout.quote({ lines, ...choices });
  expect(price).toMatchObject({
    goods: { amount: 2_400 },
    discount: { code: "SPRING", amount: { amount: 240 } },
    delivery: { method: "express", amount: { amount: 2_800 } },
    tax: { country: "DE", basisPoints: 1_900, amount: { amount: 792 }, included: true },
    total: { amount: 4_960 },
  });
  const german = { name: "Ines", line1: "Weg 1", city: "Berlin", postalCode: "10115", country: "DE" };
  const order = {
    delivery: choices.delivery,
    shippingAddress: german,
    expectedTotal: { ...price.total, currency: "USD" as const },
  };
  expect(await outcomesOf([place({ ...order, delivery: "standard" })])).toEqual(["PRICE_CHANGED"]);
  const placed = await place(order);
  expect(placed.total).toEqual(price.total);
  const gateway = createTestGateway();
  await shop.settle(gateway);
  expect([...gateway.ledger.values()].map(({ amount }) => amount)).toEqual([4_960]);
  const page = await caller.orders.byId({ orderId: placed.orderId, accessToken: placed.accessToken });
  expect(page.price).toEqual(price);
});
