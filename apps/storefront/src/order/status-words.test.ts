import { expect, it } from "vitest";
import { afterRefunds, paidWords, receiptWords, refundWords, restParts, unpaidWords } from "./receipt-words.ts";
import { headline, isMoving, isOver, isOverByOrder, overtakenText, reasonText, statusWord } from "./status-words.ts";
import { stepStatus, stepsToShow, stepTitle, stepWord } from "./step-words.ts";

type Step = Parameters<typeof stepTitle>[0];
const step = (name: Step["name"], status: Step["status"]): Step => ({ name, status, at: null });
const NAMES = ["placed", "paid", "stockReserved", "confirmed", "shipped"] as const;
const inOrder = (...statuses: Step["status"][]): Step[] =>
  statuses.map((status, index) => step(NAMES[index] ?? "cancelled", status));
const total = { amount: 4_800, currency: "USD" };

const DECLINED = inOrder("done", "failed", "skipped", "skipped", "skipped", "done");
const SOLD_OUT = inOrder("done", "undone", "failed", "skipped", "skipped", "done");
const CANCELLED_LATER = inOrder("done", "undone", "undone", "undone", "skipped", "done");
const CONFIRMED = inOrder("done", "done", "done", "done", "pending");

it.each([
  ["CARD_DECLINED", DECLINED, "Your card was declined", "Not ordered"],
  ["INSUFFICIENT_FUNDS", DECLINED, "The payment did not go through", "Not ordered"],
  ["OUT_OF_STOCK", SOLD_OUT, "It has just sold out", "Not ordered"],
  ["TIMED_OUT", DECLINED, "The payment did not go through in time", "Not ordered"],
  ["UNAVAILABLE", DECLINED, "We could not take your payment", "Not ordered"],
  ["NOT_COMPLETED", SOLD_OUT, "We could not complete your order", "Not ordered"],
  ["SOMETHING_NEW", DECLINED, "We could not complete your order", "Not ordered"],
  ["CANCELLED_BY_CUSTOMER", CANCELLED_LATER, "You cancelled your order", "Cancelled"],
  ["CANCELLED_BY_MERCHANT", CANCELLED_LATER, "We had to cancel your order", "Cancelled"],
] as const)("%s is told by what happened, in the headline and in lists", (cancelReason, steps, text, word) => {
  const order = { status: "cancelled", steps, cancelReason, total, refunds: [] } as const;
  expect([headline(order), statusWord(order)]).toEqual([text, word]);
});

it("only what was paid has a receipt; over a sale that never was stands what was wanted, and a total only if it was paid", () => {
  const words = (status: "pending" | "confirmed" | "cancelled", steps: Step[]) => {
    const told = receiptWords({ status, steps, total, creditPart: null, refunds: [] });
    return [told.title, told.totalLabel, told.total, ...(told.paid === null ? [] : [told.paid.total])];
  };
  expect(words("confirmed", CONFIRMED)).toEqual(["Receipt", "Total", "$48.00"]);
  const placed = inOrder("done", "pending", "pending", "pending", "pending");
  expect(words("pending", placed)).toEqual(["Your order", "Total", "$48.00"]);
  expect(words("cancelled", DECLINED)).toEqual(["What you wanted", null, "Nothing was charged"]);
  expect(words("cancelled", SOLD_OUT)).toEqual(["What you wanted", null, "$48.00 was returned", "$48.00"]);
  expect(words("cancelled", CANCELLED_LATER)).toEqual(["What you ordered", null, "$48.00 was returned", "$48.00"]);
  const sentBack = [...inOrder("done", "done", "undone", "done", "done"), step("returned", "done")];
  expect(words("cancelled", sentBack)).toEqual([
    "What you ordered",
    null,
    "$48.00 is on its way back to you",
    "$48.00",
  ]);
});

it("an order that is over without a payment is promised no receipt", () => {
  expect(unpaidWords({ status: "cancelled" })).toContain("there is no receipt");
  expect(unpaidWords({ status: "pending" })).toContain("once it is");
});

