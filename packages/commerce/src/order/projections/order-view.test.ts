import type { NewEvent, RecordedEvent } from "@tillstream/eventing";
import { specify } from "@tillstream/eventing/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { order } from "../order.ts";
import type { OrderCommand } from "../order.ts";
import { projectOrderView } from "./project-order-view.ts";
import type { OrderView } from "./project-order-view.ts";

type OrderRecord = Parameters<typeof projectOrderView>[1];

const line = { sku: "MUG", name: "Mug", image: "", quantity: 2, unitPrice: 1_200 };
const create: OrderCommand = { type: "create", orderId: "1", currency: "USD", lines: [line] };
const pay: OrderCommand = { type: "recordPayment", chargeId: "ch" };
const reserve: OrderCommand = { type: "recordReservation", lines: [line] };
const confirm: OrderCommand = { type: "confirm", units: 2 };
const cancel = (code: string): OrderCommand => ({ type: "cancel", reason: { code, message: "because" } });
const refund: OrderCommand = { type: "recordRefund", refundId: "re" };
const release: OrderCommand = { type: "recordRelease" };
const askCancel: OrderCommand = { type: "requestCancellation", by: "customer", reason: "no", nothingHasLeft: true };
const startShipping: OrderCommand = { type: "startShipping" };
const ship: OrderCommand = { type: "recordShipment", shipmentId: "s", carrier: "Post", trackingNumber: "P1" };
const comeBack: OrderCommand = { type: "recordReturn", shipmentId: "s", reason: "too small" };

/** The events in the order of their recording, a second apart. */
function recorded(events: readonly NewEvent[]): OrderRecord[] {
  return events.map((event, index): RecordedEvent => {
    const version = index + 1;
    const metadata = { correlationId: "c", causationId: "c", actor: "guest" };
    const recordedAt = new Date(version * 1_000);
    return {
      ...event,
      eventId: `order-1:${version}`,
      streamId: "order-1",
      streamType: "order",
      version,
      metadata,
      recordedAt,
    };
  }) as OrderRecord[]; // made by the decider of these very events
}

function play(commands: readonly OrderCommand[]) {
  const { events, state } = specify(order).play(commands);
  const views = recorded(events).reduce<OrderView[]>(
    (seen, event) => [...seen, projectOrderView(seen.at(-1), event)],
    [],
  );
  return { state, views, view: views.at(-1) ?? expect.fail("nothing happened") };
}

const steps = (view: OrderView) => view.steps.map(({ name, status }) => `${name} ${status}`).join(", ");

it("a paid order shows each step as it lands, with its time", () => {
  const { views } = play([create, pay, reserve, confirm]);
  expect(views.map(steps)).toEqual([
    "placed done, paid pending, stockReserved pending, confirmed pending, shipped pending",
    "placed done, paid done, stockReserved pending, confirmed pending, shipped pending",
    "placed done, paid done, stockReserved done, confirmed pending, shipped pending",
    "placed done, paid done, stockReserved done, confirmed done, shipped pending",
  ]);
  const [first, last] = [views[0], views.at(-1)];
  expect(first).toMatchObject({
    orderId: "1",
    version: 1,
    status: "pending",
    total: 2_400,
    currency: "USD",
    lines: [line],
  });
  expect(last).toMatchObject({
    version: 4,
    status: "confirmed",
    placedAt: "1970-01-01T00:00:01.000Z",
    updatedAt: "1970-01-01T00:00:04.000Z",
  });
  expect(last?.steps.flatMap(({ at }) => at ?? [])).toEqual(
    [1, 2, 3, 4].map((second) => new Date(second * 1_000).toISOString()),
  );
});

it("a confirmed order goes on: shipped with its number, returned, or cancelled by the shopper before that", () => {
  const shipped = play([create, pay, reserve, confirm, startShipping, ship]);
  expect(shipped.view).toMatchObject({ status: "shipped", tracking: { carrier: "Post", trackingNumber: "P1" } });
  expect(steps(shipped.view)).toBe("placed done, paid done, stockReserved done, confirmed done, shipped done");
  const returned = play([create, pay, reserve, confirm, startShipping, ship, comeBack, refund]);
  expect(returned.view).toMatchObject({ status: "cancelled", cancelReason: "RETURNED" });
  expect(steps(returned.view)).toBe(
    "placed done, paid undone, stockReserved undone, confirmed done, shipped done, returned done",
  );
  const asked = [create, pay, reserve, confirm, askCancel] as const;
  expect(play(asked).view.status).toBe("confirmed");
  expect(steps(play(asked).view)).toContain("shipped pending, cancelled pending");
  const cancelled = play([...asked, refund, release, cancel("CANCELLED_BY_CUSTOMER")]);
  expect(cancelled.view).toMatchObject({ status: "cancelled", cancelReason: "CANCELLED_BY_CUSTOMER" });
  expect(steps(cancelled.view)).toBe(
    "placed done, paid undone, stockReserved undone, confirmed undone, shipped skipped, cancelled done",
  );
});

