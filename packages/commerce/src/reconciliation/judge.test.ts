import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Capture } from "../payment/index.ts";
import { judgeCapture, judgeMissing } from "./judge.ts";
import type { PaidOrder, Verdict } from "./judge.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const GRACE_MS = 120_000;
const before = (ms: number) => new Date(NOW.getTime() - ms);
const OLD = before(10 * GRACE_MS);

const capture: Capture = { chargeId: "ch_1", orderId: "o1", amount: 2_400, refunded: 0, currency: "USD", at: OLD };
const confirmed: PaidOrder = {
  orderId: "o1",
  status: "confirmed",
  total: 2_400,
  currency: "USD",
  paymentStatus: "captured",
  chargeId: "ch_1",
  creditPart: 0,
  refunds: [],
  isLive: false,
  startedAt: OLD,
  correlationId: null,
};
/** 1,200 of 2,400 are paid back by themselves. */
const part = (to: "card" | "credit", status: "requested" | "completed") =>
  ({
    refundId: "r1",
    lines: [{ sku: "MUG", quantity: 1 }],
    amount: 1_200,
    to,
    restock: true,
    hadLeft: false,
    status,
  }) as const;
const cancelled: PaidOrder = { ...confirmed, status: "cancelled", paymentStatus: "none", chargeId: null };

const judge = (of: Partial<Capture>, order: PaidOrder | undefined) =>
  judgeCapture({ ...capture, ...of }, order, NOW, GRACE_MS);
const inWords = (verdict: Verdict) =>
  verdict.kind === "differs" ? `${verdict.difference.kind}: ${verdict.difference.repair}` : verdict.kind;

