/**
 * The order's state row, changed only together with its events.
 */
import { defineStateStored, executeIn } from "@tillstream/eventing";
import type { EventMetadata } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { orderAggregate } from "./order.ts";
import type { OrderCommand, OrderEvent, OrderState } from "./order.ts";
import { cancelReasonOf, RETURNED } from "./cancel-reasons.ts";
import { CancellationRequested, ShippingAddressCorrected } from "./events.ts";
import type { OrderPrice } from "./price.ts";
import type { Payment } from "./state.ts";

export const ORDER_STREAM = "order";

export function orderStreamId(orderId: string): string {
  return `${ORDER_STREAM}-${orderId}`;
}

export function orderIdOf(streamId: string): string {
  return streamId.slice(`${ORDER_STREAM}-`.length);
}

interface OrderRow {
  id: string;
  version: number;
  status: OrderState["status"];
  total: number;
  currency: string;
  credit_part: number;
  credit_taken: boolean;
  payment_status: Payment["status"];
  charge_id: string | null;
  stock_status: OrderState["stock"];
  fulfilment: OrderState["fulfilment"];
  attention_codes: string[];
  refunds: OrderState["refunds"];
}

function toState(row: OrderRow): OrderState {
  return {
    orderId: row.id,
    status: row.status,
    total: row.total,
    currency: row.currency,
    creditPart: row.credit_part,
    creditTaken: row.credit_taken,
    payment:
      row.payment_status === "none"
        ? { status: "none" }
        : { status: row.payment_status, chargeId: row.charge_id ?? "" },
    stock: row.stock_status,
    fulfilment: row.fulfilment,
    attention: row.attention_codes,
    refunds: row.refunds,
  };
}

const ROW = sql`
  SELECT id, version, status, total, currency, credit_part, credit_taken, payment_status, charge_id, stock_status, fulfilment, attention_codes, refunds FROM orders`;

/** Undefined for an id that is none. */
export async function readOrderState(db: SqlExecutor, orderId: string): Promise<OrderState | undefined> {
  const [row] = await db.query<OrderRow>(sql`${ROW} WHERE id = ${orderId}`);
  return row && toState(row);
}

const orders = defineStateStored(orderAggregate, {
  async load(tx, orderId) {
    const [row] = await tx.query<OrderRow>(sql`${ROW} WHERE id = ${orderId} FOR UPDATE`);
    if (row === undefined) throw new Error(`order ${orderId} has no row`); // it is made with its lines, by placeOrder
    return { state: toState(row), version: row.version };
  },
  store(orderId, { state: { payment, ...state }, version }, events) {
    return sql`
      UPDATE orders SET version = ${version}::int, status = ${state.status}, updated_at = now(),
        payment_status = ${payment.status}, charge_id = ${payment.status === "none" ? null : payment.chargeId},
        credit_taken = ${state.creditTaken}, stock_status = ${state.stock}, fulfilment = ${state.fulfilment}, attention_codes = ${state.attention}::text[],
        refunds = ${JSON.stringify(state.refunds)}::jsonb,
        cancel_reason = coalesce(cancel_reason, ${cancelReasonIn(events)})
      WHERE id = ${orderId}`;
  },
});

/** Carries out a command on an existing order; resolves to its version. No event means no change. */
export async function changeOrder(
  tx: SqlExecutor,
  orderId: string,
  command: OrderCommand,
  metadata: EventMetadata,
): Promise<number> {
  return (await executeIn(tx, orders, orderId, command, metadata)).version;
}

/** The order's version as this transaction has it: what a page waits for to see its own command's effect. */
export async function orderVersion(tx: SqlExecutor, orderId: string): Promise<number> {
  const rows = await tx.query<{ version: number }>(sql`SELECT version FROM orders WHERE id = ${orderId}`);
  return rows[0]?.version ?? 0;
}

/** Locks the order until the transaction ends. Resolves to the process that has claimed it. */
export async function lockOrder(tx: SqlExecutor, orderId: string): Promise<OrderState["fulfilment"] | undefined> {
  const rows = await tx.query<Pick<OrderRow, "fulfilment">>(
    sql`SELECT fulfilment FROM orders WHERE id = ${orderId} FOR UPDATE`,
  );
  return rows[0]?.fulfilment;
}

function cancelReasonIn(events: readonly OrderEvent[]): string | null {
  for (const event of events) {
    if (event.type === "OrderCancelled") return event.data.reason.code;
    if (event.type === "OrderReturned") return RETURNED;
  }
  return null;
}

