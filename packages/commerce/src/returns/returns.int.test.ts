/** Lines that customers send back: announced, received, paid for, and never more of them than were bought. */
import { sql } from "@tillstream/runtime";
import { createCallerFactory, errorData } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandAccount } from "../account/index.ts";
import { placeOrder } from "../checkout/index.ts";
import { referTo } from "../order/index.ts";
import { shopRouter } from "../routers.ts";
import { createFulfilment, orderInput, shopper, SKUS } from "../testing/index.ts";
import type { Fulfilment } from "../testing/index.ts";

const lines = [
  { sku: SKUS.mug, quantity: 3 },
  { sku: SKUS.lamp, quantity: 1 },
];
const TOTAL = 3 * 1_200 + 8_900;
const mugs = (quantity: number) => ({ sku: SKUS.mug, quantity, reason: "DAMAGED" as const });
const another: SessionUser = { ...shopper, id: "shopper-2", email: "tess@example.com" };

let fulfilment: Fulfilment;
beforeAll(async () => {
  fulfilment = await createFulfilment();
  const { shop } = fulfilment;
  const open = { type: "open", accountId: shopper.id, currency: "USD" } as const;
  const deposit = { type: "deposit", amount: 900_000, currency: "USD" } as const;
  for (const each of [open, deposit]) await commandAccount(shop.context({ user: shopper }), shopper.id, each, each);
});
afterAll(() => fulfilment[Symbol.asyncDispose]());

const buyer = (user: SessionUser | null = shopper, idempotencyKey?: string) =>
  createCallerFactory(shopRouter)(
    fulfilment.shop.context({ user, ...(idempotencyKey !== undefined && { idempotencyKey }) }),
  ).orders;

const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  return error instanceof TRPCError ? errorData(error) : expect.fail("it was not refused");
};

async function shipped(overrides: Parameters<Fulfilment["confirmed"]>[0] = {}, user = shopper): Promise<string> {
  const { orderId } = await placeOrder(fulfilment.shop.context({ user }), orderInput({ lines, ...overrides }));
  await fulfilment.shop.settle(fulfilment.gateway);
  await fulfilment.shop.ship(fulfilment.gateway);
  return orderId;
}

const givenBack = (orderId: string) =>
  [...fulfilment.gateway.ledger.values()].find((entry) => entry.orderId === orderId)?.refunded ?? 0;

const returnOf = async (orderId: string) => (await buyer().aftercare({ orderId })).returns;

it("one of three is announced, received and refunded to the cent, and its customer sees when and reads of it", async () => {
  const { shop, gateway, operator, orderOf, subjectsOf } = fulfilment;
  const orderId = await shipped();
  const quote = await buyer().quoteReturn({ orderId, lines: [{ sku: SKUS.mug, quantity: 1 }] });
  expect(quote.amount).toEqual({ amount: 1_200, currency: "USD" });
  const { returnId, number } = await buyer().requestReturn({ orderId, lines: [mugs(1)], to: "card" });
  expect(number).toMatch(/^[\w]{5}-[\w]{5}-R1$/);
  expect(await returnOf(orderId)).toMatchObject([
    { returnId, number, status: "requested", lines: [{ name: "Mug", quantity: 1, reason: "DAMAGED" }], to: "card" },
  ]);
  await shop.settle(gateway);
  expect((await subjectsOf(orderId)).at(-1)).toMatch(
    new RegExp(`^Your return ${number}: .* 1 x Mug\n.*/orders/${orderId}/return/${returnId}\\?token=`, "s"),
  );
  expect((await operator().orders.announcedReturns({ status: "requested" })).items).toMatchObject([{ returnId }]);
  await operator().orders.receiveReturnedLines({
    orderId,
    returnId,
    lines: [{ sku: SKUS.mug, quantity: 1, restock: true }],
  });
  await shop.settle(gateway);
  expect(givenBack(orderId)).toBe(1_200);
  const [returned] = await returnOf(orderId);
  const { refunds } = await buyer().byId({ orderId });
  expect(refunds).toMatchObject([{ amount: { amount: 1_200 }, to: "card", completedAt: expect.any(String) }]);
  expect(returned).toMatchObject({ status: "received", refundIds: refunds.map(({ refundId }) => refundId) });
  expect((await subjectsOf(orderId)).at(-1)).toMatch(/^A refund for your Fernhill order.*\$12\.00 to the card/s);
  expect(await orderOf(orderId)).toMatchObject({ status: "shipped", payment: "captured" });
  expect((await operator().orders.announcedReturns({ orderId, status: "requested" })).items).toEqual([]);
});

