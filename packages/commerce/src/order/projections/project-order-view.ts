/** The order's view after each of its events. Pure. */
import { column, nullable, tableView } from "@tillstream/eventing";
import type { EventOf, RowOf } from "@tillstream/eventing";
import type { orderEvents } from "../events.ts";
import type { OrderLine, RefundedLine } from "../events.ts";
import {
  CANCELLED_BY_CUSTOMER,
  CANCELLED_BY_MERCHANT,
  NOT_COMPLETED,
  RETURNED,
  SETTLED_BY_HAND,
  STOPPED_BY_MERCHANT,
} from "../cancel-reasons.ts";
import type { OrderPrice } from "../price.ts";
import { withCode } from "../state.ts";

export type OrderViewStatus = "pending" | "confirmed" | "shipped" | "cancelled" | "attention";
export type StepName = "placed" | "paid" | "stockReserved" | "confirmed" | "shipped" | "cancelled" | "returned";
/** `undone`: it was done and then taken back. `skipped`: it will not happen any more. */
export type StepStatus = "pending" | "done" | "failed" | "undone" | "skipped";

export interface OrderStep {
  readonly name: StepName;
  readonly status: StepStatus;
  /** ISO 8601 in UTC; null while pending or skipped. */
  readonly at: string | null;
}

export interface Tracking {
  readonly carrier: string;
  readonly trackingNumber: string;
}

/** Units that are paid back by themselves; `completedAt` is null while the money is on its way. */
export interface RefundView {
  readonly refundId: string;
  readonly lines: readonly RefundedLine[];
  readonly amount: number;
  readonly to: "card" | "credit";
  /** Of an amount to the card: what goes to store credit. */
  readonly creditPart?: number | undefined;
  readonly requestedAt: string;
  readonly completedAt: string | null;
}

export const orderViews = tableView({
  table: "order_view",
  key: ["orderId"],
  columns: {
    orderId: "text",
    version: "integer",
    status: column<OrderViewStatus>("text"),
    total: "integer",
    currency: "text",
    /** Null where goods alone were paid for. */
    price: nullable<OrderPrice>("jsonb"),
    /** Of the total: what store credit pays beside a card; 0 where it pays none. */
    creditPart: "integer",
    lines: column<readonly OrderLine[]>("jsonb"),
    steps: column<readonly OrderStep[]>("jsonb"),
    cancelReason: nullable<string>("text"),
    /** The codes of what a person has to decide; while there is one the status is `attention`. */
    attention: "text[]",
    /** Null until it is shipped. */
    tracking: nullable<Tracking>("jsonb"),
    refunds: column<readonly RefundView[]>("jsonb"),
    placedAt: "timestamptz",
    updatedAt: "timestamptz",
  },
});

export type OrderView = RowOf<typeof orderViews>;

const pending = (name: StepName): OrderStep => ({ name, status: "pending", at: null });

/**
 * Which step a cancellation's reason belongs to; otherwise it is the first that is open. Only the payment is called
 * outside: it may have been taken back before the cancellation, and the next step is not the one that failed.
 */
const FAILED_STEP: Readonly<Record<string, StepName>> = {
  OUT_OF_STOCK: "stockReserved",
  TIMED_OUT: "paid",
  UNAVAILABLE: "paid",
  [NOT_COMPLETED]: "confirmed",
  [SETTLED_BY_HAND]: "confirmed",
};

/** Sets the step, in its place or, when there was none yet, at the end. */
function withStep(view: OrderView, name: StepName, status: StepStatus, at: string | null): OrderView {
  const step = { name, status, at };
  const known = view.steps.some((one) => one.name === name);
  const steps = known ? view.steps.map((one) => (one.name === name ? step : one)) : [...view.steps, step];
  return { ...view, steps };
}

