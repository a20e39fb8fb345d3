/** The steps of an order as the shop shows and says them. Everything that is said aloud here is a shop word. */
import type { OrderPage } from "@tillstream/commerce";
import type { Status } from "@tillstream/ui";
import { wasConfirmed } from "./status-words.ts";

type Step = OrderPage["steps"][number];

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
    done: "Reserved for you",
    pending: "Reserving it",
    failed: "No longer in stock",
    undone: "Back on the shelf",
    skipped: "Not reserved",
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

/** What a screen reader says after the title, where others see the shape. The title of what was undone says it all. */
export function stepWord(step: Step, steps: readonly Step[]): string {
  if (step.status === "pending") return stepStatus(step, steps) === "running" ? "under way" : "not yet";
  return { done: "done", failed: "not done", undone: "", skipped: "not done" }[step.status];
}

/** Once it is over, without what will not happen any more; of what was never a sale there is nothing to cancel either. */
export function stepsToShow(order: Pick<OrderPage, "status" | "steps">): readonly Step[] {
  if (order.status !== "cancelled") return order.steps;
  const sold = wasConfirmed(order);
  return order.steps.filter(({ name, status }) => status !== "skipped" && (sold || name !== "cancelled"));
}