it("a part that was paid back is told of with what it was for, and where the money is", () => {
  const part = {
    refundId: "r1",
    lines: [
      { sku: "MUG", name: "Mug", quantity: 2 },
      { sku: "LAMP", name: "Lamp", quantity: 1 },
    ],
    amount: total,
    to: "card",
    creditPart: null,
    tax: null,
    requestedAt: "2026-11-30T10:00:00Z",
    completedAt: null,
  } as const;
  expect(refundWords(part)).toBe("$48.00 for 2 x Mug, Lamp is on its way to your card since November 30, 2026.");
  const done = { ...part, to: "credit", completedAt: "2026-11-30T10:00:01Z" } as const;
  expect(refundWords(done)).toBe("We returned $48.00 for 2 x Mug, Lamp to your store credit on November 30, 2026.");
  expect(refundWords({ ...part, creditPart: { ...total, amount: 1_300 } })).toBe(
    "$48.00 for 2 x Mug, Lamp is on its way to your card ($35.00) and your store credit ($13.00) since November 30, 2026.",
  );
  const later = refundWords({ ...done, completedAt: "2026-12-02T10:00:00Z" });
  expect(later).toBe(
    "We returned $48.00 for 2 x Mug, Lamp to your store credit on December 2, 2026; it was begun on November 30, 2026.",
  );
});

it("of an order that card and credit paid, what goes back at its end is named for each", () => {
  const usd = (amount: number) => ({ amount, currency: "USD" });
  const parts = (creditPart: number | null, ...refunds: { to: "card" | "credit"; amount: number; credit?: number }[]) =>
    restParts({
      total,
      creditPart: creditPart === null ? null : usd(creditPart),
      refunds: refunds.map(({ to, amount, credit }) => ({
        refundId: "r",
        lines: [],
        amount: usd(amount),
        to,
        creditPart: credit === undefined ? null : usd(credit),
        tax: null,
        requestedAt: "",
        completedAt: null,
      })),
    });
  expect(parts(null)).toBeNull();
  expect(parts(1_600)).toBe("$32.00 to your card, $16.00 to your store credit");
  expect(parts(1_600, { to: "card", amount: 3_000 })).toBe("$2.00 to your card, $16.00 to your store credit");
  expect(parts(1_600, { to: "card", amount: 3_300, credit: 100 })).toBe("$15.00 to your store credit");
  expect(parts(1_600, { to: "credit", amount: 2_000 })).toBe("$28.00 to your card");
  const paidWithBoth = {
    status: "cancelled",
    steps: CANCELLED_LATER,
    total,
    creditPart: usd(1_600),
    refunds: [],
  } as const;
  expect(receiptWords(paidWithBoth).parts).toBe("$32.00 to your card, $16.00 to your store credit");
  expect(receiptWords({ ...paidWithBoth, steps: DECLINED }).parts).toBeNull();
});

it("every step is said in the shop's words, whatever became of it", () => {
  const steps = [...SOLD_OUT, step("returned", "pending")];
  expect(steps.map((one) => stepWord(one, steps))).toEqual([
    "done",
    "",
    "not done",
    "not done",
    "not done",
    "done",
    "not yet",
  ]);
  const placed = inOrder("done", "pending", "pending");
  expect(placed.map((one) => stepWord(one, placed))).toEqual(["done", "under way", "not yet"]);
});

it("what will not happen any more is left out once the order is over", () => {
  const shown = (steps: Step[]) => stepsToShow({ status: "cancelled", steps }).map(({ name }) => name);
  expect(shown(DECLINED)).toEqual(["placed", "paid"]);
  expect(shown(CANCELLED_LATER)).toEqual(["placed", "paid", "stockReserved", "confirmed", "cancelled"]);
  expect(stepsToShow({ status: "pending", steps: DECLINED })).toEqual(DECLINED);
});

