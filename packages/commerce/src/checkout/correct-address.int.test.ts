/** Where an order goes, corrected until its parcel has the label. */
import { listDeadLetters } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { createCallerFactory, errorData } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { simulatedCarrier, UNREACHABLE_CITY } from "../shipping/index.ts";
import { shopRouter } from "../routers.ts";
import { createFulfilment, orderInput, shopper } from "../testing/index.ts";
import type { Fulfilment } from "../testing/index.ts";

const RACING_ORDERS = 24;
const reason = "they wrote the wrong town";
const { shippingAddress: address } = orderInput();
const corrected = { ...address, line1: "7 Mill Lane", city: "Elsewhere" };

let fulfilment: Fulfilment;
beforeAll(async () => {
  fulfilment = await createFulfilment();
});
afterAll(() => fulfilment[Symbol.asyncDispose]());

const correct = (orderId: string, more: object = {}) =>
  fulfilment.operator().orders.correctAddress({ orderId, shippingAddress: corrected, reason, ...more });

/** Whatever waits to be tried again is tried now. */
async function retryAll(): Promise<void> {
  const { shop, gateway } = fulfilment;
  const retrying = sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying' RETURNING id`;
  while ((await shop.database.query(retrying)).length > 0) await shop.settle(gateway);
}

/** Which address the carrier made the label for that the parcel has: each has a number of its own. */
async function labelledFor(orderId: string): Promise<"first" | "corrected" | "none"> {
  const { shop } = fulfilment;
  const shipment = await fulfilment.operator().orders.shipment({ orderId });
  if (shipment?.trackingNumber === null || shipment === null) return "none";
  const request = { orderId, address: {}, idempotencyKey: `shp-${orderId}` };
  const first = await simulatedCarrier.createLabel(request, new AbortController().signal);
  const [row] = await shop.database.query<{ line1: string }>(
    sql`SELECT shipping_address ->> 'line1' AS line1 FROM orders WHERE id = ${orderId}`,
  );
  const isFirst = shipment.trackingNumber === first.trackingNumber;
  expect(row?.line1).toBe(isFirst ? address.line1 : corrected.line1);
  return isFirst ? "first" : "corrected";
}

it("an order whose address no carrier reaches is corrected, its letter is tried again, and it ships", async () => {
  const { shop, gateway, operator, confirmed, orderOf } = fulfilment;
  const orderId = await confirmed({ shippingAddress: { ...address, city: UNREACHABLE_CITY } });
  await shop.ship(gateway);
  await retryAll();
  expect((await operator().orders.byId({ orderId })).attention).toEqual(["SHIPPING_FAILED"]);
  await correct(orderId);
  await shop.settle(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "shipped" });
  expect(await labelledFor(orderId)).toBe("corrected");
  expect(await operator().orders.byId({ orderId })).toMatchObject({ attention: [], addressVersion: 1 });
  const letters = await listDeadLetters(shop.database, {
    consumer: "shipping",
    streamId: `order-${orderId}`,
    status: "all",
    limit: 10,
  });
  expect(new Set(letters.map(({ status }) => status))).toEqual(new Set(["resolved"]));
});

it("its customer corrects it by the same rules, in the country that they ordered for, until it has left", async () => {
  const { shop, gateway, operator, confirmed, subjectsOf } = fulfilment;
  const orderId = await confirmed();
  const own = (more: object = {}) =>
    createCallerFactory(shopRouter)(shop.context({ user: shopper })).orders.correctAddress({
      orderId,
      shippingAddress: corrected,
      ...more,
    });
  const refused = async (more: object) => {
    const error: unknown = await own(more).catch((thrown: unknown) => thrown);
    if (!(error instanceof TRPCError)) return expect.fail("it was not refused");
    return { ...errorData(error), message: error.message };
  };
  const wrong = { ...corrected, postalCode: "1" };
  expect((await refused({ shippingAddress: wrong })).fields).toMatchObject([{ field: "shippingAddress.postalCode" }]);
  const abroad = { ...corrected, country: "FR", postalCode: "75001" };
  expect(await refused({ shippingAddress: abroad })).toMatchObject({
    reason: "COUNTRY_STAYS",
    fields: [{ field: "shippingAddress.country" }],
  });
  await correct(orderId, { shippingAddress: { ...address, city: "Overton" } });
  const overtaken = await refused({ expectedVersion: 0 });
  expect(overtaken).toMatchObject({ reason: "ADDRESS_CHANGED" });
  expect(overtaken.message).not.toContain(shopper.name);
  const { version } = await own({ expectedVersion: 1 });
  expect(await own({ expectedVersion: 1 })).toMatchObject({ version });
  expect(await operator().orders.byId({ orderId })).toMatchObject({ shippingAddress: corrected, addressVersion: 2 });
  await shop.ship(gateway);
  expect((await subjectsOf(orderId)).filter((mail) => mail.includes("goes to another address"))).toHaveLength(2);
  expect(await labelledFor(orderId)).toBe("corrected");
  expect(await refused({ shippingAddress: address })).toMatchObject({ reason: "ORDER_SHIPPED" });
});

