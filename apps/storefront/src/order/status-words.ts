/** What became of an order, in plain words. */
import type { OrderPage } from "@tillstream/commerce";
import { formatMoney } from "@tillstream/ui";

type Step = OrderPage["steps"][number];
type Told = Pick<OrderPage, "status" | "steps" | "cancelReason">;
type Listed = Told & Pick<OrderPage, "total" | "refunds">;
type Ended = Pick<OrderPage, "cancelReason" | "steps" | "onItsWay">;

const HEADLINES: Readonly<Record<OrderPage["status"], string>> = {
  pending: "We are confirming your order",
  confirmed: "Your order is confirmed",
  shipped: "Your order is on its way",
  cancelled: "We could not complete your order",
  attention: "We are looking at your order ourselves",
};

/** Why it is over, by the stable code: what a headline says, and the sentence below it. */
const ENDS: Readonly<Record<string, { readonly headline: string; readonly reason: string }>> = {
  CARD_DECLINED: { headline: "Your card was declined", reason: "Your bank declined the card." },
  INSUFFICIENT_FUNDS: { headline: "The payment did not go through", reason: "There was not enough money for it." },
  CREDIT_GONE: {
    headline: "Your credit was not there any more",
    reason: "The store credit that was to pay a part of it was not there any more.",
  },
  ACCOUNT_NOT_OPEN: { headline: "The payment did not go through", reason: "You have no store credit account yet." },
  OUT_OF_STOCK: { headline: "It has just sold out", reason: "It sold out before we could reserve it for you." },
  TIMED_OUT: {
    headline: "The payment did not go through in time",
    reason: "We got no answer about your payment in time.",
  },
  UNAVAILABLE: { headline: "We could not take your payment", reason: "The payment service could not be reached." },
  SETTLED_BY_HAND: {
    headline: HEADLINES.cancelled,
    reason: "Something went wrong on our side, and one of us settled it by hand.",
  },
  NOT_COMPLETED: {
    headline: HEADLINES.cancelled,
    reason: "Something went wrong on our side before we could confirm it.",
  },
  STOPPED_BY_MERCHANT: {
    headline: "We had to cancel your order",
    reason: "We had to cancel it before it was confirmed, and nothing will be sent.",
  },
  CANCELLED_BY_CUSTOMER: {
    headline: "You cancelled your order",
    reason: "You cancelled it before it left, and nothing will be sent.",
  },
  CANCELLED_BY_MERCHANT: {
    headline: "We had to cancel your order",
    reason: "We had to cancel it before it left, and nothing will be sent.",
  },
  RETURNED: { headline: "Your order came back to us", reason: "What you sent back has arrived." },
};

/** The cancellation was asked for, and is on its way through. */
export function isCancelling({ status, steps }: Pick<OrderPage, "status" | "steps">): boolean {
  return status === "confirmed" && steps.some((step) => step.name === "cancelled" && step.status === "pending");
}

/** All of it came back. */
const cameBack = ({ status, cancelReason }: Pick<OrderPage, "status" | "cancelReason">): boolean =>
  status === "cancelled" && cancelReason === "RETURNED";

/** It left, and all of it was paid back in parts since, or is about to be: there is nothing more to wait for or to send back. */
export const isPaidBack = ({ status, total, refunds }: Pick<OrderPage, "status" | "total" | "refunds">): boolean =>
  status === "shipped" && refunds.reduce((sum, { amount }) => sum + amount.amount, 0) === total.amount;

/** A return by lines of which nothing is left to come, since all of the order did; its own end is written a moment later. */
export const isOverByOrder = (
  order: Pick<OrderPage, "status" | "cancelReason">,
  { status }: { readonly status: "requested" | "received" | "refunded" | "withdrawn" },
): boolean => cameBack(order) && (status === "requested" || status === "withdrawn");

