/** The words of orders and their steps, with the meaning each has. */
import { paidOf, restOf as restOfPaid, type MoneyBack } from "@tillstream/commerce/money-back";
import type { Status } from "@tillstream/ui";
import type { Outputs } from "../console/trpc.ts";

export type Order = NonNullable<Outputs["orders"]["byId"]["order"]>;
/** Lines that the customer sends back. */
export type AnnouncedReturn = Outputs["orders"]["announcedReturns"]["items"][number];
export type OrderStep = Order["steps"][number];

export const orderStatus = {
  pending: "waiting",
  confirmed: "done",
  shipped: "done",
  cancelled: "compensated",
  attention: "failed",
} as const satisfies Record<Order["status"], Status>;

/** An order that came back was cancelled by that. */
export const statusWord = ({ status, cancelReason }: Pick<Order, "status" | "cancelReason">): string =>
  cancelReason === "RETURNED" ? "returned" : status;

const statusOfStep = {
  pending: "upcoming",
  done: "done",
  failed: "failed",
  undone: "compensated",
  skipped: "parked",
} as const satisfies Record<OrderStep["status"], Status | "upcoming">;

/** A step's meaning; that it is cancelled or returned is done, too, but no success. */
export function stepStatus({ name, status }: OrderStep): Status | "upcoming" {
  return (name === "cancelled" || name === "returned") && status === "done" ? "compensated" : statusOfStep[status];
}

export const stepWord = {
  placed: "placed",
  paid: "paid",
  stockReserved: "stock reserved",
  confirmed: "confirmed",
  shipped: "shipped",
  cancelled: "cancelled",
  returned: "returned",
} as const satisfies Record<OrderStep["name"], string>;

const stateWord = {
  pending: "not yet",
  done: "done",
  failed: "failed",
  undone: "undone",
  skipped: "will not happen",
} as const satisfies Record<OrderStep["status"], string>;

export function stepStateWord({ status }: OrderStep): string {
  return stateWord[status];
}

/** How many units of each line are not refunded yet. */
export function refundable({ lines, refunds }: Order) {
  const refunded = refunds.flatMap((refund) => refund.lines);
  return lines.map((line) => {
    const before = refunded.reduce((sum, { sku, quantity }) => (sku === line.sku ? sum + quantity : sum), 0);
    return { ...line, refunded: before, left: line.quantity - before };
  });
}

/** In minor units, what taking the whole order back pays back. Where nothing may go to a card, credit paid it all. */
export function restOf(
  order: Pick<Order, "total" | "creditPart" | "refunds">,
  targets: readonly ("card" | "credit")[],
): MoneyBack {
  const { toCard, toCredit } = restOfPaid(paidOf(order));
  return targets.includes("card") ? { toCard, toCredit } : { toCard: 0, toCredit: toCard + toCredit };
}

/** What each pays of a total that store credit and a card pay together; nothing of any other. */
export function paidParts({ total, creditPart }: Pick<Order, "total" | "creditPart">) {
  if (creditPart === null) return [];
  return [
    { label: "From store credit", amount: creditPart },
    { label: "By card", amount: { ...total, amount: total.amount - creditPart.amount } },
  ];
}

export const refundTarget = { card: "To the card", credit: "As store credit" } as const;

/** Confirmed, not on its way back as a whole, and something is left. */
export function mayRefund(order: Order): boolean {
  const isWhole = order.steps.some(({ name }) => name === "cancelled" || name === "returned");
  const isSold = order.steps.some(({ name, status }) => name === "confirmed" && status === "done");
  return isSold && !isWhole && refundable(order).some(({ left }) => left > 0);
}

/** Nothing has left, and something may. */
export function maySend({ steps }: Order): boolean {
  return (
    steps.some(({ name, status }) => name === "shipped" && status === "pending") &&
    !steps.some(({ name }) => name === "cancelled")
  );
}

/** Whether an order whose parcel is scheduled leaves at its time: a held one has none, a cancelled one will not leave. */
export function leaving(order: Pick<Order, "status" | "steps"> | null): "due" | "held" | "over" {
  if (order === null) return "due";
  if (order.steps.some(({ name }) => name === "cancelled")) return "over";
  return order.status === "attention" ? "held" : "due";
}

/** Confirmed, nothing has left, and no cancellation was asked for. */
export function mayBeCancelled({ steps }: Order): boolean {
  const is = (name: OrderStep["name"], status: OrderStep["status"]) =>
    steps.some((step) => step.name === name && step.status === status);
  return is("confirmed", "done") && is("shipped", "pending") && !steps.some(({ name }) => name === "cancelled");
}