it("of what came some goes back on the shelf and some is written off, as credit where that was asked for", async () => {
  const { shop, gateway, operator } = fulfilment;
  const shelf = async () =>
    (await shop.database.query<{ available: number }>(sql`SELECT available FROM stock WHERE sku = ${SKUS.mug}`))[0]
      ?.available ?? 0;
  const orderId = await shipped();
  const { returnId } = await buyer().requestReturn({ orderId, lines: [mugs(3)], to: "credit" });
  const before = await shelf();
  const received = [true, false].map((restock) => ({ sku: SKUS.mug, quantity: 1, restock }));
  await operator().orders.receiveReturnedLines({ orderId, returnId, lines: received });
  await shop.settle(gateway);
  expect(await shelf()).toBe(before + 1);
  expect((await buyer().byId({ orderId })).refunds.map(({ to, amount }) => [to, amount.amount])).toEqual([
    ["credit", 1_200],
    ["credit", 1_200],
  ]);
  // The third did not come: it can be announced once more.
  expect(await buyer().requestReturn({ orderId, lines: [mugs(1)], to: "card" })).toMatchObject({ status: "requested" });
});

it("a guest returns by the link, and neither another customer nor a forged link learns that there is an order", async () => {
  const { shop, gateway } = fulfilment;
  const { orderId, accessToken } = await placeOrder(shop.context(), orderInput({ lines }));
  await shop.settle(gateway);
  const access = { orderId, accessToken };
  const wanted = { lines: [mugs(1)], to: "card" as const };
  const { shippingAddress } = orderInput();
  expect((await refusalOf(buyer(null).requestReturn({ ...access, ...wanted }))).reason).toBe("NOT_SHIPPED");
  await shop.ship(gateway);
  for (const [user, token] of [
    [another, undefined],
    [null, undefined],
    [null, `${accessToken.slice(0, -1)}~`],
    [another, referTo(shop.services, "another").accessToken],
  ] as const) {
    const theirs = { orderId, ...(token !== undefined && { accessToken: token }) };
    const asked = [
      buyer(user).aftercare(theirs),
      buyer(user).requestReturn({ ...theirs, ...wanted }),
      buyer(user).quoteReturn({ ...theirs, lines: [{ sku: SKUS.mug, quantity: 1 }] }),
      buyer(user).withdrawReturn({ ...theirs, returnId: `${orderId}-1` }),
      buyer(user).correctAddress({ ...theirs, shippingAddress }),
      buyer(user).reorder(theirs),
    ];
    for (const { reason } of await Promise.all(asked.map(refusalOf))) expect(reason).toBe("ORDER_NOT_FOUND");
  }
  expect((await refusalOf(buyer(null).requestReturn({ ...access, ...wanted, to: "credit" }))).fields).toMatchObject([
    { field: "to" },
  ]);
  const { returnId } = await buyer(null).requestReturn({ ...access, ...wanted });
  expect(await buyer(null).aftercare(access)).toMatchObject({
    refundTo: ["card"],
    paidWith: "card",
    address: shippingAddress,
    returns: [{ returnId }],
  });
  // The return of one order is none of another's.
  const other = await shipped();
  expect((await refusalOf(buyer().withdrawReturn({ orderId: other, returnId }))).reason).toBe("RETURN_NOT_FOUND");
  await buyer(null).withdrawReturn({ ...access, returnId });
  expect((await buyer(null).aftercare(access)).returns).toMatchObject([{ status: "withdrawn" }]);
});

