import { sql } from "@tillstream/runtime";
import { createFulfilment } from "../testing/index.ts";
import type { Fulfilment } from "../testing/index.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

let fulfilment: Fulfilment;
beforeAll(async () => {
  fulfilment = await createFulfilment();
});
afterAll(() => fulfilment[Symbol.asyncDispose]());

it("a confirmed order is labelled, shipped and told of, and its history is one flow from event to event", async () => {
  const { shop, gateway, confirmed, story, orderOf, subjectsOf } = fulfilment;
  const orderId = await confirmed();
  expect(await orderOf(orderId)).toMatchObject({ status: "confirmed" });
  await shop.ship(gateway);
  expect(await orderOf(orderId)).toEqual({ status: "shipped", payment: "captured", stock: "sold", reason: null });
  const events = await story(orderId);
  const flow = events.slice(events.findIndex(({ type }) => type === "OrderConfirmed"));
  expect(flow.map(({ type, actor }) => [type, actor])).toEqual([
    ["OrderConfirmed", "saga:checkout"],
    ["ShipmentScheduled", "consumer:shipping"],
    ["ShippingStarted", "system"],
    ["ShipmentCreated", "consumer:shipping"],
    ["OrderShipped", "consumer:order-shipping"],
  ]);
  expect(flow.slice(1).map(({ causation }) => causation)).toEqual(flow.slice(0, -1).map(({ id }) => id));
  expect(new Set(events.map(({ correlation }) => correlation)).size).toBe(1);
  const [, onItsWay] = await subjectsOf(orderId);
  expect(onItsWay).toMatch(/is on its way: Meadow Post has it now.*MP\d{12}/);
});

it("before its time an order is not shipped", async () => {
  const { shop, gateway, confirmed, orderOf } = fulfilment;
  const orderId = await confirmed();
  await shop.database.query(sql`UPDATE shipments SET due_at = now() + interval '1 hour' WHERE order_id = ${orderId}`);
  await shop.ship(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "confirmed" });
});

it("an order that waits for a person is not shipped until somebody has decided", async () => {
  const { shop, gateway, confirmed, operator, orderOf } = fulfilment;
  const orderId = await confirmed();
  const order = await operator().orders.flagAttention({ orderId, reason: "the address looks wrong" });
  expect(order).toMatchObject({ orderId });
  await shop.ship(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "confirmed" });
  expect((await operator().orders.byId({ orderId })).order).toMatchObject({ status: "attention" });
  await operator().orders.resolveAttention({ orderId, note: "called the customer" });
  await shop.ship(gateway);
  expect(await orderOf(orderId)).toMatchObject({ status: "shipped" });
});

it("the same shipment asked for again has the same label, and is shipped once", async () => {
  const { shop, gateway, confirmed, story } = fulfilment;
  const orderId = await confirmed();
  await shop.ship(gateway);
  const before = await story(orderId);
  await shop.database.query(sql`DELETE FROM processed_events WHERE event_id LIKE ${`%${orderId}%`}`);
  await shop.database.query(
    sql`UPDATE consumer_checkpoints SET position = 0 WHERE consumer IN ('shipping', 'order-shipping', 'payment-refund')`,
  );
  await shop.ship(gateway);
  expect(await story(orderId)).toEqual(before);
});

it("no event of the flow holds what the address holds", async () => {
  const { shop, gateway, confirmed } = fulfilment;
  const orderId = await confirmed();
  await shop.ship(gateway);
  const data = await shop.database.query(
    sql`SELECT data FROM events WHERE stream_id IN (${`order-${orderId}`}, ${`shipment-${orderId}`})`,
  );
  for (const part of ["Ines", "1 Street", "12345", "ines@example.com"])
    expect(JSON.stringify(data)).not.toContain(part);
});
