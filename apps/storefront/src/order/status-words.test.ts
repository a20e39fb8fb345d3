import { expect, it } from "vitest";
import { headline, isMoving, isOver, reasonText, stepStatus, stepTitle } from "./status-words.ts";

type Step = Parameters<typeof stepTitle>[0];
const step = (name: Step["name"], status: Step["status"]): Step => ({ name, status, at: null });

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
  ["OUT_OF_STOCK", "undone", "It sold out before we could set it aside for you. What you paid has been returned"],
  ["TIMED_OUT", "undone", "We got no answer about your payment in time. What you paid has been returned"],
  ["TIMED_OUT", "failed", "We got no answer about your payment in time. You were not charged."],
  ["NOT_COMPLETED", "undone", "Something went wrong on our side before we could confirm it. What you paid has been"],
  ["UNAVAILABLE", "failed", "The payment service could not be reached. You were not charged."],
  ["CANCELLED_BY_CUSTOMER", "undone", "You cancelled it before it left, and nothing will be sent. What you paid has"],
  ["RETURNED", "done", "What you sent back has arrived. What you paid is on its way back"],
  ["RETURNED", "undone", "What you sent back has arrived. What you paid has been returned"],
  ["SOMETHING_NEW", "undone", "We could not complete it. What you paid has been returned"],
] as const)("%s with the payment %s says why, and what became of the money", (cancelReason, paid, text) => {
  expect(reasonText({ cancelReason, steps: [step("paid", paid)] })).toContain(text);
});

it("an order that is being cancelled says so, and nothing of it looks as if it were going on", () => {
  const steps = [step("confirmed", "done"), step("shipped", "pending"), step("cancelled", "pending")];
  const order = { status: "confirmed", steps, cancelReason: null } as const;
  expect(headline(order)).toBe("We are cancelling your order");
  expect(isMoving(order)).toBe(true);
  expect(steps.map((one) => stepStatus(one, steps))).toEqual(["done", "upcoming", "running"]);
});

it("an order that came back is not told of as cancelled", () => {
  expect(headline({ status: "cancelled", steps: [], cancelReason: "RETURNED" })).toBe("Your order came back to us");
});

it("a page stays live until the order is shipped or cancelled", () => {
  const statuses = ["pending", "confirmed", "attention", "shipped", "cancelled"] as const;
  expect(statuses.filter((status) => !isOver(status))).toEqual(["pending", "confirmed", "attention"]);
});