it("who is about to cancel hears that it is too late, and only then", () => {
  const told = (status: "confirmed" | "shipped" | "cancelled" | "attention", steps: Step[] = CONFIRMED) =>
    overtakenText({ status, steps, cancelReason: "CANCELLED_BY_MERCHANT", onItsWay: null });
  expect(told("confirmed")).toBeUndefined();
  expect(told("shipped")).toBe("It has just left; it can no longer be cancelled. You can send it back.");
  expect(told("confirmed", [...CONFIRMED, step("cancelled", "pending")])).toContain("It is being cancelled already.");
  expect(told("cancelled", CANCELLED_LATER)).toContain("It is cancelled already.");
  expect(told("attention")).toContain("It cannot be cancelled now.");
});

it("only the first pending step is under way", () => {
  const steps = [step("paid", "pending"), step("stockReserved", "pending")];
  expect(steps.map((one) => stepStatus(one, steps))).toEqual(["running", "upcoming"]);
});

it("what was undone says so in plain words", () => {
  expect(stepTitle(step("paid", "undone"))).toBe("Payment returned");
});

it.each([
  ["CARD_DECLINED", "failed", "Your bank declined the card. You were not charged."],
  ["INSUFFICIENT_FUNDS", "failed", "There was not enough money for it. You were not charged."],
  ["OUT_OF_STOCK", "undone", "It sold out before we could reserve it for you. What you paid has been returned"],
  ["TIMED_OUT", "undone", "We got no answer about your payment in time. What you paid has been returned"],
  ["TIMED_OUT", "failed", "We got no answer about your payment in time. You were not charged."],
  ["NOT_COMPLETED", "undone", "Something went wrong on our side before we could confirm it. What you paid has been"],
  ["UNAVAILABLE", "failed", "The payment service could not be reached. You were not charged."],
  ["CANCELLED_BY_CUSTOMER", "undone", "You cancelled it before it left, and nothing will be sent. What you paid has"],
  ["RETURNED", "undone", "What you sent back has arrived. What you paid has been returned"],
  ["SOMETHING_NEW", "undone", "We could not complete it. What you paid has been returned"],
] as const)("%s with the payment %s says why, and what became of the money", (cancelReason, paid, text) => {
  expect(reasonText({ cancelReason, steps: [step("paid", paid)], onItsWay: null })).toContain(text);
});

it.each([
  ["done", "A refund of $12.50 is on its way to where the money came from."],
  [
    "undone",
    "A refund of $12.50 is on its way to where the money came from. The rest of what you paid has been returned.",
  ],
] as const)("with the payment %s and a refund on its way it says how much that is", (paid, text) => {
  const onItsWay = { amount: 1_250, currency: "USD" };
  const said = reasonText({ cancelReason: "CANCELLED_BY_CUSTOMER", steps: [step("paid", paid)], onItsWay });
  expect(said).toBe(`You cancelled it before it left, and nothing will be sent. ${text}`);
});

it("an order that is being cancelled says so, and nothing of it looks as if it were going on", () => {
  const steps = [step("confirmed", "done"), step("shipped", "pending"), step("cancelled", "pending")];
  const order = { status: "confirmed", steps, cancelReason: null, total, refunds: [] } as const;
  expect(headline(order)).toBe("We are cancelling your order");
  expect(isMoving(order)).toBe(true);
  expect(steps.map((one) => stepStatus(one, steps))).toEqual(["done", "upcoming", "running"]);
});

it("an order that came back is not told of as cancelled", () => {
  const order = { status: "cancelled", steps: [], cancelReason: "RETURNED", total, refunds: [] } as const;
  expect(headline(order)).toBe("Your order came back to us");
});

