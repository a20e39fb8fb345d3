/** `order_view`: what the order page and the merchant's list show, one row an order. */
import { defineProjection } from "@tillstream/eventing";
import type { EventOf } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { orderEvents } from "../events.ts";
import type { OrderLine } from "../events.ts";

export const ORDER_VIEW = "order_view";

export type OrderViewStatus = "pending" | "confirmed" | "cancelled" | "attention";
export type StepName = "placed" | "paid" | "stockReserved" | "confirmed" | "cancelled";
/** `undone`: it was done and then taken back. `skipped`: it will not happen any more. */
export type StepStatus = "pending" | "done" | "failed" | "undone" | "skipped";

export interface OrderStep {
  readonly name: StepName;
  readonly status: StepStatus;
  /** ISO 8601 in UTC; null while pending or skipped. */
  readonly at: string | null;
}

export interface OrderView {
  readonly orderId: string;
  readonly version: number;
  readonly status: OrderViewStatus;
  readonly total: number;
  readonly currency: string;
  readonly lines: readonly OrderLine[];
  readonly steps: readonly OrderStep[];
  readonly cancelReason: string | null;
  /** The code of what a person has to decide; while it stands the status is `attention`. */
  readonly attention: string | null;
  readonly placedAt: string;
  readonly updatedAt: string;
}

const pending = (name: StepName): OrderStep => ({ name, status: "pending", at: null });

/**
 * Which step a cancellation's reason belongs to; otherwise it is the first that is open. Only the payment is called
 * outside: it may have been taken back before the cancellation, and the next step is not the one that failed.
 */
const FAILED_STEP: Readonly<Record<string, StepName>> = {
  OUT_OF_STOCK: "stockReserved",
  TIMED_OUT: "paid",
  UNAVAILABLE: "paid",
};

function withStep(view: OrderView, name: StepName, status: StepStatus, at: string): OrderView {
  return { ...view, steps: view.steps.map((step) => (step.name === name ? { name, status, at } : step)) };
}

function cancelled(view: OrderView, code: string, at: string): OrderView {
  const open = view.steps.filter((step) => step.status === "pending");
  const failed = FAILED_STEP[code] ?? open[0]?.name;
  const steps = view.steps.map((step): OrderStep => {
    if (step.status !== "pending") return step;
    return step.name === failed ? { ...step, status: "failed", at } : { ...step, status: "skipped" };
  });
  return { ...view, cancelReason: code, steps: [...steps, { name: "cancelled", status: "done", at }] };
}

/** How far the order is, read off its steps; what a person has to decide lies over it. */
function statusOf({ attention, steps }: OrderView): OrderViewStatus {
  if (attention !== null) return "attention";
  const done = new Set(steps.filter(({ status }) => status === "done").map(({ name }) => name));
  if (done.has("cancelled")) return "cancelled";
  return done.has("confirmed") ? "confirmed" : "pending";
}

type OrderRecord = EventOf<typeof orderEvents>;

export function projectOrderView(before: OrderView | undefined, event: OrderRecord): OrderView {
  const at = event.recordedAt.toISOString();
  if (event.type === "OrderCreated") {
    const { orderId, total, currency, lines } = event.data;
    const steps = [
      { name: "placed", status: "done", at } as const,
      pending("paid"),
      pending("stockReserved"),
      pending("confirmed"),
    ];
    return {
      orderId,
      version: event.version,
      status: "pending",
      total,
      currency,
      lines,
      steps,
      cancelReason: null,
      attention: null,
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
    case "OrderNeedsAttention":
      return { ...view, attention: event.data.code };
    case "AttentionResolved":
      return { ...view, attention: null };
  }
}

const COLUMNS = sql`
  order_id AS "orderId", version, status, total, currency, lines, steps, cancel_reason AS "cancelReason", attention,
  to_char(placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "placedAt",
  to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "updatedAt"`;

export async function readOrderViews(db: SqlExecutor, orderIds: readonly string[]): Promise<Map<string, OrderView>> {
  const rows = await db.query<OrderView>(
    sql`SELECT ${COLUMNS} FROM order_view WHERE order_id = ANY(${orderIds}::text[])`,
  );
  return new Map(rows.map((row) => [row.orderId, row]));
}

export interface OrderViewFilter {
  readonly status?: OrderViewStatus | undefined;
  /** The last row of the page before: its `placedAt` and `orderId`. */
  readonly after?: { readonly placedAt: string; readonly orderId: string } | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listOrderViews(db: SqlExecutor, { status, after, limit }: OrderViewFilter): Promise<OrderView[]> {
  const byStatus = status === undefined ? sql`true` : sql`status = ${status}`;
  const older =
    after === undefined ? sql`true` : sql`(placed_at, order_id) < (${after.placedAt}::timestamptz, ${after.orderId})`;
  return db.query<OrderView>(sql`
    SELECT ${COLUMNS} FROM order_view WHERE ${byStatus} AND ${older}
    ORDER BY placed_at DESC, order_id DESC LIMIT ${limit}`);
}

async function storeOrderViews(tx: SqlExecutor, views: ReadonlyMap<string, OrderView>): Promise<void> {
  await tx.query(sql`
    INSERT INTO order_view (order_id, version, status, total, currency, lines, steps, cancel_reason, attention, placed_at, updated_at)
    SELECT "orderId", version, status, total, currency, lines, steps, "cancelReason", attention, "placedAt", "updatedAt"
    FROM jsonb_to_recordset(${JSON.stringify([...views.values()])}::jsonb) AS view(
      "orderId" text, version int, status text, total int, currency text, lines jsonb, steps jsonb,
      "cancelReason" text, attention text, "placedAt" timestamptz, "updatedAt" timestamptz)
    ON CONFLICT (order_id) DO UPDATE SET
      version = excluded.version, status = excluded.status, steps = excluded.steps,
      cancel_reason = excluded.cancel_reason, attention = excluded.attention, updated_at = excluded.updated_at`);
}

export const orderViewProjection = defineProjection<OrderView, typeof orderEvents>({
  name: ORDER_VIEW,
  definitions: orderEvents,
  tables: ["order_view"],
  key: (event) => event.data.orderId,
  project: projectOrderView,
  load: readOrderViews,
  store: storeOrderViews,
});
