import { expect, it } from "vitest";
import { announcedWords, firstWords, labelPage, returnable, type Return } from "./return-words.ts";

const usd = (amount: number) => ({ amount, currency: "USD" });
const line = { name: "Mug", image: "", unitPrice: usd(1), lineTotal: usd(1) };
const lines = [
  { ...line, sku: "MUG", quantity: 3 },
  { ...line, sku: "LAMP", quantity: 1 },
];
const mug = (quantity: number) => ({ sku: "MUG", name: "Mug", quantity });
const refund = {
  refundId: "r",
  amount: usd(1),
  to: "card",
  creditPart: null,
  tax: null,
  requestedAt: "",
  completedAt: null,
} as const;
const returned = (status: Return["status"], quantity: number): Return => ({
  returnId: "o-1",
  orderId: "o",
  number: "R1",
  status,
  lines: [{ ...mug(quantity), reason: "OTHER" }],
  to: "card",
  received: [],
  refundIds: [],
  requestedAt: "",
  settledAt: null,
});

it("what is refunded or on its way back cannot be sent back, and what was withdrawn or paid for counts once", () => {
  const order = { lines, refunds: [{ ...refund, lines: [mug(1)] }] };
  const left = (...returns: Return[]) => returnable(order, returns).map((each) => each.left);
  expect(left()).toEqual([2, 1]);
  expect(left(returned("requested", 1))).toEqual([1, 1]);
  expect(left(returned("withdrawn", 1), returned("received", 1), returned("refunded", 0))).toEqual([2, 1]);
});

it("an announced return says where its money goes, and that a card gets no more than it paid", () => {
  expect(announcedWords("card", { creditPart: null })).toContain("to your card once");
  expect(announcedWords("card", { creditPart: usd(5) })).toContain(
    "up to what it paid, and the rest goes to your store credit",
  );
  expect(announcedWords("credit", { creditPart: usd(5) })).toContain("to your store credit once");
});

it("the label opens by the right that opened the order", () => {
  expect(labelPage({ orderId: "o", accessToken: "1.x" }, "o-1")).toBe("/orders/o/return/o-1?token=1.x");
  expect(labelPage({ orderId: "o" }, "o-1")).toBe("/orders/o/return/o-1");
});

it("who sends back what came broken is asked to write first, as the page about returns says; nobody else is", () => {
  expect(firstWords("DAMAGED")).toContain("Before you send it, write to us");
  expect(firstWords("WRONG_ITEM")).toBe(firstWords("DAMAGED"));
  expect([firstWords(""), firstWords("CHANGED_MIND")]).toEqual([undefined, undefined]);
});
