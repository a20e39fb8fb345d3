/** What became of an order, in plain words. */
import type { OrderPage } from "@tillstream/commerce";
import type { Status } from "@tillstream/ui";

type Step = OrderPage["steps"][number];

export const STATUS_TEXT: Readonly<Record<OrderPage["status"], string>> = {
  pending: "We are confirming your order",
  confirmed: "Your order is confirmed",
  shipped: "Your order is on its way",
  cancelled: "Your order was cancelled",
  attention: "We are looking at your order ourselves",
};

/** The cancellation was asked for, and is on its way through. */
export function isCancelling({ status, steps }: Pick<OrderPage, "status" | "steps">): boolean {
  return status === "confirmed" && steps.some((step) => step.name === "cancelled" && step.status === "pending");
}

/** What became of the order, in one line. */
export function headline(order: Pick<OrderPage, "status" | "steps" | "cancelReason">): string {
  if (isCancelling(order)) return "We are cancelling your order";
  return order.cancelReason === "RETURNED" ? "Your order came back to us" : STATUS_TEXT[order.status];
}

const REASONS: Readonly<Record<string, string>> = {
  CARD_DECLINED: "Your bank declined the card.",
  INSUFFICIENT_FUNDS: "There was not enough money for it.",
  OUT_OF_STOCK: "It sold out before we could set it aside for you.",
  TIMED_OUT: "We got no answer about your payment in time.",
  UNAVAILABLE: "The payment service could not be reached.",
  SETTLED_BY_HAND: "Something went wrong on our side, and one of us settled it by hand.",
  NOT_COMPLETED: "Something went wrong on our side before we could confirm it.",
  ACCOUNT_NOT_OPEN: "You have no store credit account yet.",
  CANCELLED_BY_CUSTOMER: "You cancelled it before it left, and nothing will be sent.",
  RETURNED: "What you sent back has arrived.",
};

const MONEY: Readonly<Record<Step["status"], string>> = {
  undone: "What you paid has been returned to where it came from.",
  done: "What you paid is on its way back to where it came from.",
  failed: "You were not charged.",
  skipped: "You were not charged.",
  pending: "You were not charged.",
};

/** Why the order is over, and what became of the money. */
export function reasonText({ cancelReason, steps }: Pick<OrderPage, "cancelReason" | "steps">): string {
  const paid = steps.find(({ name }) => name === "paid")?.status ?? "skipped";
  return `${REASONS[cancelReason ?? ""] ?? "We could not complete it."} ${MONEY[paid]}`;
}

export const ATTENTION_TEXT =
  "Something about it needs a person to look at, and one of us does. You will not be charged twice, and you do not have to do anything: we write to you.";

export const CANCELLING_TEXT = "Nothing will be sent, and what you paid goes back to where it came from.";

/** After this long without an end the page says that nothing is lost. */
export const PATIENCE_MS = 10_000;
export const PATIENCE_TEXT =
  "We are still confirming your payment; you will not be charged twice. You can close this page: we write to you.";

const TITLES: Readonly<Record<Step["name"], Readonly<Record<Step["status"], string>>>> = {
  placed: {
    done: "Order placed",
    pending: "Placing your order",
    failed: "Not placed",
    undone: "Order withdrawn",
    skipped: "Not placed",
  },
  paid: {
    done: "Paid",
    pending: "Payment",
    failed: "Payment not accepted",
    undone: "Payment returned",
    skipped: "Not charged",
  },
  stockReserved: {
    done: "Set aside for you",
    pending: "Setting it aside",
    failed: "No longer in stock",
    undone: "Back on the shelf",
    skipped: "Not set aside",
  },
  confirmed: {
    done: "Confirmed",
    pending: "Confirmation",
    failed: "Not confirmed",
    undone: "Confirmation withdrawn",
    skipped: "Not confirmed",
  },
  shipped: {
    done: "On its way to you",
    pending: "Sending it off",
    failed: "Not sent",
    undone: "Called back",
    skipped: "Not sent",
  },
  returned: {
    done: "Sent back to us",
    pending: "On its way back to us",
    failed: "Not sent back",
    undone: "Return withdrawn",
    skipped: "Not sent back",
  },
  cancelled: {
    done: "Cancelled",
    pending: "Cancelling",
    failed: "Not cancelled",
    undone: "Cancellation withdrawn",
    skipped: "Not cancelled",
  },
};

export function stepTitle({ name, status }: Step): string {
  return TITLES[name][status];
}

/** The first pending step is the one under way. */
export function stepStatus(step: Step, steps: readonly Step[]): Status | "upcoming" {
  if (step.name === "returned") return "compensated";
  if (step.name === "cancelled") return step.status === "pending" ? "running" : "failed";
  if (step.status === "pending") {
    const cancelling = steps.some(({ name }) => name === "cancelled");
    return !cancelling && steps.find(({ status }) => status === "pending") === step ? "running" : "upcoming";
  }
  return ({ done: "done", failed: "failed", undone: "compensated", skipped: "parked" } as const)[step.status];
}

/** Nothing more happens to it while somebody looks at the page. */
export function isOver(status: OrderPage["status"]): boolean {
  return status === "shipped" || status === "cancelled";
}

/** Something happens to it this very moment. */
export function isMoving(order: Pick<OrderPage, "status" | "steps">): boolean {
  return order.status === "pending" || isCancelling(order);
}