it("an order that left and was paid back in parts is not on its way any more, once that is all of it", () => {
  const part = (amount: number, completedAt: string | null) =>
    ({
      refundId: `r${amount}`,
      lines: [],
      amount: { ...total, amount },
      to: "card",
      creditPart: null,
      tax: null,
      requestedAt: "2026-11-30T10:00:00Z",
      completedAt,
    }) as const;
  const shipped = { status: "shipped", steps: [], cancelReason: null, total } as const;
  const words = (...refunds: ReturnType<typeof part>[]) => [
    headline({ ...shipped, refunds }),
    statusWord({ ...shipped, refunds }),
  ];
  const at = "2026-12-02T10:00:00Z";
  expect(words(part(4_700, at))).toEqual(["Your order is on its way", "On its way"]);
  expect(words(part(4_700, at), part(100, null))).toEqual(["Your money is on its way back", "Paid back"]);
  expect(words(part(4_700, at), part(100, at))).toEqual(["You have your money back", "Paid back"]);
});

it("of an order that came back as a whole, a return by lines is over, unless its own parcel arrived before", () => {
  const order = { status: "cancelled", cancelReason: "RETURNED" } as const;
  const over = (["requested", "withdrawn", "received", "refunded"] as const).map((status) =>
    isOverByOrder(order, { status }),
  );
  expect(over).toEqual([true, true, false, false]);
  expect(isOverByOrder({ status: "shipped", cancelReason: null }, { status: "withdrawn" })).toBe(false);
});

it("a page stays live until the order is cancelled and no refund of it is on its way", () => {
  const statuses = ["pending", "confirmed", "attention", "shipped", "cancelled"] as const;
  const live = (onItsWay: { amount: number; currency: string } | null) =>
    statuses.filter((status) => !isOver({ status, onItsWay }));
  expect(live(null)).toEqual(["pending", "confirmed", "attention", "shipped"]);
  expect(live({ amount: 900, currency: "USD" })).toEqual(statuses);
});

it("a receipt says what is left of total and tax after refunds, to the cent; a cancelled order has none", () => {
  const usd = (amount: number) => ({ amount, currency: "USD" });
  const plain = { goods: total, discount: null, delivery: { method: "standard", amount: usd(0) }, total } as const;
  const taxed = { ...plain, tax: { country: "DE", basisPoints: 1_900, amount: usd(766), included: true } };
  const rows = (
    status: "shipped" | "cancelled",
    price: typeof taxed | (typeof plain & { tax: null }),
    ...parts: number[][]
  ) => {
    const refunds = parts.map(([amount = 0, tax]) => ({
      refundId: "r",
      lines: [],
      amount: usd(amount),
      to: "card" as const,
      creditPart: null,
      tax: tax === undefined ? null : usd(tax),
      requestedAt: "",
      completedAt: null,
    }));
    return afterRefunds({ status, total, price, refunds }).map((row) => [row.label, row.amount.amount, row.as]);
  };
  const untaxed = { ...plain, tax: null };
  expect(rows("shipped", taxed)).toEqual([]);
  expect(rows("shipped", untaxed, [1_201], [99])).toEqual([
    ["Refunded", -1_300, "part"],
    ["Total after refunds", 3_500, "total"],
  ]);
  expect(rows("shipped", taxed, [1_201, 191], [99, 16])).toEqual([
    ["Refunded", -1_300, "part"],
    ["Tax refunded", -207, "included"],
    ["Total after refunds", 3_500, "total"],
    ["Tax after refunds", 559, "included"],
  ]);
  expect(rows("cancelled", taxed, [1_201, 191])).toEqual([]);
});

it("a receipt says which card paid, where that is known", () => {
  const total = { amount: 5_450, currency: "USD" };
  const both = { total, creditPart: { ...total, amount: 2_000 } };
  const byCard = { paidWith: "card", card: { brand: "Visa", lastFour: "4242" } } as const;
  expect(paidWords({ total, creditPart: null }, byCard)).toBe("Paid with Visa ending 4242.");
  expect(paidWords(both, { ...byCard, card: { lastFour: "4242" } })).toBe(
    "Paid $20.00 with store credit and $34.50 with a card ending 4242.",
  );
  expect(paidWords(both, { ...byCard, card: null })).toBe("Paid $20.00 with store credit and $34.50 by card.");
});
