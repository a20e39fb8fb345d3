/** The story of one order: everything that followed from one command, each with what it follows from. */
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { countGatewayCalls, PaymentUnavailableError } from "../payment/index.ts";
import { adminRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

async function flowOf(shop: TestShop, orderId: string) {
  const [event] = await shop.database.query<{ correlationId: string }>(sql`
    SELECT metadata ->> 'correlationId' AS "correlationId" FROM events WHERE event_id = ${`order-${orderId}:1`}`);
  const viewer = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } }));
  return viewer.flow.byCorrelation({ correlationId: event?.correlationId ?? "" });
}

it("an order that is shipped: from the click to the mails, orchestrated and choreographed alike", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const { orderId } = await placeOrder(shop.context(), orderInput());
  await shop.settle(gateway);
  await shop.ship(gateway);
  const { entries, orders, truncated } = await flowOf(shop, orderId);
  expect(truncated).toBe(false);
  expect(orders).toMatchObject([{ orderId }]);
  expect(new Set(entries.map(({ kind }) => kind))).toEqual(new Set(["command", "event", "consumed", "step", "mail"]));
  expect(entries.map(({ id }) => id)).toHaveLength(new Set(entries.map(({ id }) => id)).size);
  expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted());
  const named = (id: string) => entries.find((entry) => entry.id === id);
  const created = named(`order-${orderId}:1`);
  expect(named(created?.causedBy ?? "")).toMatchObject({
    kind: "command",
    lane: "commands",
    title: "placeOrder",
    detail: "checkout.placeOrder by guest",
  });
  const ofOrder = entries.filter(({ kind, id }) => kind === "event" && id.startsWith(`order-${orderId}:`));
  const versions = ofOrder.map(({ id }) => Number(id.split(":").at(-1)));
  expect(versions).toEqual(versions.toSorted((one, other) => one - other));
  expect(entries.find(({ title }) => title === "PaymentCaptured" || title === "PaymentAuthorized")).toMatchObject({
    causedBy: `checkout:${orderId}:charge:action`,
    lane: "order",
  });
  expect(
    entries.filter(({ kind }) => kind === "mail").every(({ causedBy }) => named(causedBy ?? "") !== undefined),
  ).toBe(true);
});

it("an order that is undone shows its compensations, and one that a consumer cannot take in its dead letter", async () => {
  await using shop = await createTestShop();
  const { orderId } = await placeOrder(shop.context(), orderInput({ lines: [{ sku: "RARE", quantity: 1 }] }));
  await shop.database.query(sql`UPDATE stock SET available = 0 WHERE sku = 'RARE'`);
  await shop.settle(createTestGateway());
  await shop.database.query(sql`
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, attempts)
    VALUES ('search', ${`order-${orderId}:1`}, 'OrderCreated', ${`order-${orderId}`}, 1, ${"TypeError: it broke\n at x"}, 5)`);
  const { entries } = await flowOf(shop, orderId);
  expect(entries.filter(({ kind }) => kind === "compensation").map(({ title }) => title)).toContain("undoes charge");
  expect(entries.find(({ lane }) => lane === "search")).toMatchObject({
    title: "could not take in OrderCreated",
    detail: "TypeError: it broke",
    status: "failed",
    href: expect.stringMatching(/^\/dead-letters\/\d+$/),
    causedBy: `order-${orderId}:1`,
  });
});

it("what a person asked for is named, and each call to the gateway is there with its attempt and answer", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  let answers = 0;
  const lossy = countGatewayCalls({
    ...gateway,
    async charge(input, signal) {
      const outcome = await gateway.charge(input, signal);
      if ((answers += 1) === 1) throw new PaymentUnavailableError("the gateway did not answer");
      return outcome;
    },
  });
  const { orderId } = await placeOrder(shop.context(), orderInput());
  await shop.settle(lossy.gateway);
  await shop.database.query(sql`UPDATE saga_steps SET run_at = now() WHERE status = 'pending'`);
  await shop.settle(lossy.gateway);
  const operator = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "operator" } }));
  await operator.orders.cancel({ orderId, reason: "a test" });
  await shop.settle(lossy.gateway);
  await lossy.log.write(shop.database);
  const { entries } = await flowOf(shop, orderId);
  const commands = entries.filter(({ kind }) => kind === "command");
  expect(commands.map(({ title }) => title)).toEqual(["placeOrder", "cancel"]);
  const calls = entries.filter(({ kind }) => kind === "call");
  const ofCharge = {
    lane: "gateway",
    causedBy: `checkout:${orderId}:charge:action`,
    href: `/sagas/checkout%3A${orderId}`,
  };
  expect(calls).toMatchObject([
    { ...ofCharge, title: "charge: no answer", detail: "attempt 1, the gateway did not answer", status: "failed" },
    { ...ofCharge, title: "look-up: captured", detail: `attempt 1, ch_${orderId}`, status: "done" },
    {
      title: "refund: refunded",
      detail: `attempt 1, re_ch_${orderId}`,
      causedBy: `cancellation:${orderId}:refund:action`,
      finishedAt: expect.any(String),
    },
  ]);
});

it("a refund that a consumer asks for is linked to it, under the command that decided it", async () => {
  await using shop = await createTestShop();
  const calls = countGatewayCalls(createTestGateway());
  const { orderId } = await placeOrder(shop.context(), orderInput());
  await shop.settle(calls.gateway);
  const operator = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "operator" } }));
  const lines = [{ sku: "MUG", quantity: 1 }];
  await operator.orders.refundLines({ orderId, lines, restock: false, to: "card", reason: "a test" });
  await shop.settle(calls.gateway);
  await calls.log.write(shop.database);
  const { entries } = await flowOf(shop, orderId);
  const named = (id: string | null | undefined) => entries.find((entry) => entry.id === id);
  const asker = named(entries.find(({ title }) => title === "refund: refunded")?.causedBy);
  expect(asker).toMatchObject({ kind: "consumed", lane: "payment-refund", title: "took in RefundRequested" });
  expect(named(named(asker?.causedBy)?.causedBy)).toMatchObject({ kind: "command", title: "refundLines" });
});

it("a correlation that nothing has is refused by name", async () => {
  await using shop = await createTestShop();
  const viewer = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } }));
  await expect(viewer.flow.byCorrelation({ correlationId: "none" })).rejects.toThrow(
    "Nothing has the correlation none.",
  );
});