/**
 * The correlation id of the order's story, for a command that continues it: what follows from a cancellation or a
 * return is then one flow with what led to it. Undefined when the order does not exist.
 */
export async function correlationOf(db: SqlExecutor, orderId: string): Promise<string | undefined> {
  const rows = await db.query<{ correlationId: string }>(sql`
    SELECT metadata ->> 'correlationId' AS "correlationId" FROM events
    WHERE stream_id = ${orderStreamId(orderId)} AND version = 1`);
  return rows[0]?.correlationId;
}

/** Who asked for the order's cancellation, and why. */
export async function loadCancelReason(
  db: SqlExecutor,
  orderId: string,
): Promise<{ readonly code: string; readonly message: string }> {
  const [request] = await db.query<{ data: unknown; schemaVersion: number }>(sql`
    SELECT data, schema_version AS "schemaVersion" FROM events
    WHERE stream_id = ${orderStreamId(orderId)} AND type = ${CancellationRequested.type} ORDER BY version LIMIT 1`);
  if (request === undefined) throw new Error(`the cancellation of order ${orderId} was never requested`);
  return cancelReasonOf(CancellationRequested.upcast(request.data, request.schemaVersion));
}

/** Whatever the shopper gave; only the carrier needs it. */
export type ShippingAddress = Readonly<Record<string, string>>;

export interface Destination {
  readonly address: ShippingAddress;
  /** How often it was corrected. */
  readonly addressVersion: number;
}

/** Over a row of `orders`. */
export const ADDRESS_VERSION = sql`
  (SELECT count(*)::int FROM events
   WHERE stream_id = ${`${ORDER_STREAM}-`} || orders.id AND type = ${ShippingAddressCorrected.type})`;

export async function loadDestination(db: SqlExecutor, orderId: string): Promise<Destination> {
  const [row] = await db.query<Destination>(sql`
    SELECT shipping_address AS address, ${ADDRESS_VERSION} AS "addressVersion" FROM orders WHERE id = ${orderId}`);
  if (row === undefined) throw new Error(`order ${orderId} has no row`);
  return row;
}

/** Together with the event that says so, under the order's lock. */
export async function storeAddress(tx: SqlExecutor, orderId: string, address: ShippingAddress): Promise<void> {
  await tx.query(sql`
    UPDATE orders SET shipping_address = ${JSON.stringify(address)}::jsonb WHERE id = ${orderId}`);
}

export interface OrderForCheckout {
  readonly orderId: string;
  readonly status: OrderState["status"];
  /** Null once the customer asked to be forgotten. */
  readonly email: string | null;
  readonly total: number;
  readonly currency: string;
  /** Null where goods alone are paid for. */
  readonly price: OrderPrice | null;
  readonly customerId: string | null;
  readonly paymentMethod: "card" | "account";
  readonly paymentToken: string | null;
  /** Minor units: of a card's order, what store credit pays of its total; 0 where it pays none. */
  readonly creditPart: number;
  /** It was taken with the confirmation. */
  readonly creditTaken: boolean;
  readonly paymentStatus: Payment["status"];
  /** The gateway's charge, or the hold on the account; null while nothing was paid. */
  readonly chargeId: string | null;
  readonly lines: readonly { sku: string; name: string; quantity: number; unitPrice: number }[];
  /** What was paid back in parts, or is about to be. */
  readonly refunds: OrderState["refunds"];
  readonly placedAt: Date;
}

export async function loadOrder(db: SqlExecutor, orderId: string): Promise<OrderForCheckout> {
  const rows = await db.query<OrderForCheckout>(sql`
    SELECT o.id AS "orderId", o.status, o.email, o.total, o.currency, o.price, o.customer_id AS "customerId",
           o.payment_method AS "paymentMethod", o.payment_token AS "paymentToken",
           o.credit_part AS "creditPart", o.credit_taken AS "creditTaken",
           o.payment_status AS "paymentStatus", o.charge_id AS "chargeId", o.refunds, o.placed_at AS "placedAt",
           (SELECT jsonb_agg(jsonb_build_object('sku', sku, 'name', name, 'quantity', quantity, 'unitPrice', unit_price) ORDER BY ordinal)
            FROM order_lines WHERE order_id = o.id) AS lines
    FROM orders o WHERE o.id = ${orderId}`);
  const row = rows[0];
  if (row === undefined) throw new Error(`order ${orderId} has no row`);
  return row;
}