it("requests at once and repeated ones announce each unit once", async () => {
  const { operator } = fulfilment;
  const orderId = await shipped();
  const request = (key?: string, quantity = 1) =>
    buyer(shopper, key).requestReturn({ orderId, lines: [mugs(quantity)], to: "card" });
  const same = await Promise.all(Array.from({ length: 3 }, () => request("one-key")));
  expect(new Set(same.map(({ returnId }) => returnId)).size).toBe(1);
  const clicks = await Promise.allSettled(Array.from({ length: 6 }, () => request()));
  expect(clicks.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  expect(await refusalOf(request())).toMatchObject({
    reason: "LINE_RETURNED",
    fields: [{ field: "lines.0.quantity", rule: "<= 0" }],
  });
  expect((await refusalOf(request(undefined, 0))).fields).toMatchObject([{ field: "lines.0.quantity" }]);
  const [first] = await returnOf(orderId);
  const { returnId } = first ?? expect.fail();
  const twice = { orderId, returnId, lines: [{ sku: SKUS.mug, quantity: 2, restock: true }] };
  expect((await refusalOf(operator().orders.receiveReturnedLines(twice))).reason).toBe("NOT_ANNOUNCED");
  const once = { ...twice, lines: [{ sku: SKUS.mug, quantity: 1, restock: true }] };
  const receipts = await Promise.allSettled([1, 2, 3].map(() => operator().orders.receiveReturnedLines(once)));
  expect(receipts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await refusalOf(buyer().withdrawReturn({ orderId, returnId }))).reason).toBe("RETURN_RECEIVED");
});

it("it can be sent back for so many days after it left, and a cancelled order or one that came back whole not at all", async () => {
  const { shop, gateway, operator } = fulfilment;
  const orderId = await shipped();
  const wanted = { orderId, lines: [mugs(1)], to: "card" as const };
  const { returnUntil, returnDays, trackingUrl } = await buyer().aftercare({ orderId });
  expect(trackingUrl).toBeNull();
  const withPage = { ...shop.services.shop, trackingUrl: "https://carrier.test/{number}" };
  const followed = createCallerFactory(shopRouter)({ ...shop.context({ user: shopper }), shop: withPage });
  const { tracking } = await buyer().byId({ orderId });
  expect((await followed.orders.aftercare({ orderId })).trackingUrl).toBe(
    `https://carrier.test/${tracking?.trackingNumber}`,
  );
  const [left] = await shop.database.query<{ until: Date }>(sql`
    SELECT recorded_at + ${returnDays}::int * interval '1 day' AS until FROM events
    WHERE stream_id = ${`order-${orderId}`} AND type = 'OrderShipped'`);
  expect(returnUntil).toBe(left?.until.toISOString());
  const tooLate = { ...shop.context({ user: shopper }), shop: { ...shop.services.shop, returnDays: 0 } };
  expect((await refusalOf(createCallerFactory(shopRouter)(tooLate).orders.requestReturn(wanted))).reason).toBe(
    "RETURN_TOO_LATE",
  );
  await buyer().requestReturn(wanted);
  await operator().orders.receiveReturn({ orderId, reason: "all of it" });
  expect((await refusalOf(buyer().requestReturn(wanted))).reason).toBe("ORDER_RETURNED");
  await shop.settle(gateway);
  expect(await returnOf(orderId)).toMatchObject([{ status: "withdrawn" }]);
  expect(givenBack(orderId)).toBe(TOTAL);
});

it("a return that does not come is closed by the merchant, which its customer hears of", async () => {
  const { shop, gateway, operator, subjectsOf } = fulfilment;
  const orderId = await shipped();
  const { returnId, number } = await buyer().requestReturn({ orderId, lines: [mugs(3)], to: "card" });
  await operator().orders.closeReturn({ orderId, returnId, reason: "lost on its way" });
  const late = { orderId, returnId, lines: [{ sku: SKUS.mug, quantity: 1, restock: true }] };
  expect((await refusalOf(operator().orders.receiveReturnedLines(late))).reason).toBe("RETURN_WITHDRAWN");
  await shop.settle(gateway);
  expect((await subjectsOf(orderId)).at(-1)).toMatch(new RegExp(`^We closed your return ${number}: `));
});

