/** What the order page shows: the read model, or, before the projection has seen the order, the row as placed. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { Money } from "../catalogue/index.ts";
import { refundedInParts } from "./money-back.ts";
import { orderNumber } from "./number.ts";
import { goodsOnly } from "./price.ts";
import { paidFor } from "./share.ts";
import { readOrderViews } from "./projections/order-view.ts";
import { showPrice } from "./shown-price.ts";
import type { ShownPrice } from "./shown-price.ts";
import type { OrderStep, OrderView } from "./projections/order-view.ts";

export interface OrderPage {
  readonly orderId: string;
  /** As people say it, such as `7K2MQ-X40VB`. */
  readonly number: string;
  readonly version: number;
  readonly status: "pending" | "confirmed" | "shipped" | "cancelled" | "attention";
  readonly lines: readonly {
    sku: string;
    name: string;
    image: string;
    quantity: number;
    unitPrice: Money;
    lineTotal: Money;
  }[];
  readonly total: Money;
  /** What the total is made of. */
  readonly price: ShownPrice;
  /** Of the total: what store credit pays beside a card. Null where one of them pays it all. */
  readonly creditPart: Money | null;
  readonly steps: readonly OrderStep[];
  /** Null until it is shipped. */
  readonly tracking: { readonly carrier: string; readonly trackingNumber: string } | null;
  /** Units that were paid back by themselves, the oldest first. */
  readonly refunds: readonly {
    refundId: string;
    lines: readonly { sku: string; name: string; quantity: number }[];
    amount: Money;
    to: "card" | "credit";
    /** Of an amount to the card: what goes to store credit, since the card paid no more. Null for nothing. */
    creditPart: Money | null;
    /** Of the amount: its share of the order's tax. Null where none was due. */
    tax: Money | null;
    requestedAt: string;
    /** Null while the money is on its way. */
    completedAt: string | null;
  }[];
  /** What was refunded and has not come to its end at the gateway: in parts, and of an order that is over the rest. Null for nothing. */
  readonly onItsWay: Money | null;
  /** The stable code of why it was cancelled. */
  readonly cancelReason: string | null;
  readonly placedAt: string;
}

/** Undefined when the order does not exist. */
export async function readOrderPage(db: SqlExecutor, orderId: string): Promise<OrderPage | undefined> {
  return (await readOrderPages(db, [orderId])).get(orderId);
}

/** By their ids, in one question but for those that the read model does not have yet. */
export async function readOrderPages(db: SqlExecutor, orderIds: readonly string[]): Promise<Map<string, OrderPage>> {
  if (orderIds.length === 0) return new Map();
  const views = await readOrderViews(db, orderIds);
  for (const orderId of orderIds) {
    const placed = views.has(orderId) ? undefined : await asPlaced(db, orderId);
    if (placed !== undefined) views.set(orderId, placed);
  }
  return new Map([...views].map(([orderId, view]) => [orderId, toOrderPage(view)]));
}

export function toOrderPage(view: OrderView): OrderPage {
  const { orderId, version, status, currency, steps, tracking, cancelReason, placedAt } = view;
  const sums = view.price ?? goodsOnly(view.total);
  const price = showPrice(sums, currency);
  const lines = view.lines.map(({ unitPrice, ...line }) => ({
    ...line,
    unitPrice: { amount: unitPrice, currency },
    lineTotal: { amount: unitPrice * line.quantity, currency },
  }));
  const total = { amount: view.total, currency };
  const nameOf = (sku: string) => view.lines.find((line) => line.sku === sku)?.name ?? sku;
  const partOf = (amount = 0) => (amount === 0 ? null : { amount, currency });
  const taxOf = (units: OrderView["refunds"][number]["lines"], at: number) => {
    const before = view.refunds.slice(0, at).flatMap((refund) => refund.lines);
    return sums.tax && { amount: paidFor(sums.tax.amount, view.lines, units, before), currency };
  };
  const refunds = view.refunds.map(({ amount, ...refund }, at) => ({
    ...refund,
    tax: taxOf(refund.lines, at),
    creditPart: partOf(refund.creditPart),
    lines: refund.lines.map((line) => ({ ...line, name: nameOf(line.sku) })),
    amount: { amount, currency },
  }));
  const number = orderNumber(orderId);
  const creditPart = partOf(view.creditPart);
  return {
    orderId,
    number,
    version,
    status,
    lines,
    total,
    price,
    creditPart,
    steps,
    tracking,
    refunds,
    onItsWay: partOf(onItsWay(view)),
    cancelReason,
    placedAt,
  };
}

/** In minor units. */
function onItsWay({ total, steps, refunds }: Pick<OrderView, "total" | "steps" | "refunds">): number {
  const isDone = (name: OrderStep["name"]) => steps.some((step) => step.name === name && step.status === "done");
  const rest = isDone("paid") && (isDone("cancelled") || isDone("returned")) ? total - refundedInParts({ refunds }) : 0;
  return rest + refundedInParts({ refunds: refunds.filter(({ completedAt }) => completedAt === null) });
}

async function asPlaced(db: SqlExecutor, orderId: string): Promise<OrderView | undefined> {
  const rows = await db.query<
    Pick<OrderView, "total" | "currency" | "price" | "creditPart" | "lines"> & { placedAt: Date }
  >(sql`
    SELECT o.total, o.currency, o.price, o.credit_part AS "creditPart", o.placed_at AS "placedAt",
           (SELECT jsonb_agg(jsonb_build_object('sku', sku, 'name', name, 'image', image, 'quantity', quantity, 'unitPrice', unit_price) ORDER BY ordinal)
            FROM order_lines WHERE order_id = o.id) AS lines
    FROM orders o WHERE o.id = ${orderId}`);
  const row = rows[0];
  if (row === undefined) return undefined;
  const at = row.placedAt.toISOString();
  const open = (["paid", "stockReserved", "confirmed", "shipped"] as const).map((name) => ({
    name,
    status: "pending" as const,
    at: null,
  }));
  return {
    ...row,
    orderId,
    version: 0,
    status: "pending",
    steps: [{ name: "placed", status: "done", at }, ...open],
    cancelReason: null,
    attention: [],
    tracking: null,
    refunds: [],
    placedAt: at,
    updatedAt: at,
  };
}