/** It had been confirmed; what was never confirmed was never a sale. */
export function wasConfirmed({ steps }: Pick<OrderPage, "steps">): boolean {
  return steps.some(({ name, status }) => name === "confirmed" && (status === "done" || status === "undone"));
}

/** What became of the order, in one line. */
export function headline(order: Listed): string {
  if (isCancelling(order)) return "We are cancelling your order";
  if (isPaidBack(order)) {
    const isOnItsWay = order.refunds.some(({ completedAt }) => completedAt === null);
    return isOnItsWay ? "Your money is on its way back" : "You have your money back";
  }
  const end = order.status === "cancelled" ? ENDS[order.cancelReason ?? ""] : undefined;
  return end?.headline ?? HEADLINES[order.status];
}

/** The same in a word or two, for a list. */
export function statusWord(order: Listed): string {
  if (isCancelling(order)) return "Being cancelled";
  if (order.status === "cancelled") {
    if (cameBack(order)) return "Sent back";
    return wasConfirmed(order) ? "Cancelled" : "Not ordered";
  }
  if (isPaidBack(order)) return "Paid back";
  return { pending: "Being confirmed", confirmed: "Confirmed", shipped: "On its way", attention: "With us" }[
    order.status
  ];
}

/** How far the money came. */
export function paymentOf({ steps }: Pick<OrderPage, "steps">): Step["status"] {
  return steps.find(({ name }) => name === "paid")?.status ?? "skipped";
}

/** Why the order is over, and what became of the money. */
export function reasonText(order: Ended): string {
  return `${ENDS[order.cancelReason ?? ""]?.reason ?? "We could not complete it."} ${moneyText(order)}`;
}

function moneyText(order: Ended): string {
  const paid = paymentOf(order);
  if (paid !== "done" && paid !== "undone") return "You were not charged.";
  if (order.onItsWay === null) return "What you paid has been returned to where it came from.";
  const refund = `A refund of ${formatMoney(order.onItsWay)} is on its way to where the money came from.`;
  return paid === "done" ? refund : `${refund} The rest of what you paid has been returned.`;
}

/** What a reader hears who was about to cancel; undefined while that can still be done. */
export function overtakenText(order: Told & Ended): string | undefined {
  if (isCancelling(order)) return `It is being cancelled already. ${CANCELLING_TEXT}`;
  switch (order.status) {
    case "shipped":
      return "It has just left; it can no longer be cancelled. You can send it back.";
    case "cancelled":
      return `It is cancelled already. ${reasonText(order)}`;
    case "attention":
      return `It cannot be cancelled now. ${ATTENTION_TEXT}`;
    case "pending":
    case "confirmed":
      return undefined;
  }
}

export const PENDING_TEXT = "Thank you. This takes a moment, and you may close this page: we write to you either way.";
export const CONFIRMED_TEXT =
  "Thank you: it is yours, and we are packing it with care. We have written to you, and write again when it leaves.";
export const PAID_BACK_TEXT =
  "Nothing of this order is left to pay or to send back. We hope you find something else that you like.";
export const KEPT_TEXT = "Your cart was kept, and so was what you typed.";

export const ATTENTION_TEXT =
  "Something about it needs a person to look at, and one of us does. You will not be charged twice, and you do not have to do anything: we write to you.";

export const CANCELLING_TEXT = "Nothing will be sent, and what you paid goes back to where it came from.";

/** After this long without an end the page says that nothing is lost. */
export const PATIENCE_MS = 10_000;
export const PATIENCE_TEXT =
  "We are still confirming your payment; you will not be charged twice. You can close this page: we write to you.";

/** Nothing more happens to it while the page is open. What was shipped may be refunded or come back, and a refund arrives. */
export function isOver({ status, onItsWay }: Pick<OrderPage, "status" | "onItsWay">): boolean {
  return status === "cancelled" && onItsWay === null;
}

/** Something happens to it this very moment. */
export function isMoving(order: Pick<OrderPage, "status" | "steps">): boolean {
  return order.status === "pending" || isCancelling(order);
}
