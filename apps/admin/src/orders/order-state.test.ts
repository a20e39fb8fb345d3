import { expect, it } from "vitest";
import { leaving, mayRefund, maySend, paidParts, refundable, restOf, type Order } from "./order-state.ts";

const usd = (amount: number) => ({ amount, currency: "USD" });
const mugs = { sku: "MUG", name: "Mug", image: "", quantity: 3, unitPrice: usd(1_200), lineTotal: usd(3_600) };
const part = {
  refundId: "r1",
  lines: [{ sku: "MUG", name: "Mug", quantity: 2 }],
  amount: usd(2_400),
  to: "card",
  creditPart: null,
  tax: null,
  requestedAt: "2026-11-30T10:00:00Z",
  completedAt: null,
} as const;

const confirmed: Order = {
  orderId: "1",
  number: "7K2MQ-X40VB",
  version: 5,
  status: "confirmed",
  lines: [mugs],
  total: usd(3_600),
  price: {
    goods: usd(3_600),
    discount: null,
    delivery: { method: "standard", amount: usd(0) },
    tax: null,
    total: usd(3_600),
  },
  creditPart: null,
  onItsWay: null,
  steps: [
    { name: "confirmed", status: "done", at: "2026-11-30T10:00:00Z" },
    { name: "shipped", status: "pending", at: null },
  ],
  tracking: null,
  refunds: [],
  cancelReason: null,
  placedAt: "2026-11-30T10:00:00Z",
};
const cancelling: Order = {
  ...confirmed,
  steps: [...confirmed.steps, { name: "cancelled", status: "pending", at: null }],
};

it("of an order that both paid, what each paid is the total", () => {
  expect(paidParts({ ...confirmed, creditPart: usd(1_000) })).toEqual([
    { label: "From store credit", amount: usd(1_000) },
    { label: "By card", amount: usd(2_600) },
  ]);
  expect(paidParts(confirmed)).toEqual([]);
});

it.each<[string, Partial<Order>, ("card" | "credit")[], number, number]>([
  ["a card paid", {}, ["card"], 3_600, 0],
  ["both paid", { creditPart: usd(1_000) }, ["card", "credit"], 2_600, 1_000],
  ["credit paid", {}, ["credit"], 0, 3_600],
  ["both paid, and the card has a part again", { creditPart: usd(1_000), refunds: [part] }, ["card"], 200, 1_000],
  ["a card paid, and a part became credit", { refunds: [{ ...part, to: "credit" }] }, ["card", "credit"], 1_200, 0],
])("a return of the whole order pays back what is left, where %s", (_, how, targets, toCard, toCredit) => {
  expect(restOf({ ...confirmed, ...how }, targets)).toEqual({ toCard, toCredit });
});

it("what was refunded, or is on its way, is not left to refund", () => {
  expect(refundable({ ...confirmed, refunds: [part] })).toMatchObject([{ refunded: 2, left: 1 }]);
  const rest = { ...part, lines: [{ ...part.lines[0], quantity: 1 }] };
  expect(
    [confirmed, { ...confirmed, refunds: [part] }, { ...confirmed, refunds: [part, rest] }].map(mayRefund),
  ).toEqual([true, true, false]);
});

it("an order that is paid back as a whole has no part to refund, and nothing is sent of it", () => {
  expect([mayRefund(cancelling), maySend(cancelling), maySend(confirmed)]).toEqual([false, false, true]);
  const shipped = confirmed.steps.map((step) => ({ ...step, status: "done" as const }));
  expect([maySend({ ...confirmed, steps: shipped }), mayRefund({ ...confirmed, steps: shipped })]).toEqual([
    false,
    true,
  ]);
});

it("a held order leaves at no instant, and one that is being cancelled not at all", () => {
  expect([null, confirmed, { ...confirmed, status: "attention" } as const, cancelling].map(leaving)).toEqual([
    "due",
    "due",
    "held",
    "over",
  ]);
});