it("a return shrinks by what the merchant refunds by another way, and is over when nothing of it is left", async () => {
  const { shop, gateway, operator } = fulfilment;
  const orderId = await shipped();
  const { returnId } = await buyer().requestReturn({ orderId, lines: [mugs(2)], to: "card" });
  const refundMugs = (quantity: number) =>
    operator().orders.refundLines({
      orderId,
      lines: [{ sku: SKUS.mug, quantity }],
      to: "card",
      restock: false,
      reason: "kept",
    });
  // The third mug is not in the return: it is refunded first.
  await refundMugs(1);
  await shop.settle(gateway);
  expect(await returnOf(orderId)).toMatchObject([{ status: "requested", lines: [{ quantity: 2 }] }]);
  await refundMugs(1);
  await shop.settle(gateway);
  expect(await returnOf(orderId)).toMatchObject([
    { status: "requested", settledAt: null, lines: [{ quantity: 1, refunded: 1, name: "Mug" }] },
  ]);
  await refundMugs(1);
  await shop.settle(gateway);
  const closed = { status: "refunded", settledAt: expect.any(String), lines: [{ quantity: 0, refunded: 2 }] };
  expect(await returnOf(orderId)).toMatchObject([closed]);
  expect((await operator().orders.announcedReturns({ orderId })).items).toMatchObject([closed]);
  expect((await refusalOf(buyer().withdrawReturn({ orderId, returnId }))).reason).toBe("RETURN_REFUNDED");
  const late = { orderId, returnId, lines: [{ sku: SKUS.mug, quantity: 1, restock: true }] };
  expect((await refusalOf(operator().orders.receiveReturnedLines(late))).reason).toBe("RETURN_REFUNDED");
});

describe("of a customer who was erased after they announced it", () => {
  const announced = async (payment: "card" | "account") => {
    const { shop } = fulfilment;
    const user = { ...shopper, id: `erased-${payment}`, email: `${payment}@example.com` };
    const open = { type: "open", accountId: user.id, currency: "USD" } as const;
    const deposit = { type: "deposit", amount: 90_000, currency: "USD" } as const;
    for (const each of [open, deposit]) await commandAccount(shop.context({ user }), user.id, each, each);
    const orderId = await shipped(
      { payment: payment === "card" ? { method: "card", token: "tok_visa" } : { method: "account" } },
      user,
    );
    const { returnId } = await buyer(user).requestReturn({ orderId, lines: [mugs(1)], to: "credit" });
    await shop.database.query(sql`INSERT INTO erasures (customer_id, erased) VALUES (${user.id}, '{}')`);
    return { orderId, returnId, lines: [{ sku: SKUS.mug, quantity: 1, restock: true }] };
  };

  it("the card takes the money, credit is not offered, and its refusal names the erasure", async () => {
    const { shop, gateway, operator } = fulfilment;
    const receipt = await announced("card");
    const { orderId } = receipt;
    expect((await operator().orders.byId({ orderId })).refundableTo).toEqual(["card"]);
    const asCredit = { orderId, lines: [{ sku: SKUS.lamp, quantity: 1 }], restock: true, reason: "chipped" };
    const { fields } = await refusalOf(operator().orders.refundLines({ ...asCredit, to: "credit" }));
    expect(fields).toMatchObject([{ field: "to", message: expect.stringContaining("erased") }]);
    expect((await operator().orders.announcedReturns({ orderId })).items).toMatchObject([{ to: "card" }]);
    await operator().orders.receiveReturnedLines(receipt);
    await shop.settle(gateway);
    expect(givenBack(orderId)).toBe(1_200);
  });

  it("what was paid with credit goes back to where it came from", async () => {
    const { shop, gateway, operator } = fulfilment;
    const receipt = await announced("account");
    const { orderId } = receipt;
    expect((await operator().orders.byId({ orderId })).refundableTo).toEqual(["credit"]);
    await operator().orders.receiveReturnedLines(receipt);
    await shop.settle(gateway);
    expect((await operator().orders.byId({ orderId })).order?.refunds).toMatchObject([
      { to: "credit", completedAt: expect.any(String) },
    ]);
  });
});
