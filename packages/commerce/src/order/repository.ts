/**
 * The order's state row, changed only together with its events: the row is locked, the decider decides, and
 * the row, the events and their outbox rows are written in the caller's transaction.
 */
import { appendEvents, isRefusal, RefusalError } from "@tillstream/eventing";
import type { EventMetadata } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { order } from "./order.ts";
import type { OrderCommand, OrderState, Payment } from "./order.ts";

export const ORDER_STREAM = "order";

export function orderStreamId(orderId: string): string {
  return `${ORDER_STREAM}-${orderId}`;
}

interface OrderRow {
  id: string;
  version: number;
  status: OrderState["status"];
  total: number;
  currency: string;
  payment_status: Payment["status"];
  charge_id: string | null;
  stock_status: OrderState["stock"];
  attention_code: string | null;
}

function toState(row: OrderRow): OrderState {
  return {
    orderId: row.id,
    status: row.status,
    total: row.total,
    currency: row.currency,
    payment:
      row.payment_status === "none"
        ? { status: "none" }
        : { status: row.payment_status, chargeId: row.charge_id ?? "" },
    stock: row.stock_status,
    attention: row.attention_code,
  };
}

/** Carries out a command on an existing order. Throws `RefusalError` when the decider refuses; no event means no change. */
export async function changeOrder(
  tx: SqlExecutor,
  orderId: string,
  command: OrderCommand,
  metadata: EventMetadata,
): Promise<void> {
  const rows = await tx.query<OrderRow>(sql`
    SELECT id, version, status, total, currency, payment_status, charge_id, stock_status, attention_code
    FROM orders WHERE id = ${orderId} FOR UPDATE`);
  const row = rows[0];
  if (row === undefined) throw new Error(`order ${orderId} has no row`);
  const before = toState(row);
  const events = order.decide(command, before);
  if (isRefusal(events)) throw new RefusalError(events);
  if (events.length === 0) return;
  const after = events.reduce(order.evolve, before);
  const reason = command.type === "cancel" ? command.reason.code : null;
  await tx.query(sql`
    UPDATE orders SET version = version + ${events.length}::int, status = ${after.status}, updated_at = now(),
      payment_status = ${after.payment.status}, charge_id = ${after.payment.status === "none" ? null : after.payment.chargeId},
      stock_status = ${after.stock}, attention_code = ${after.attention}, cancel_reason = coalesce(${reason}, cancel_reason)
    WHERE id = ${orderId}`);
  await appendEvents(tx, {
    streamId: orderStreamId(orderId),
    streamType: ORDER_STREAM,
    expectedVersion: row.version,
    events,
    metadata,
  });
}

export interface OrderForCheckout {
  readonly orderId: string;
  readonly status: OrderState["status"];
  readonly email: string;
  readonly total: number;
  readonly currency: string;
  readonly customerId: string | null;
  readonly paymentMethod: "card" | "account";
  readonly paymentToken: string | null;
  readonly lines: readonly { sku: string; name: string; quantity: number; unitPrice: number }[];
}

export async function loadOrder(db: SqlExecutor, orderId: string): Promise<OrderForCheckout> {
  const rows = await db.query<OrderForCheckout>(sql`
    SELECT o.id AS "orderId", o.status, o.email, o.total, o.currency, o.customer_id AS "customerId",
           o.payment_method AS "paymentMethod", o.payment_token AS "paymentToken",
           (SELECT jsonb_agg(jsonb_build_object('sku', sku, 'name', name, 'quantity', quantity, 'unitPrice', unit_price) ORDER BY ordinal)
            FROM order_lines WHERE order_id = o.id) AS lines
    FROM orders o WHERE o.id = ${orderId}`);
  const row = rows[0];
  if (row === undefined) throw new Error(`order ${orderId} has no row`);
  return row;
}
