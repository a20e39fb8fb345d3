import { misdeclared, specify } from "@tillstream/eventing/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { order, orderAggregate, ORDER_TOTAL_MAX } from "./order.ts";
import { CancellationRequested } from "./events.ts";
import type { OrderCommand } from "./order.ts";

const line = { sku: "MUG", name: "Mug", image: "", quantity: 1, unitPrice: 1_200 };
const create = { type: "create", orderId: "1", currency: "USD", lines: [line] } as const;

const aPart = {
  lines: [{ sku: "MUG", quantity: 1 }],
  to: "card",
  restock: true,
  reason: "chipped",
  bought: [line],
} as const;

const command: fc.Arbitrary<OrderCommand> = fc.constantFrom<OrderCommand[]>(
  create,
  { type: "recordAuthorization", chargeId: "hold" },
  { type: "recordVoid" },
  { type: "recordPayment", chargeId: "ch" },
  { type: "recordRefund", refundId: "re" },
  { type: "recordReservation", lines: [line] },
  { type: "recordRelease" },
  { type: "confirm", units: 1 },
  { type: "cancel", reason: { code: "X", message: "x" } },
  { type: "startShipping" },
  { type: "recordShipment", shipmentId: "s", carrier: "Post", trackingNumber: "P1" },
  { type: "recordReturn", shipmentId: "s", reason: "too small" },
  { type: "requestCancellation", by: "customer", reason: "no", nothingHasLeft: false },
  { type: "requestCancellation", by: "merchant", reason: "no", nothingHasLeft: true },
  { type: "requestRefund", ...aPart, cameBack: false },
  { type: "completeRefund", refundId: "1-r1", reference: "re" },
  { type: "recordShippingFailure" },
  { type: "flagAttention", code: "LEDGER", message: "the ledger says otherwise" },
  { type: "flagAttention", code: "HELD", message: "the address looks wrong" },
  { type: "resolveAttention", note: "looked at it" },
  { type: "resolveAttention", note: "the books agree", codes: ["LEDGER"] },
);
const askCancel: OrderCommand = { type: "requestCancellation", by: "customer", reason: "no", nothingHasLeft: false };
/** A confirmed order, then whatever. */
const confirmed: readonly OrderCommand[] = [
  create,
  { type: "recordPayment", chargeId: "ch" },
  { type: "recordReservation", lines: [line] },
  { type: "confirm", units: 1 },
];

const { given, play } = specify(order);

it("no order is ever confirmed without being paid and having its stock", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      const { events, states } = play(commands);
      events.forEach((event, index) => {
        const before = states[index];
        if (event.type === "OrderConfirmed")
          expect([before?.payment.status, before?.stock]).toEqual(["captured", "reserved"]);
      });
    }),
  );
});

it("a command that was carried out leads to nothing when it is repeated, or is refused", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 12 }), command, (commands, last) => {
      const before = [create, ...commands, last];
      expect(play([...before, last]).events).toEqual(play(before).events);
    }),
  );
});

it("a cancelled order is not confirmed, and a confirmed one is cancelled only if the shopper asked for it", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), fc.boolean(), (commands, further) => {
      const types = play([...(further ? confirmed : [create]), ...commands]).events.map(({ type }) => type);
      const cancelled = types.indexOf("OrderCancelled");
      if (cancelled === -1) return;
      expect(types.indexOf("OrderConfirmed")).toBeLessThan(cancelled);
      if (types.includes("OrderConfirmed")) expect(types.slice(0, cancelled)).toContain("CancellationRequested");
    }),
  );
});

it("an order that somebody cancels never ships, and one that ships is never cancelled", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      const types = new Set(play([...confirmed, ...commands]).events.map(({ type }) => type));
      expect(types.has("OrderShipped") && types.has("CancellationRequested")).toBe(false);
      expect(types.has("OrderShipped") && !types.has("ShippingStarted")).toBe(false);
    }),
  );
});