function cancelled(view: OrderView, code: string, at: string): OrderView {
  const wasConfirmed = code === CANCELLED_BY_CUSTOMER || code === CANCELLED_BY_MERCHANT;
  const open = view.steps.filter(({ name, status }) => name !== "cancelled" && status === "pending");
  const failed = wasConfirmed || code === STOPPED_BY_MERCHANT ? undefined : (FAILED_STEP[code] ?? open[0]?.name);
  const steps = view.steps.map((step): OrderStep => {
    if (wasConfirmed && step.name === "confirmed" && step.status === "done") return { ...step, status: "undone", at };
    if (step.status !== "pending") return step;
    return step.name === failed ? { ...step, status: "failed", at } : { ...step, status: "skipped" };
  });
  return withStep({ ...view, cancelReason: code, steps }, "cancelled", "done", at);
}

/** How far the order is, read off its steps; what a person has to decide lies over it. */
function statusOf({ attention, steps }: OrderView): OrderViewStatus {
  if (attention.length > 0) return "attention";
  const done = new Set(steps.filter(({ status }) => status === "done").map(({ name }) => name));
  if (done.has("cancelled") || done.has("returned")) return "cancelled";
  if (done.has("shipped")) return "shipped";
  return done.has("confirmed") ? "confirmed" : "pending";
}

type OrderRecord = EventOf<typeof orderEvents>;

export function projectOrderView(before: OrderView | undefined, event: OrderRecord): OrderView {
  const at = event.recordedAt.toISOString();
  if (event.type === "OrderCreated") {
    const { orderId, total, currency, price, creditPart, lines } = event.data;
    const steps = [
      { name: "placed", status: "done", at } as const,
      pending("paid"),
      pending("stockReserved"),
      pending("confirmed"),
      pending("shipped"),
    ];
    return {
      orderId,
      version: event.version,
      status: "pending",
      total,
      currency,
      price,
      creditPart,
      lines,
      steps,
      cancelReason: null,
      attention: [],
      tracking: null,
      refunds: [],
      placedAt: at,
      updatedAt: at,
    };
  }
  if (before === undefined) throw new Error(`${event.eventId} came before the order's creation`);
  const view = changed({ ...before, version: event.version, updatedAt: at }, event, at);
  return { ...view, status: statusOf(view) };
}

function changed(view: OrderView, event: Exclude<OrderRecord, { type: "OrderCreated" }>, at: string): OrderView {
  switch (event.type) {
    case "PaymentAuthorized":
    case "PaymentCaptured":
      return withStep(view, "paid", "done", at);
    case "StockReserved":
      return withStep(view, "stockReserved", "done", at);
    case "OrderConfirmed":
      return withStep(view, "confirmed", "done", at);
    case "StockReleased":
      return withStep(view, "stockReserved", "undone", at);
    case "PaymentRefunded":
    case "PaymentVoided":
      return withStep(view, "paid", "undone", at);
    case "OrderCancelled":
      return cancelled(view, event.data.reason.code, at);
    case "ShippingStarted":
    case "ShippingAddressCorrected":
      return view;
    case "OrderShipped": {
      const { carrier, trackingNumber } = event.data;
      return { ...withStep(view, "shipped", "done", at), tracking: { carrier, trackingNumber } };
    }
    case "OrderReturned":
      return {
        ...withStep(withStep(view, "returned", "done", at), "stockReserved", "undone", at),
        cancelReason: RETURNED,
      };
    case "CancellationRequested":
      return withStep(view, "cancelled", "pending", null);
    case "OrderNeedsAttention":
      return { ...view, attention: withCode(view.attention, event.data.code) };
    case "AttentionResolved":
      return { ...view, attention: event.data.remaining };
    case "RefundRequested": {
      const { refundId, lines, amount, to, creditPart } = event.data;
      const both = creditPart > 0 && { creditPart };
      const refund = { refundId, lines, amount, to, ...both, requestedAt: at, completedAt: null };
      return { ...view, refunds: [...view.refunds, refund] };
    }
    case "RefundCompleted":
      return { ...view, refunds: view.refunds.map((refund) => completed(refund, event.data.refundId, at)) };
  }
}

const completed = (refund: RefundView, refundId: string, at: string): RefundView =>
  refund.refundId === refundId ? { ...refund, completedAt: at } : refund;
