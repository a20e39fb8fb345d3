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

const REASONS: Readonly<Record<string, string>> = {
  CARD_DECLINED: "Your bank declined the card. You were not charged.",
  INSUFFICIENT_FUNDS: "There was not enough money for it. You were not charged.",
  OUT_OF_STOCK: "It sold out before we could set it aside for you. Whatever was paid has been returned.",
  TIMED_OUT: "We got no answer about your payment in time. Whatever was taken has been returned.",
  UNAVAILABLE: "The payment service could not be reached. Whatever was taken has been returned.",
  ACCOUNT_NOT_OPEN: "You have no store credit account yet. You were not charged.",
};

export function reasonText(reason: string | null): string {
  return REASONS[reason ?? ""] ?? "We could not complete it. Whatever was paid has been returned.";
}

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
  if (step.name === "cancelled") return "failed";
  if (step.status === "pending")
    return steps.find(({ status }) => status === "pending") === step ? "running" : "upcoming";
  return ({ done: "done", failed: "failed", undone: "compensated", skipped: "parked" } as const)[step.status];
}

export function isOver(status: OrderPage["status"]): boolean {
  return status !== "pending";
}