it.each([
  ["still being processed", [create], "ORDER_STILL_PENDING"],
  ["on its way", [...confirmed, { type: "startShipping" }], "ORDER_SHIPPED"],
  ["waiting for a person", [...confirmed, { type: "flagAttention", code: "X", message: "x" }], "ORDER_NEEDS_ATTENTION"],
  ["cancelled", [create, { type: "cancel", reason: { code: "X", message: "x" } }], "ORDER_CANCELLED"],
] satisfies [string, OrderCommand[], string][])(
  "a shopper who cancels an order that is %s hears why not",
  (_, commands, code) => {
    given(play(commands).events).when(askCancel).thenRefused(code);
  },
);

it("a cancellation that was asked for is asked for once: its customer hears that it is under way, the merchant that it was somebody else's", () => {
  const asked = play([...confirmed, askCancel]).events;
  const byMerchant: OrderCommand = { type: "requestCancellation", by: "merchant", reason: "no", nothingHasLeft: true };
  given(asked).when(askCancel).then([]);
  given(asked).when(byMerchant).thenRefused("ORDER_CANCELLED");
});

it("while nothing has left an order is got back from shipping; what waits for a person only the merchant cancels", () => {
  const start: OrderCommand = { type: "startShipping" };
  const shipping = given(play([...confirmed, start]).events);
  const stuck = given(play([...confirmed, start, { type: "recordShippingFailure" }]).events);
  const ask = (by: "customer" | "merchant", nothingHasLeft: boolean): OrderCommand => ({
    type: "requestCancellation",
    by,
    reason: "no",
    nothingHasLeft,
  });
  const requested = (by: "customer" | "merchant") => [CancellationRequested.create({ orderId: "1", by, reason: "no" })];
  shipping.when(ask("customer", true)).then(requested("customer"));
  shipping.when(ask("merchant", false)).thenRefused("ORDER_SHIPPED");
  stuck.when(ask("customer", true)).thenRefused("ORDER_NEEDS_ATTENTION");
  stuck.when(ask("merchant", true)).then(requested("merchant"));
});

it("an order whose last question is answered asks the carrier again when shipping had got hold of it", () => {
  const answer = (codes: string[]): OrderCommand => ({ type: "resolveAttention", note: "mended", codes });
  const { events } = play([
    ...confirmed,
    { type: "startShipping" },
    { type: "recordShippingFailure" },
    flag("HELD_BY_OPERATOR"),
    answer(["SHIPPING_FAILED"]),
    answer(["HELD_BY_OPERATOR"]),
  ]);
  const types = events.slice(4).map(({ type }) => type);
  expect(types).toEqual([
    "ShippingStarted",
    "OrderNeedsAttention",
    "OrderNeedsAttention",
    "AttentionResolved",
    "AttentionResolved",
    "ShippingStarted",
  ]);
});

it("money that was captured is refunded at most once", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const types = play([create, ...commands]).events.map(({ type }) => type);
      expect(types.filter((type) => type === "PaymentCaptured").length).toBeLessThanOrEqual(1);
      expect(types.filter((type) => type === "PaymentRefunded").length).toBeLessThanOrEqual(1);
    }),
  );
});

it("money taken for an order that was cancelled meanwhile is recorded, so that its refund can be", () => {
  const cancel: OrderCommand = { type: "cancel", reason: { code: "X", message: "x" } };
  const { events } = play([
    create,
    cancel,
    { type: "recordPayment", chargeId: "ch" },
    { type: "recordRefund", refundId: "re" },
  ]);
  expect(events.map(({ type }) => type)).toEqual([
    "OrderCreated",
    "OrderCancelled",
    "PaymentCaptured",
    "PaymentRefunded",
  ]);
});

it("what needs attention does not stop what is under way, and is over when somebody has resolved it", () => {
  const { states, events } = play([
    create,
    { type: "flagAttention", code: "LEDGER", message: "the ledger says otherwise" },
    { type: "recordPayment", chargeId: "ch" },
    { type: "resolveAttention", note: "looked at it" },
  ]);
  expect(states.map(({ status, attention }) => [status, attention]).slice(1)).toEqual([
    ["pending", []],
    ["pending", ["LEDGER"]],
    ["pending", ["LEDGER"]],
    ["pending", []],
  ]);
  expect(events.at(-1)?.data).toEqual({ orderId: "1", code: "LEDGER", note: "looked at it", remaining: [] });
});