describe("a capture and its order", () => {
  it.each<[string, Partial<Capture>, PaidOrder | undefined, string]>([
    ["of a confirmed order, to the cent", {}, confirmed, "agrees"],
    ["of a shipped order", {}, { ...confirmed, status: "shipped" }, "agrees"],
    [
      "of a second charge of a paid order, given back",
      { refunded: 2_400 },
      { ...confirmed, chargeId: "ch_2" },
      "agrees",
    ],
    [
      "of a cancelled order, given back by somebody else",
      { refunded: 2_400 },
      { ...cancelled, paymentStatus: "captured", chargeId: "ch_1" },
      "refund_unrecorded: record",
    ],
    [
      "of a cancelled order that never heard of it, given back",
      { refunded: 2_400 },
      cancelled,
      "refund_unrecorded: record",
    ],
    ["of a confirmed order, given back in full", { refunded: 2_400 }, confirmed, "amount_mismatch: attention"],
    [
      "of a returned order, given back in full",
      { refunded: 2_400 },
      { ...confirmed, paymentStatus: "refunded" },
      "agrees",
    ],
    ["of a cancelled order", {}, cancelled, "unclaimed_capture: refund"],
    ["of a cancelled order, given back in part", { refunded: 400 }, cancelled, "unclaimed_capture: refund"],
    ["of an order that another charge paid for", {}, { ...confirmed, chargeId: "ch_2" }, "unclaimed_capture: refund"],
    ["of a pending order whose run is over", {}, { ...confirmed, status: "pending" }, "unclaimed_capture: refund"],
    [
      "that the order says was refunded",
      {},
      { ...cancelled, paymentStatus: "refunded", chargeId: "ch_1" },
      "refund_missing: refund",
    ],
    ["of another amount", { amount: 2_399 }, confirmed, "amount_mismatch: attention"],
    ["of another currency", { currency: "EUR" }, confirmed, "amount_mismatch: attention"],
    ["of which a part was given back", { refunded: 1 }, confirmed, "amount_mismatch: attention"],
    [
      "of which a part was refunded",
      { refunded: 1_200 },
      { ...confirmed, refunds: [part("card", "completed")] },
      "agrees",
    ],
    ["of which a part is under way", {}, { ...confirmed, refunds: [part("card", "requested")] }, "agrees"],
    [
      "of which a part went and is not recorded yet",
      { refunded: 1_200 },
      { ...confirmed, refunds: [part("card", "requested")] },
      "agrees",
    ],
    ["of which a part was given as credit", {}, { ...confirmed, refunds: [part("credit", "completed")] }, "agrees"],
    [
      "of which a part is said to be refunded and is not",
      {},
      { ...confirmed, refunds: [part("card", "completed")] },
      "amount_mismatch: attention",
    ],
    [
      "of a returned order, given back but for what was given as credit",
      { refunded: 1_200 },
      { ...confirmed, paymentStatus: "refunded", refunds: [part("credit", "completed")] },
      "agrees",
    ],
    [
      "of a returned order of which the rest was not given back",
      { refunded: 1_200 },
      { ...confirmed, paymentStatus: "refunded", refunds: [part("card", "completed")] },
      "refund_missing: refund",
    ],
    ["of which store credit paid a part", { amount: 2_000 }, { ...confirmed, creditPart: 400 }, "agrees"],
    ["of which store credit was to pay a part", {}, { ...confirmed, creditPart: 400 }, "amount_mismatch: attention"],
    [
      "of which the card has all of its part back and credit the rest",
      { amount: 2_000, refunded: 500 },
      { ...confirmed, creditPart: 400, refunds: [{ ...part("card", "completed"), amount: 800, creditPart: 300 }] },
      "agrees",
    ],
    [
      "of which more was given as credit than credit had paid",
      { amount: 2_000, refunded: 1_900 },
      {
        ...confirmed,
        paymentStatus: "refunded",
        creditPart: 400,
        refunds: [{ ...part("credit", "completed"), amount: 500 }],
      },
      "agrees",
    ],
    ["of an order that nobody knows", {}, undefined, "unknown_order: refund"],
    ["of an order that nobody knows, within the grace period", { at: before(GRACE_MS - 1) }, undefined, "tooEarly"],
    ["of an order whose run is under way", {}, { ...cancelled, isLive: true }, "tooEarly"],
    ["of an order whose run is young", {}, { ...cancelled, startedAt: before(GRACE_MS - 1) }, "tooEarly"],
    ["that is young", { at: before(GRACE_MS - 1) }, cancelled, "tooEarly"],
  ])("%s", (_, of, order, words) => {
    expect(inWords(judge(of, order))).toBe(words);
  });

  it.each<[Partial<Capture>, PaidOrder, string]>([
    [{ amount: 2_399 }, confirmed, "The order costs $24.00; the gateway has $23.99."],
    [{ refunded: 1 }, confirmed, "The order costs $24.00; the gateway has $24.00 less $0.01 refunded."],
    [
      {},
      { ...confirmed, refunds: [part("card", "completed")] },
      "The order costs $24.00 less $12.00 refunded; the gateway has $24.00.",
    ],
    [
      { currency: "EUR" },
      { ...confirmed, creditPart: 400 },
      "The card's part of the order is $20.00; the gateway has €24.00.",
    ],
  ])("what differs is said as people write money: %j", (of, order, detail) => {
    expect(judge(of, order)).toMatchObject({ kind: "differs", difference: { detail } });
  });

  it("what is to be given back is what stands, never more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.nat(1e9), (amount, part) => {
        const refunded = Math.min(part, amount);
        const verdict = judge({ amount, refunded }, cancelled);
        const { difference } = verdict.kind === "differs" ? verdict : expect.fail(verdict.kind);
        expect(difference.repair).toBe(refunded === amount ? "record" : "refund");
        if (difference.repair === "refund") expect(difference.amount).toBe(amount - refunded);
      }),
    );
  });
});

describe("an order whose charge the books do not have", () => {
  it.each<[string, PaidOrder, string]>([
    ["is for a person when it is confirmed", confirmed, "missing_capture: attention"],
    ["is left alone while a run is under way", { ...confirmed, isLive: true }, "tooEarly"],
    ["is fine when it is cancelled", { ...confirmed, status: "cancelled" }, "agrees"],
    ["is fine when its payment was given back", { ...confirmed, paymentStatus: "refunded" }, "agrees"],
  ])("%s", (_, order, words) => {
    expect(inWords(judgeMissing(order, "ch_1", NOW, GRACE_MS))).toBe(words);
  });
});