it.each([
  [
    "a declined card",
    [create, cancel("CARD_DECLINED")],
    "paid failed, stockReserved skipped, confirmed skipped, shipped skipped",
  ],
  [
    "no stock",
    [create, pay, refund, cancel("OUT_OF_STOCK")],
    "paid undone, stockReserved failed, confirmed skipped, shipped skipped",
  ],
  [
    "a payment without an answer",
    [create, cancel("TIMED_OUT")],
    "paid failed, stockReserved skipped, confirmed skipped, shipped skipped",
  ],
  [
    "a payment without an answer that was taken",
    [create, pay, refund, cancel("TIMED_OUT")],
    "paid undone, stockReserved skipped, confirmed skipped, shipped skipped",
  ],
  [
    "a confirmation that was refused",
    [create, pay, reserve, release, refund, cancel("ORDER_NOT_PAID")],
    "paid undone, stockReserved undone, confirmed failed, shipped skipped",
  ],
  [
    "a checkout that a person had undone",
    [create, pay, refund, cancel("STOPPED_BY_MERCHANT")],
    "paid undone, stockReserved skipped, confirmed skipped, shipped skipped",
  ],
  [
    "a fault of our own",
    [create, pay, refund, cancel("NOT_COMPLETED")],
    "paid undone, stockReserved skipped, confirmed failed, shipped skipped",
  ],
  [
    "store credit given back",
    [create, { type: "recordAuthorization", chargeId: "hold" }, { type: "recordVoid" }, cancel("OUT_OF_STOCK")],
    "paid undone, stockReserved failed, confirmed skipped, shipped skipped",
  ],
] satisfies [string, OrderCommand[], string][])("%s shows where it stopped", (_, commands, shown) => {
  const { view } = play(commands);
  expect(steps(view)).toBe(`placed done, ${shown}, cancelled done`);
  expect(view.status).toBe("cancelled");
  expect(view.steps.filter(({ status, at }) => (status === "skipped") !== (at === null))).toEqual([]);
});

const command = fc.constantFrom<OrderCommand>(
  { type: "recordAuthorization", chargeId: "hold" },
  { type: "recordVoid" },
  pay,
  refund,
  reserve,
  release,
  confirm,
  cancel("OUT_OF_STOCK"),
  cancel("X"),
  cancel("CANCELLED_BY_CUSTOMER"),
  startShipping,
  ship,
  comeBack,
  { type: "requestCancellation", by: "customer", reason: "no", nothingHasLeft: false },
  { type: "requestCancellation", by: "merchant", reason: "no", nothingHasLeft: true },
  { type: "recordShippingFailure" },
  { type: "flagAttention", code: "LEDGER", message: "the ledger says otherwise" },
  { type: "flagAttention", code: "HELD", message: "the address looks wrong" },
  { type: "resolveAttention", note: "looked at it" },
  { type: "resolveAttention", note: "the books agree", codes: ["LEDGER"] },
);

it("whatever happens, the view tells what the order is", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
      const { state, view, views } = play([create, ...commands]);
      expect(view).toMatchObject({
        status: state.attention.length === 0 ? state.status : "attention",
        attention: state.attention,
        total: state.total,
        currency: state.currency,
        version: views.length,
      });
      const step = Object.fromEntries(view.steps.map(({ name, status }) => [name, status]));
      const over = step["cancelled"] === "done" || step["returned"] === "done";
      expect(over).toBe(state.status === "cancelled");
      expect(step["confirmed"] === "done" && !over).toBe(state.status === "confirmed" || state.status === "shipped");
      expect(step["shipped"] === "done" && !over).toBe(state.status === "shipped");
      expect(step["stockReserved"] === "done").toBe(state.stock === "reserved" || state.stock === "sold");
      expect(step["paid"] === "done").toBe(
        state.payment.status === "captured" || state.payment.status === "authorized",
      );
      expect(view.cancelReason === null).toBe(state.status !== "cancelled");
    }),
  );
});

it("a change of an order that was never created is a fault, not an empty row", () => {
  const { views } = play([create]);
  expect(views.length).toBe(1);
  const [, paid] = recorded([
    { type: "OrderCreated", schemaVersion: 2, data: {} },
    { type: "StockReleased", schemaVersion: 1, data: { orderId: "1" } },
  ]);
  expect(() => projectOrderView(undefined, paid ?? expect.fail())).toThrow(
    "order-1:2 came before the order's creation",
  );
});