const flag = (code: string): OrderCommand => ({ type: "flagAttention", code, message: "look" });

it("each question stays open until it is answered, whatever else is asked or answered meanwhile", () => {
  const { states } = play([
    create,
    flag("HELD_BY_OPERATOR"),
    flag("PAYMENT_MISSING"),
    flag("HELD_BY_OPERATOR"),
    { type: "resolveAttention", note: "the books agree", codes: ["PAYMENT_MISSING", "PAYMENT_MISMATCH"] },
  ]);
  expect(states.at(-1)?.attention).toEqual(["HELD_BY_OPERATOR"]);
  expect(states.at(-2)?.attention).toEqual(["HELD_BY_OPERATOR", "PAYMENT_MISSING"]);
});

it("an answer without codes is one to all questions, with an event for each", () => {
  const { events } = play([create, flag("A"), flag("B"), { type: "resolveAttention", note: "seen" }]);
  expect(events.slice(3).map(({ data }) => data)).toEqual([
    { orderId: "1", code: "A", note: "seen", remaining: ["B"] },
    { orderId: "1", code: "B", note: "seen", remaining: [] },
  ]);
});

it("an order above the limit is refused", () => {
  const huge = { ...create, lines: [{ ...line, quantity: 999, unitPrice: ORDER_TOTAL_MAX }] };
  given([]).when(huge).thenRefused("ORDER_TOO_LARGE");
});

it("its commands lead to the events that they declare, and to no others", () => {
  const correction = fc.constant({ type: "correctAddress" as const, nothingHasLeft: true }); // each time it goes elsewhere
  const any = fc.array(fc.oneof({ weight: 20, arbitrary: command }, correction), { maxLength: 30, size: "max" });
  const plays = fc.sample(any, { numRuns: 1_000, seed: 42 });
  expect(
    misdeclared(
      orderAggregate,
      plays.flatMap((play) => [
        [create, ...play],
        [...confirmed, ...play],
      ]),
    ),
  ).toEqual([]);
});

it("parts and the rest together give back what was taken, to the cent, and no unit twice", () => {
  const lines = [line, { ...line, sku: "LAMP", quantity: 3, unitPrice: 333 }];
  const total = 1_200 + 3 * 333;
  const bought = [
    { ...create, lines },
    { type: "recordPayment", chargeId: "ch" },
    { type: "recordReservation", lines },
    { type: "confirm", units: 4 },
  ] as const;
  const part = fc.record({
    type: fc.constant("requestRefund" as const),
    lines: fc.uniqueArray(
      fc.record({ sku: fc.constantFrom("MUG", "LAMP"), quantity: fc.integer({ min: 1, max: 4 }) }),
      {
        minLength: 1,
        selector: ({ sku }) => sku,
      },
    ),
    to: fc.constantFrom("card" as const, "credit" as const),
    restock: fc.boolean(),
    reason: fc.constant("chipped"),
    bought: fc.constant(lines),
    cameBack: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: part }, command), { maxLength: 20 }), (commands) => {
      const { events, state } = play([...bought, ...commands]);
      let rest = total;
      const units = new Map(lines.map(({ sku, quantity }) => [sku, quantity]));
      for (const event of events) {
        if (event.type === "RefundRequested") {
          rest -= event.data.amount;
          for (const { sku, quantity } of event.data.lines) units.set(sku, (units.get(sku) ?? 0) - quantity);
        }
        if (event.type === "PaymentRefunded") expect(event.data.amount).toBe(rest);
      }
      expect(rest).toBeGreaterThanOrEqual(0);
      expect(Math.min(...units.values())).toBeGreaterThanOrEqual(0);
      expect(state.refunds.reduce((sum, { amount }) => sum + amount, 0)).toBe(total - rest);
    }),
  );
});
