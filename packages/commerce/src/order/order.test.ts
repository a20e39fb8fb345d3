import { isRefusal } from "@tillstream/eventing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { order, ORDER_TOTAL_MAX } from "./order.ts";
import type { OrderCommand, OrderEvent, OrderState } from "./order.ts";

const line = { sku: "MUG", name: "Mug", image: "", quantity: 1, unitPrice: 1_200 };
const create = { type: "create", orderId: "1", currency: "USD", lines: [line] } as const;

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
  { type: "requestCancellation" },
  { type: "flagAttention", code: "LEDGER", message: "the ledger says otherwise" },
  { type: "flagAttention", code: "HELD", message: "the address looks wrong" },
  { type: "resolveAttention", note: "looked at it" },
  { type: "resolveAttention", note: "the books agree", codes: ["LEDGER"] },
);
/** A confirmed order, then whatever. */
const confirmed: readonly OrderCommand[] = [
  create,
  { type: "recordPayment", chargeId: "ch" },
  { type: "recordReservation", lines: [line] },
  { type: "confirm", units: 1 },
];

/** Plays commands; refused ones change nothing. Returns every state on the way. */
function play(commands: readonly OrderCommand[]): { states: OrderState[]; events: OrderEvent[] } {
  const states = [order.initialState];
  const events: OrderEvent[] = [];
  for (const one of commands) {
    const decided = order.decide(one, states.at(-1) ?? order.initialState);
    if (isRefusal(decided)) continue;
    for (const event of decided) {
      events.push(event);
      states.push(order.evolve(states.at(-1) ?? order.initialState, event));
    }
  }
  return { states, events };
}

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
      const state = play([create, ...commands, last]).states.at(-1) ?? order.initialState;
      const again = order.decide(last, state);
      expect(isRefusal(again) || again.length === 0).toBe(true);
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

it("shipping and the shopper's cancellation never both get hold of an order", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      const types = new Set(play([...confirmed, ...commands]).events.map(({ type }) => type));
      expect(types.has("ShippingStarted") && types.has("CancellationRequested")).toBe(false);
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
    const state = play(commands).states.at(-1) ?? order.initialState;
    expect(order.decide({ type: "requestCancellation" }, state)).toMatchObject({ kind: "conflict", code });
  },
);

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

it("each question stands until it is answered, whoever else asks and whatever else is answered meanwhile", () => {
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
  expect(order.decide(huge, order.initialState)).toMatchObject({ code: "ORDER_TOO_LARGE" });
});