it("neither its events nor the audit say where the person lives", async () => {
  const { shop, confirmed } = fulfilment;
  const orderId = await confirmed();
  await correct(orderId, { reason: "Ines moved from 1 Street to 7 Mill Lane" });
  const kept = await shop.database.query<{ text: string }>(sql`
    SELECT data::text AS text FROM events WHERE stream_id = ${`order-${orderId}`}
    UNION ALL SELECT concat_ws(' ', reason, before, after) FROM audit WHERE subject = ${orderId}`);
  const text = kept.map((row) => row.text).join("\n");
  for (const part of ["Ines", "1 Street", "Mill Lane", "Elsewhere", "12345"]) expect(text).not.toContain(part);
  expect(text).toMatch(/"toCorrect": \["city", "line1"\]/);
  expect(text).toContain("[customer] moved from [customer] to [customer]");
});

it("who corrects what another has corrected meanwhile is shown that edit, and nothing is overwritten", async () => {
  const { confirmed, operator } = fulfilment;
  const orderId = await confirmed();
  await correct(orderId, { expectedVersion: 0 });
  const other = { ...address, city: "Third" };
  const late = await correct(orderId, { shippingAddress: other, expectedVersion: 0 }).catch((error: unknown) => error);
  const told = late instanceof TRPCError ? { ...errorData(late), message: late.message } : expect.fail();
  expect(told.message).toMatch(/ corrected this address at \d+ \w+ \d{4}, \d\d:\d\d UTC, so nothing/);
  expect(told).toMatchObject({
    reason: "ADDRESS_CHANGED",
    fields: [
      { field: "shippingAddress.city", message: corrected.city },
      { field: "shippingAddress.line1", message: corrected.line1 },
    ],
  });
  expect((await operator().orders.byId({ orderId })).shippingAddress).toEqual(corrected);
  // What is right already is no change, however often it is said.
  await correct(orderId, { expectedVersion: 0 });
  expect((await operator().orders.byId({ orderId })).addressVersion).toBe(1);
});

it("an address that mail cannot reach is refused at its field, as at the checkout", async () => {
  const orderId = await fulfilment.confirmed();
  const wrong = correct(orderId, { shippingAddress: { ...address, postalCode: "12" } }).catch(
    (error: unknown) => error,
  );
  expect(errorData((await wrong) as TRPCError).fields).toMatchObject([{ field: "shippingAddress.postalCode" }]);
});

it("what has left, or is cancelled, keeps its address", async () => {
  const { shop, gateway, confirmed, operator } = fulfilment;
  const [left, cancelled] = [await confirmed(), await confirmed()];
  await operator("cancel").orders.cancel({ orderId: cancelled, reason: "sold out" });
  await shop.ship(gateway);
  for (const orderId of [left, cancelled]) await expect(correct(orderId)).rejects.toMatchObject({ code: "CONFLICT" });
});

it("a correction while the carrier is being asked is kept, and the label of before is not used", async () => {
  const { shop, gateway, confirmed } = fulfilment;
  const orderId = await confirmed();
  const ask = simulatedCarrier.createLabel;
  const asking = vi.spyOn(simulatedCarrier, "createLabel").mockImplementationOnce(async (request, signal) => {
    const label = await ask(request, signal);
    await correct(orderId);
    return label;
  });
  await shop.ship(gateway);
  expect(asking).toHaveBeenCalled();
  asking.mockRestore();
  await retryAll();
  expect(await labelledFor(orderId)).toBe("corrected");
});

it("of a correction and a dispatch at once, either is first: what is refused is not used, and what is kept is", async () => {
  const { shop, gateway, confirmed } = fulfilment;
  const orderIds: string[] = [];
  for (let placed = 0; placed < RACING_ORDERS; placed += 1) orderIds.push(await confirmed());
  const shipping = shop.ship(gateway);
  const expected = await Promise.all(
    orderIds.map(async (orderId) => {
      const refusal = await correct(orderId).catch((error: unknown) => error);
      if (!(refusal instanceof TRPCError)) return "corrected";
      expect(refusal.code).toBe("CONFLICT");
      return "first";
    }),
  );
  await shipping;
  await shop.ship(gateway);
  await retryAll();
  expect(await Promise.all(orderIds.map(labelledFor))).toEqual(expected);
});
